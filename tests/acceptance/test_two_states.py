"""Two configurations with a state each that set variables of one service."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from dflow_acceptance.place import Place
from dflow_acceptance.wire import Call, Wire, wait_for
from dflow_acceptance.workspace import Workspace

from dflow_sandbox import Sandbox

BY_HAND = {"key": "SET_BY_HAND", "value": "stays"}
WRITING = "^/api/services"


@pytest.fixture
def service(place: Place) -> str:
    """A service with a variable that nobody declares."""
    place.organisation.change("services", place.service_id, variables=[BY_HAND])
    return place.service_id


def variables(workspace: Workspace, service: str, **values: str) -> Workspace:
    workspace.resource("dflow_service_variables.it", service_id=service, variables=values)
    return workspace


def test_both_have_their_keys_after_they_were_applied_at_the_same_time(
    place: Place, service: str, new_workspace: Callable[..., Workspace]
):
    one = variables(new_workspace(), service, **{f"ONE_{number}": "1" for number in range(5)})
    two = variables(new_workspace(), service, **{f"TWO_{number}": "2" for number in range(5)})
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(Workspace.apply, (one, two)))
    for run in runs:
        assert run.code == 0, str(run)

    found = place.organisation.variables(service)
    assert found.pop("SET_BY_HAND") == "stays"
    assert found == {f"{name}_{number}": value for name, value in (("ONE", "1"), ("TWO", "2")) for number in range(5)}
    one.unchanged()
    two.unchanged()
    one.destroyed()
    assert sorted(place.organisation.variables(service)) == ["SET_BY_HAND", *(f"TWO_{number}" for number in range(5))]


def test_a_write_that_hung_during_the_whole_apply_of_the_other_takes_nothing_away(
    sandbox: Sandbox, place: Place, service: str, new_workspace: Callable[..., Workspace]
):
    """The list is written on the condition that nobody wrote it since."""
    with Wire(sandbox.endpoint) as wire:
        late = variables(new_workspace(DFLOW_ENDPOINT=wire.endpoint), service, LATE="2")
        quick = variables(new_workspace(), service, QUICK="1")
        held = wire.hold_request(Call("PATCH", WRITING, b"LATE"))
        with late.started("apply", "-json", "-auto-approve") as apply:
            wait_for(held)
            quick.applied()
            held.release()
            run = apply.ended()
        assert run.code == 0, str(run)

    assert place.organisation.variables(service) == {"SET_BY_HAND": "stays", "QUICK": "1", "LATE": "2"}
    quick.unchanged()


def test_of_two_that_want_one_key_otherwise_at_the_same_time_the_later_is_told(
    sandbox: Sandbox, place: Place, service: str, new_workspace: Callable[..., Workspace]
):
    with Wire(sandbox.endpoint) as wire:
        late = variables(new_workspace(DFLOW_ENDPOINT=wire.endpoint), service, LOG_LEVEL="debug", LATE="2")
        quick = variables(new_workspace(), service, LOG_LEVEL="info")
        held = wire.hold_request(Call("PATCH", WRITING, b"LATE"))
        with late.started("apply", "-json", "-auto-approve") as apply:
            wait_for(held)
            quick.applied()
            held.release()
            run = apply.ended()

    assert run.only_error.title == "Variable has another owner"
    assert "LOG_LEVEL" in run.only_error.detail
    assert place.organisation.variables(service) == {"SET_BY_HAND": "stays", "LOG_LEVEL": "info"}
    assert late.state() == {}
    quick.unchanged()


def test_who_comes_second_with_another_value_for_a_key_is_told(
    place: Place, service: str, new_workspace: Callable[..., Workspace]
):
    variables(new_workspace(), service, LOG_LEVEL="info", ONE="1").applied()
    two = variables(new_workspace(), service, LOG_LEVEL="debug", TWO="2")

    error = two.apply().only_error

    assert error.title == "Variable has another owner"
    assert "LOG_LEVEL" in error.detail
    assert place.organisation.variables(service) == {"SET_BY_HAND": "stays", "LOG_LEVEL": "info", "ONE": "1"}
    assert two.state() == {}
