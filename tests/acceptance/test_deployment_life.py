"""The life of a deployment: it happens once, again with new triggers, and nothing by hand makes it happen twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from dflow_acceptance.builder import building, github_app

if TYPE_CHECKING:
    from dflow_acceptance.place import Place
    from dflow_acceptance.workspace import Workspace

IT = "dflow_deployment.it"


@pytest.fixture
def service_id(place: Place) -> str:
    """A service that a push can deploy."""
    source = {"repository": "shop", "owner": "acme", "branch": "main"}
    app = {"provider": github_app(place.organisation, "-"), "providerType": "github", "githubSettings": source}
    about = {"name": "shop-live-web", "type": "app", "project": place.environment_id}
    return place.organisation.make("services", **about, **app)["id"]


def deployments(place: Place, service_id: str) -> list[dict[str, Any]]:
    return place.organisation.send("GET", "deployments", **{"where[service][equals]": service_id})["docs"]


def test_it_is_repeated_for_new_triggers_and_for_nothing_else(place: Place, service_id: str, warm_workspace: Workspace):
    def changes(**attributes: Any) -> dict[str, str]:
        warm_workspace.resource(IT, service_id=service_id, **attributes)
        made = warm_workspace.applied().changes
        warm_workspace.unchanged()
        return made

    with building(place.organisation, status="success"):
        assert changes() == {IT: "create"}
        first = warm_workspace.state()[IT]["id"]
        assert changes(timeout_minutes=5, queued_timeout_minutes=5, start="manual") == {IT: "update"}
        assert [each["id"] for each in deployments(place, service_id)] == [first]
        assert changes(triggers={"commit": "a1"}) == {IT: "replace"}
        assert changes(triggers={}) == {IT: "replace"}
    last = warm_workspace.state()[IT]["id"]
    assert last in {each["id"] for each in deployments(place, service_id)}
    assert len(deployments(place, service_id)) == 3

    place.organisation.delete("deployments", last)
    warm_workspace.unchanged()
    warm_workspace.destroyed()
    assert len(deployments(place, service_id)) == 2, "what was deployed stays"


def test_it_cannot_be_imported_and_says_so(service_id: str, warm_workspace: Workspace):
    warm_workspace.resource(IT, service_id=service_id)

    refused = warm_workspace.terraform("import", "-no-color", IT, service_id)

    assert refused.code == 1
    assert "import" in refused.stderr
    assert warm_workspace.state() == {}
