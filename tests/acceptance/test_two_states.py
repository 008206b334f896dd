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
    """The next apply of each puts back what a write of the other may have taken, as the test below shows it does."""
    one = variables(new_workspace(), service, **{f"ONE_{number}": "1" for number in range(5)})
    two = variables(new_workspace(), service, **{f"TWO_{number}": "2" for number in range(5)})
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(Workspace.apply, (one, two)))
    for workspace, run in zip((one, two), runs, strict=True):
        assert run.code == 0 or run.only_error.title == "Variables do not stay"
        workspace.applied()

    found = place.organisation.variables(service)
    assert found.pop("SET_BY_HAND") == "stays"
    assert found == {f"{name}_{number}": value for name, value in (("ONE", "1"), ("TWO", "2")) for number in range(5)}
    one.unchanged()
    two.unchanged()
    one.destroyed()
    assert sorted(place.organisation.variables(service)) == ["SET_BY_HAND", *(f"TWO_{number}" for number in range(5))]


def test_keys_that_a_late_write_of_the_other_took_away_are_planned_and_come_back(
    sandbox: Sandbox, place: Place, service: str, new_workspace: Callable[..., Workspace]
):
    """The whole list is written at once, without a condition."""
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

        assert set(quick.plan().changes) == {"dflow_service_variables.it"}
        quick.applied()

        assert place.organisation.variables(service) == {"SET_BY_HAND": "stays", "QUICK": "1", "LATE": "2"}
        quick.unchanged()
        late.unchanged()


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
