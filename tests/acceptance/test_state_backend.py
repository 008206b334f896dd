"""Two deploys at once with the state in a real PostgreSQL: one works, the other waits or is told who does."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from dflow_acceptance.kinds import APP_SERVICE
from dflow_acceptance.place import Place
from dflow_acceptance.postgres import PostgresMissingError, postgres
from dflow_acceptance.processes import wait_until
from dflow_acceptance.wire import Wire, wait_for
from dflow_acceptance.workspace import REQUIREMENTS, RunningTerraform, Workspace

from dflow_sandbox import Sandbox


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with ExitStack() as open_:
        try:
            connection = open_.enter_context(postgres())
        except PostgresMissingError as missing:
            pytest.skip(str(missing))
        yield connection


@pytest.fixture
def deploy(database: str, place: Place, new_workspace: Callable[..., Workspace]) -> Callable[..., Workspace]:
    """Make a machine that deploys the same configuration with the same state as every other one."""

    def build(**environment: str) -> Workspace:
        workspace = new_workspace(**environment)
        backend = {"pg": {"conn_str": database, "schema_name": place.organisation.slug}}
        workspace.configure(
            terraform={**REQUIREMENTS, "backend": backend},
            resource={APP_SERVICE.type: {"it": APP_SERVICE.declared(place)}},
        )
        run = workspace.terraform("init", "-no-color", "-reconfigure")
        assert run.code == 0, str(run)
        return workspace

    return build


APPLY = ("apply", "-json", "-auto-approve")


def finished(apply: RunningTerraform) -> None:
    run = apply.ended()
    assert run.code == 0, str(run)


def test_the_second_of_two_deploys_is_told_who_holds_the_lock_and_changes_nothing(
    sandbox: Sandbox, place: Place, deploy: Callable[..., Workspace]
):
    with Wire(sandbox.endpoint) as wire:
        first, second = deploy(DFLOW_ENDPOINT=wire.endpoint), deploy()
        held = wire.hold_request(APP_SERVICE.creating)
        with first.started(*APPLY) as apply:
            wait_for(held)

            error = second.apply().only_error

            held.release()
            finished(apply)
    assert error.title == "Error acquiring the state lock"
    assert "Who:" in error.detail
    assert "OperationTypeApply" in error.detail
    assert len(APP_SERVICE.remote(place)) == 1
    second.unchanged()


def test_the_second_of_two_deploys_waits_when_it_may_and_then_finds_everything_done(
    sandbox: Sandbox, place: Place, deploy: Callable[..., Workspace]
):
    with Wire(sandbox.endpoint) as wire:
        first, second = deploy(DFLOW_ENDPOINT=wire.endpoint), deploy()
        held = wire.hold_request(APP_SERVICE.creating)
        with first.started(*APPLY) as one:
            wait_for(held)
            with second.started(*APPLY, "-lock-timeout=120s") as other:
                wait_until(lambda: "state_lock_acquire" in other.out.read_text(), "the second says that it waits")
                held.release()
                finished(one)
                finished(other)
    assert len(APP_SERVICE.remote(place)) == 1
    second.unchanged()


def test_a_deploy_that_was_killed_leaves_no_lock_and_the_next_one_makes_the_object_once(
    sandbox: Sandbox, place: Place, deploy: Callable[..., Workspace]
):
    """The lock is held by the connection, which ends with Terraform."""
    with Wire(sandbox.endpoint) as wire:
        killed = deploy(DFLOW_ENDPOINT=wire.endpoint)
        held = wire.hold_request(APP_SERVICE.creating)
        wire.lose_request(APP_SERVICE.creating)
        with killed.started(*APPLY) as apply:
            wait_for(held)
            apply.kill()
        wire.let_go(held, APP_SERVICE.creating)

    other = deploy()
    other.applied("-lock-timeout=60s")

    assert len(APP_SERVICE.remote(place)) == 1
    other.unchanged()
