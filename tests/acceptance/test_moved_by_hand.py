"""Renamed or moved by hand: the plan says so, and the apply puts it back where that is possible."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from dflow_acceptance.kinds import ENVIRONMENT_KIND, SERVICES, Kind
from dflow_acceptance.record_kinds import CLOUD_PROVIDER_ACCOUNT, DOCKER_REGISTRY, SSH_KEY, WORKER_NODE

from dflow_sandbox import Answer, FaultProxy, Sandbox

if TYPE_CHECKING:
    from dflow_acceptance.place import Place
    from dflow_acceptance.workspace import Workspace

COLLECTIONS = {
    ENVIRONMENT_KIND: "projects",
    DOCKER_REGISTRY: "dockerRegistries",
    CLOUD_PROVIDER_ACCOUNT: "cloudProviderAccounts",
    WORKER_NODE: "servers",
}


@pytest.mark.parametrize("kind", COLLECTIONS, ids=str)
def test_a_name_changed_by_hand_is_changed_back(kind: Kind, place: Place, warm_workspace: Workspace):
    warm_workspace.resource(kind.address, **kind.declared(place))
    warm_workspace.applied()
    state = warm_workspace.state()[kind.address]

    place.organisation.change(COLLECTIONS[kind], state["id"], name="somebody-elses")
    repaired = warm_workspace.applied()

    assert repaired.changes == {kind.address: "update"}
    assert place.organisation.get(COLLECTIONS[kind], state["id"])["name"] == state["name"]
    assert warm_workspace.state()[kind.address] == state
    warm_workspace.unchanged()


@pytest.mark.parametrize("kind", SERVICES, ids=str)
def test_a_service_that_is_in_another_environment_is_planned_anew_where_it_is_declared(
    kind: Kind, sandbox: Sandbox, place: Place, new_warm_workspace
):
    """REST moves no service, so what dFlow says of it is changed on its way."""
    with FaultProxy(sandbox.endpoint) as proxy:
        workspace = new_warm_workspace(DFLOW_ENDPOINT=proxy.endpoint)
        workspace.resource(kind.address, **kind.declared(place))
        workspace.applied()
        service_id = workspace.state()[kind.address]["id"]
        moved = {**place.organisation.get("services", service_id), "project": place.new_environment("shop-next")}
        answer = Answer(200, {"Content-Type": "application/json"}, json.dumps(moved).encode())
        proxy.script(answer, method="GET", path=f"^/api/services/{service_id}")

        planned = workspace.plan()

        assert planned.code == 2, str(planned)
        assert planned.changes == {kind.address: "replace"}
        assert len(kind.remote(place)) == 1


@pytest.mark.parametrize("kind", SERVICES, ids=str)
def test_a_service_renamed_by_hand_is_made_anew_under_its_name(kind: Kind, place: Place, warm_workspace: Workspace):
    warm_workspace.resource(kind.address, **kind.declared(place))
    warm_workspace.applied()
    service_id = warm_workspace.state()[kind.address]["id"]

    place.organisation.change("services", service_id, name="somebody-elses")
    replaced = warm_workspace.applied()

    assert replaced.changes == {kind.address: "replace"}
    assert len(kind.remote(place)) == 1
    assert place.organisation.in_trash("services") == ["somebody-elses"]
    warm_workspace.unchanged()


def test_a_private_key_replaced_by_hand_is_made_anew(sandbox: Sandbox, place: Place, new_warm_workspace):
    """REST changes no key, so what dFlow says of it is changed on its way."""
    with FaultProxy(sandbox.endpoint) as proxy:
        workspace = new_warm_workspace(DFLOW_ENDPOINT=proxy.endpoint)
        workspace.resource(SSH_KEY.address, **SSH_KEY.declared(place))
        workspace.applied()
        workspace.unchanged()
        key_id = workspace.state()[SSH_KEY.address]["id"]
        changed = {**place.organisation.get("sshKeys", key_id), "privateKey": "somebody else's"}
        answer = Answer(200, {"Content-Type": "application/json"}, json.dumps(changed).encode())
        proxy.script(answer, method="GET", path=f"^/api/sshKeys/{key_id}")

        replaced = workspace.applied()

        assert replaced.changes == {SSH_KEY.address: "replace"}
        assert [each.title for each in replaced.warnings] == ["Secret was changed by hand"]
        workspace.unchanged()
