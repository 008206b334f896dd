"""What tests of a program can ask."""

import subprocess
import sys
from pathlib import Path

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    App,
    AppService,
    DatabaseService,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Secret,
)
from dflow_constructs.testing import KNOWN_AT_PLAN, allowlist_of, can_reach, synthesized, variables_of
from dflow_constructs.testing.plugin import Snapshot

SOURCE = GitHub("acme/shop", branch="main")


def test_who_reaches_what(web: AppService, orders: ExternalDatabase, production: Environment):
    cache = DatabaseService(production, "cache", engine=Engine.REDIS)
    web.connect_to(orders)

    assert can_reach(web, orders)
    assert not can_reach(web, cache)


def test_which_variables_a_service_has(web: AppService, orders: ExternalDatabase, production: Environment):
    web.add_variables({"LOG_LEVEL": "info", "API_TOKEN": Secret.from_environment("API_TOKEN", version="7")})
    web.connect_to(orders)
    web.connect_to(DatabaseService(production, "cache", engine=Engine.REDIS))

    assert variables_of(web) == {
        "API_TOKEN": "<API_TOKEN 7 as is>",
        "DATABASE_URL": (
            "postgresql://shop:<ORDERS_PASSWORD 1 percent>@orders.example.com:5432/orders?sslmode=verify-full"
        ),
        "LOG_LEVEL": "info",
        "REDIS_URL": "{{ shop-production-cache.REDIS_URI }}",
    }


def test_who_is_let_in_by_all_stacks_together(app, production: Environment, web: AppService, orders: ExternalDatabase):
    production.add_egress("nat-a", "18.195.4.7")
    web.connect_to(orders)
    other = Environment(DflowStack(app, "second"), "staging", application="shop", worker_nodes=["fra-2"])
    assert allowlist_of(orders) == {"fra-1": KNOWN_AT_PLAN, "nat-a": "18.195.4.7/32"}

    AppService(other, "web", source=SOURCE).connect_to(orders)

    assert allowlist_of(orders) == {"fra-1": KNOWN_AT_PLAN, "fra-2": KNOWN_AT_PLAN, "nat-a": "18.195.4.7/32"}


def test_a_database_that_nobody_uses_lets_nobody_in(orders: ExternalDatabase):
    assert allowlist_of(orders) == {}


def test_a_synthesized_stack_has_its_resources_by_type(stack: DflowStack, web: AppService):
    found = synthesized(stack)

    assert [each["name"] for each in found.resources("dflow_app_service")] == ["shop-production-web"]
    assert found.resources("dflow_docker_service") == []


def test_a_check_that_fails_is_an_error(stack: DflowStack):
    Environment(stack, "empty", application="shop")

    with pytest.raises(RuntimeError, match="shop/empty: an Environment runs on a Worker Node and this one has none"):
        synthesized(stack)


def test_a_synthesized_program_has_its_stacks_by_name(
    app: App, stack: DflowStack, web: AppService, orders: ExternalDatabase
):
    elsewhere = Environment(DflowStack(app, "second"), "staging", application="shop", worker_nodes=["fra-2"])
    worker = AppService(elsewhere, "worker", source=SOURCE)
    worker.connect_to(orders)

    found = synthesized(app)

    assert list(found.stacks) == ["shop", "second"]
    assert found.stacks["second"].resources("dflow_app_service")[0]["name"] == "shop-staging-worker"
    assert found.stacks["shop"].text == synthesized(stack).text


def test_what_a_stack_uses_of_another_is_an_output_of_that_one(app: App, production: Environment):
    second = DflowStack(app, "second")
    cdk.TerraformOutput(second, "production", value=production.environment_id)

    found = synthesized(app)

    assert found.stacks["second"].configuration["data"]["terraform_remote_state"]
    (offered,) = found.stacks["shop"].configuration["output"].values()
    assert offered["value"] == "${dflow_environment.production.id}"


def test_a_check_that_fails_in_any_stack_of_a_program_is_an_error(app: App, stack: DflowStack):
    Environment(DflowStack(app, "second"), "empty", application="shop")

    with pytest.raises(RuntimeError, match="second/empty: an Environment runs on a Worker Node and this one has none"):
        synthesized(app)


class TestASnapshot:
    def test_accepts_what_it_was_told_to(self, stack: DflowStack, web: AppService, tmp_path: Path):
        path = tmp_path / "snapshots" / "one.json"
        Snapshot(path, update=True).matches(stack)

        Snapshot(path, update=False).matches(stack)

    def test_of_a_program_shows_which_stack_changed(self, app: App, stack: DflowStack, web: AppService, tmp_path: Path):
        path = tmp_path / "one.json"
        DflowStack(app, "second")
        Snapshot(path, update=True).matches(app)
        Snapshot(path, update=False).matches(app)
        Environment(app.node.find_child("second"), "staging", application="shop", worker_nodes=["fra-2"])

        with pytest.raises(pytest.fail.Exception) as failure:
            Snapshot(path, update=False).matches(app)

        assert '+        "staging": {' in str(failure.value)
        assert "what is synthesized is not what" in str(failure.value)

    def test_shows_what_changed(self, stack: DflowStack, web: AppService, tmp_path: Path):
        path = tmp_path / "one.json"
        Snapshot(path, update=True).matches(stack)
        web.add_variable("LOG_LEVEL", "debug")

        with pytest.raises(pytest.fail.Exception) as failure:
            Snapshot(path, update=False).matches(stack)

        assert '+          "LOG_LEVEL": "debug"' in str(failure.value)
        assert "--update-dflow-snapshots accepts it" in str(failure.value)

    def test_that_is_not_there_says_how_to_write_it(self, stack: DflowStack, tmp_path: Path):
        with pytest.raises(pytest.fail.Exception, match=r"there is no snapshot .* yet; write it with --update-dflow"):
            Snapshot(tmp_path / "none.json", update=False).matches(stack)


PROJECT = {
    "conftest.py": 'pytest_plugins = ["dflow_constructs.testing.plugin"]\n',
    "test_shop.py": """
from dflow_constructs import App, DflowStack


def test_shop(dflow_snapshot, tmp_path):
    dflow_snapshot.matches(DflowStack(App(outdir=str(tmp_path)), "shop"))
""",
}


def test_a_project_gets_the_fixture_with_one_line(tmp_path: Path):
    for name, text in PROJECT.items():
        (tmp_path / name).write_text(text)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    first = run("--update-dflow-snapshots")
    assert first.returncode == 0, first.stdout + first.stderr
    assert '"source": "dflow-cdktf/dflow"' in (tmp_path / "snapshots" / "test_shop" / "test_shop.json").read_text()
    again = run()
    assert again.returncode == 0, again.stdout


def test_a_place_that_a_database_does_not_have_is_no_empty_list(orders: ExternalDatabase):
    with pytest.raises(
        ValueError, match=r"shop/orders: allowlist_of\(…, place='polar'\): it has ''; ask for one of them"
    ):
        allowlist_of(orders, place="polar")


def test_only_a_stack_or_an_app_is_synthesized(web: AppService):
    with pytest.raises(TypeError, match=r"synthesized\(AppService\): only a stack or the app can be synthesized; pass"):
        synthesized(web)
