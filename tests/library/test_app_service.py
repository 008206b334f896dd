"""Services that dFlow builds."""

import pytest

from dflow_constructs import AppService, Builder, ConfigurationError, DflowStack, Environment, GitHub, Secret


def only(configuration: dict, resource_type: str) -> dict:
    (found,) = configuration["resource"][resource_type].values()
    return found


def test_an_app_service_says_where_its_code_is(stack: DflowStack, production: Environment, synthesize):
    AppService(
        production,
        "web",
        source=GitHub("acme/shop", branch="main", build_path="/web", git_provider_id="gp1"),
        builder=Builder.RAILPACK,
        port=8080,
        description="The shop window",
    )

    assert only(synthesize(stack), "dflow_app_service") == {
        "environment_id": "${dflow_environment.production.id}",
        "name": "shop-production-web",
        "description": "The shop window",
        "source": {
            "provider": "github",
            "owner": "acme",
            "repository": "shop",
            "branch": "main",
            "build_path": "/web",
            "git_provider_id": "gp1",
        },
        "builder": "railpack",
        "port": 8080,
    }


def test_variables_may_be_given_at_once(stack: DflowStack, production: Environment, synthesize):
    source = GitHub("acme/shop", branch="main")
    AppService(production, "web", source=source, variables={"B": "2", "A": "1", "T": Secret.from_environment("T")})

    found = only(synthesize(stack), "dflow_service_variables")
    assert found["service_id"] == "${dflow_app_service.production_web_412EF249.id}"
    assert list(found["variables"]) == ["A", "B"]
    assert list(found["secret_variables_wo"]) == ["T"]


def test_builders_that_never_run_cannot_be_chosen():
    assert [builder.value for builder in Builder] == ["buildPacks", "railpack", "dockerfile", "static"]


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ({"builder": "nixpacks"}, "builder is 'nixpacks'; choose from Builder.BUILDPACKS, Builder.RAILPACK, "),
        ({"source": "acme/shop"}, "source is 'acme/shop'; say where the code is, source=GitHub("),
    ],
)
def test_text_in_place_of_a_choice_is_refused_with_the_choices(production: Environment, mistake: dict, words: str):
    with pytest.raises(ConfigurationError) as refusal:
        AppService(production, "web", **{"source": GitHub("acme/shop", branch="main"), **mistake})

    assert words in str(refusal.value)


@pytest.mark.parametrize("slug", ["shop", "https://github.com/acme/shop", "acme/shop/web", ""])
def test_a_repository_is_named_by_owner_and_name(slug: str):
    with pytest.raises(ConfigurationError, match=r'named by its owner and its name; write GitHub\("acme/shop"\)'):
        GitHub(slug, branch="main")


def test_a_branch_has_a_name():
    with pytest.raises(ConfigurationError, match="the branch is empty; name one"):
        GitHub("acme/shop", branch="")


def test_a_port_that_does_not_exist_is_refused(production: Environment):
    with pytest.raises(ConfigurationError, match="shop/production/web: port 70000 does not exist; use 1 to 65535"):
        AppService(production, "web", source=GitHub("acme/shop", branch="main"), port=70_000)
