"""Ctrl-C and SIGKILL during the create of every resource type: nothing is lost, nothing is made twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

import pytest
from dflow_acceptance.kinds import APP_SERVICE, ENVIRONMENT_KIND, HELD_BY_SOMETHING_ELSE, KINDS, Kind, Side
from dflow_acceptance.place import Place
from dflow_acceptance.processes import marked, wait_until
from dflow_acceptance.run import Run
from dflow_acceptance.wire import Wire, wait_for
from dflow_acceptance.workspace import Workspace

from dflow_sandbox import Sandbox

every_kind = pytest.mark.parametrize("kind", KINDS, ids=str)


class Moment(Enum):
    """How far the request that creates the object gets before the blow."""

    ON_ITS_WAY = "before dFlow sees the request"
    CARRIED_OUT = "after dFlow did it and before the answer"


every_moment = pytest.mark.parametrize("moment", Moment, ids=lambda moment: moment.name.lower())


@pytest.fixture
def breakable(sandbox: Sandbox, place: Place, new_workspace):
    """Return a workspace with one resource to create, and the wire between its provider and the server."""

    @contextmanager
    def build(kind: Kind) -> Iterator[tuple[Workspace, Wire]]:
        target, variable = {
            Side.CONTROL_PLANE: (sandbox.endpoint, "DFLOW_ENDPOINT"),
            Side.CLOUD: (sandbox.aws_endpoint, "AWS_ENDPOINT_URL_EC2"),
        }[kind.side]
        with Wire(target) as wire:
            workspace = new_workspace(**{variable: wire.endpoint})
            workspace.resource(kind.address, **kind.declared(place))
            yield workspace, wire

    return build


def assert_known_or_absent(kind: Kind, place: Place, workspace: Workspace) -> None:
    """The object is in the state exactly if it exists."""
    assert bool(workspace.state()) == bool(kind.remote(place))


def assert_converges(kind: Kind, place: Place, workspace: Workspace) -> Run:
    """One more apply, and everything is as declared, once."""
    run = workspace.applied()
    assert len(kind.remote(place)) == 1
    assert list(workspace.state()) == [kind.address]
    workspace.unchanged()
    return run


@every_kind
def test_after_ctrl_c_the_object_that_was_being_created_is_in_the_state(kind: Kind, place: Place, breakable):
    with breakable(kind) as (workspace, wire):
        held = wire.hold_request(kind.creating)
        with workspace.started("apply", "-json", "-auto-approve") as apply:
            wait_for(held)
            apply.press_ctrl_c()
            held.release()
            apply.ended()

        assert len(kind.remote(place)) == 1
        assert list(workspace.state()) == [kind.address]
        assert_converges(kind, place, workspace)


def test_after_ctrl_c_nothing_further_is_begun(place: Place, breakable):
    with breakable(ENVIRONMENT_KIND) as (workspace, wire):
        app = {**APP_SERVICE.declared(place), "environment_id": "${dflow_environment.it.id}"}
        environment = ENVIRONMENT_KIND.declared(place)
        workspace.configure(resource={"dflow_environment": {"it": environment}, "dflow_app_service": {"it": app}})
        held = wire.hold_request(ENVIRONMENT_KIND.creating)
        with workspace.started("apply", "-json", "-auto-approve") as apply:
            wait_for(held)
            apply.press_ctrl_c()
            held.release()
            apply.ended()

        assert list(workspace.state()) == ["dflow_environment.it"]
        assert APP_SERVICE.remote(place) == []

        assert workspace.applied().changes == {"dflow_app_service.it": "create"}
        workspace.unchanged()


@every_kind
def test_after_ctrl_c_and_a_lost_answer_the_object_is_in_the_state_or_not_there(kind: Kind, place: Place, breakable):
    with breakable(kind) as (workspace, wire):
        held = wire.hold_request(kind.creating)
        wire.lose_answer(kind.creating)
        with workspace.started("apply", "-json", "-auto-approve") as apply:
            wait_for(held)
            apply.press_ctrl_c()
            held.release()
            apply.ended()

        assert_known_or_absent(kind, place, workspace)
        assert_converges(kind, place, workspace)


@every_moment
@every_kind
def test_after_the_provider_was_killed_the_next_apply_makes_the_object_once(
    kind: Kind, moment: Moment, place: Place, breakable
):
    with breakable(kind) as (workspace, wire):
        if moment is Moment.ON_ITS_WAY:
            held = wire.hold_request(kind.creating)
            wire.lose_request(kind.creating)
        else:
            held = wire.hold_answer(kind.creating)
        with workspace.started("apply", "-json", "-auto-approve") as apply:
            wait_for(held)
            apply.kill_provider()
            assert apply.ended().code == 1
        wire.let_go(held, kind.creating)
        made = kind.remote(place)
        assert len(made) == (1 if moment is Moment.CARRIED_OUT else 0)

        run = assert_converges(kind, place, workspace)

        if made and kind not in HELD_BY_SOMETHING_ELSE:
            assert [each.title for each in run.warnings] == ["Finished an interrupted create"]
            assert kind.remote(place)[0]["id"] == made[0]["id"]


@every_kind
def test_after_terraform_was_killed_its_provider_ends_and_the_next_apply_makes_the_object_once(
    kind: Kind, place: Place, breakable
):
    with breakable(kind) as (workspace, wire):
        held = wire.hold_answer(kind.creating)
        with workspace.started("apply", "-json", "-auto-approve") as apply:
            wait_for(held)
            apply.kill()
        held.release()

        wait_until(lambda: not marked(workspace.mark), "the provider ends by itself")
        assert_converges(kind, place, workspace)
