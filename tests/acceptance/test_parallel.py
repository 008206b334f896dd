"""Many services and variables at a time."""

from collections.abc import Iterator

import pytest
from dflow_acceptance.place import Place
from dflow_acceptance.warm import warmed
from dflow_acceptance.workspace import Workspace

SERVICES = 20
KEYS_OF_EACH_OWNER = 5
ROUNDS = 10

BY_HAND = {"key": "SET_BY_HAND", "value": "stays"}


@pytest.fixture
def warm(workspace: Workspace) -> Iterator[Workspace]:
    """The workspace, with one provider process for all of its commands."""
    with warmed(workspace):
        yield workspace


def configuration(place: Place, values: dict[str, dict[str, str]]) -> dict[str, object]:
    """An App service for each name, whose variables belong to two resources that share them evenly."""
    source = {"provider": "github", "repository": "shop", "owner": "acme", "branch": "main"}
    services, variables = {}, {}
    for name, given in values.items():
        services[name] = {"name": name, "environment_id": place.environment_id, "source": source}
        for owner, first in (("one", 0), ("two", KEYS_OF_EACH_OWNER)):
            own = dict(list(given.items())[first : first + KEYS_OF_EACH_OWNER])
            variables[f"{name}-{owner}"] = {"service_id": f"${{dflow_app_service.{name}.id}}", "variables": own}
    return {"resource": {"dflow_app_service": services, "dflow_service_variables": variables}}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_twenty_services_and_two_hundred_variables_arrive_complete_ten_times_in_a_row(place: Place, warm: Workspace):
    names = [f"shop-live-s{number:02}" for number in range(SERVICES)]
    keys = [f"KEY_{number}" for number in range(2 * KEYS_OF_EACH_OWNER)]
    for turn in range(ROUNDS):
        values = {name: {key: f"{name}-{key}-{turn}" for key in keys} for name in names}
        warm.configure(**configuration(place, values))

        applied = warm.applied("-parallelism=10")

        made = [action for action in applied.changes.values() if action == ("update" if turn else "create")]
        assert len(made) == SERVICES * (2 if turn else 3)
        services = {each["name"]: each for each in place.organisation.documents("services")}
        assert sorted(services) == sorted([*names, "shop-live-api"])
        found = {name: [(row["key"], row["value"]) for row in services[name]["variables"]] for name in names}
        assert {name: dict(rows) for name, rows in found.items()} == {
            name: {**values[name], **({BY_HAND["key"]: BY_HAND["value"]} if turn else {})} for name in names
        }
        assert all(len(dict(rows)) == len(rows) for rows in found.values()), "no key stands twice"
        if turn == 0:
            for name in names:
                rows = [*services[name]["variables"], BY_HAND]
                place.organisation.change("services", services[name]["id"], variables=rows)
    warm.unchanged()

    warm.destroyed("-parallelism=10")

    assert [each["name"] for each in place.organisation.documents("services")] == ["shop-live-api"]
