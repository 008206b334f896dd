"""A secret never shows itself."""

import pytest

from dflow_constructs import AppService, ConfigurationError, DflowStack, Environment, GitHub, Secret


@pytest.mark.parametrize("write", [str, lambda secret: f"postgres://shop:{secret}@db", "{}".format])
def test_a_secret_does_not_become_text(write):
    with pytest.raises(TypeError, match=r"a Secret \(ORDERS_PASSWORD\) is not text.*Pass the Secret itself"):
        write(Secret.from_environment("ORDERS_PASSWORD"))


def test_a_secret_shows_where_it_comes_from(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ORDERS_PASSWORD", "hunter2")

    assert (
        repr(Secret.from_environment("ORDERS_PASSWORD", version="2")) == "Secret(name='ORDERS_PASSWORD', version='2')"
    )


def test_what_is_no_name_of_a_variable_is_refused_and_not_repeated():
    with pytest.raises(ConfigurationError, match="the argument is not the name of an environment variable") as refusal:
        Secret.from_environment("hunter2!")

    assert "hunter2" not in str(refusal.value)
    assert str(refusal.value).endswith('and name that one here, Secret.from_environment("ORDERS_PASSWORD")')


def test_terraform_reads_each_secret_once_however_often_it_is_used(stack: DflowStack, web: AppService, synthesize):
    web.add_variables({"A": Secret.from_environment("TOKEN"), "B": Secret.from_environment("TOKEN")})

    found = synthesize(stack)

    (block,) = found["ephemeral"]["dflow_process_environment"].values()
    assert block["name"] == "TOKEN"
    (variables,) = found["resource"]["dflow_service_variables"].values()
    value = "${ephemeral.dflow_process_environment.secret-TOKEN.value}"
    assert variables["secret_variables_wo"] == {"A": value, "B": value}
    assert "variables" not in variables


def test_another_version_of_a_secret_is_another_version_of_the_variables(app, synthesize):
    def version(stack: DflowStack, secret: Secret) -> str:
        environment = Environment(stack, "test", application="shop", worker_nodes=["fra-1"])
        AppService(environment, "web", source=GitHub("a/b", branch="main"), variables={"TOKEN": secret})
        (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
        return variables["secret_variables_wo_version"]

    first = version(DflowStack(app, "one", tenant="a"), Secret.from_environment("TOKEN"))
    again = version(DflowStack(app, "two", tenant="b"), Secret.from_environment("TOKEN"))
    rotated = version(DflowStack(app, "three", tenant="c"), Secret.from_environment("TOKEN", version="2"))

    assert first == again
    assert first != rotated


def test_a_secret_itself_is_refused_however_it_is_given():
    with pytest.raises(
        ConfigurationError, match="If it was the secret itself: put it in an environment var"
    ) as refusal:
        Secret("hunter2!")

    assert "hunter2" not in str(refusal.value)
