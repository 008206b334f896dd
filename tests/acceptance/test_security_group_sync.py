"""A security group that dFlow writes to AWS: the sandbox reaches none, so a proxy answers as dFlow would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from dflow_acceptance.record_kinds import SECURITY_GROUP

from dflow_sandbox import Answer, FaultProxy, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_acceptance.place import Place
    from dflow_acceptance.workspace import Workspace

IT = SECURITY_GROUP.address
SYNC = b"start-sync"
SYNCED = {"securityGroupId": "sg-1", "syncStatus": "in-sync", "lastSyncedAt": "2026-01-01T00:00:00.000Z"}
"""What dFlow writes after a sync that went well."""


@pytest.fixture
def proxy(sandbox: Sandbox) -> Iterator[FaultProxy]:
    with FaultProxy(sandbox.endpoint) as proxy:
        yield proxy


@pytest.fixture
def workspace(proxy: FaultProxy, new_warm_workspace) -> Workspace:
    return new_warm_workspace(DFLOW_ENDPOINT=proxy.endpoint)


@pytest.fixture
def group(place: Place) -> dict[str, Any]:
    """The attributes of a group that dFlow could sync."""
    details = {"accessKeyId": f"AKIA{place.organisation.slug}", "secretAccessKey": "-"}
    account = place.organisation.make("cloudProviderAccounts", name="there", type="aws", awsDetails=details)
    return {**SECURITY_GROUP.declared(place), "cloud_provider": "aws", "cloud_provider_account_id": account["id"]}


def sync_goes_well(place: Place, proxy: FaultProxy, **fields: Any) -> None:
    """Leave the group as dFlow does after a sync, with rules in another order and without ports that mean nothing."""
    (document,) = SECURITY_GROUP.remote(place)
    outbound = [{**row, "fromPort": None, "toPort": None} for row in document["outboundRules"]]
    change = place.organisation.change
    whole = change("securityGroups", document["id"], outboundRules=outbound, **SYNCED, **fields)
    answer = Answer(200, {"Content-Type": "application/json"}, json.dumps({"doc": whole}).encode())
    proxy.script(answer, method="PATCH", path="^/api/securityGroups/", body=SYNC)


IN_SYNC = {
    "postcondition": [
        {"condition": '${self.sync_status == "in-sync"}', "error_message": "AWS does not have it: ${self.sync_status}."}
    ]
}


@pytest.mark.parametrize("guarded", [False, True], ids=["alone", "with a postcondition"])
def test_a_sync_that_fails_is_repeated_for_the_same_group_until_it_goes_well(
    group: dict[str, Any], place: Place, proxy: FaultProxy, workspace: Workspace, guarded: bool
):
    wanted = {**group, "sync": True, "hard_delete": False, **({"lifecycle": IN_SYNC} if guarded else {})}
    workspace.resource(IT, **wanted)

    made = workspace.apply()
    told = [each.title for each in made.warnings]
    assert told == ["Security group is not in sync"]
    assert (made.code, [each.title for each in made.errors]) == (
        (1, ["Resource postcondition failed"]) if guarded else (0, [])
    )
    state = workspace.state()[IT]
    assert state["sync_status"] == "failed"

    repeated = workspace.apply()
    assert repeated.changes == {IT: "update"}
    assert repeated.code == 1
    assert repeated.errors[0].title == "Security group is not in sync"

    (document,) = SECURITY_GROUP.remote(place)
    answer = json.dumps({"doc": {**document, **SYNCED}}).encode()
    proxy.script(Answer(200, {"Content-Type": "application/json"}, answer), method="PATCH", body=SYNC)
    mended = workspace.applied()
    place.organisation.change("securityGroups", document["id"], **SYNCED)
    assert mended.changes == {IT: "update"}
    after = {"sync_status": "in-sync", "security_group_id": "sg-1", "last_synced_at": SYNCED["lastSyncedAt"]}
    assert workspace.state()[IT] == {**state, **after}
    assert len(SECURITY_GROUP.remote(place)) == 1
    assert place.organisation.in_trash("securityGroups") == []
    workspace.unchanged()


def test_after_a_failed_sync_the_group_may_become_a_record(group: dict[str, Any], place: Place, workspace: Workspace):
    workspace.resource(IT, **{**group, "sync": True})
    workspace.applied()

    workspace.resource(IT, **group)
    workspace.applied()

    assert len(SECURITY_GROUP.remote(place)) == 1
    workspace.unchanged()


def test_what_a_sync_rewrites_is_no_difference_and_the_group_at_aws_is_not_lost_in_silence(
    group: dict[str, Any], place: Place, proxy: FaultProxy, workspace: Workspace
):
    workspace.resource(IT, **group)
    workspace.applied()
    sync_goes_well(place, proxy)
    workspace.resource(IT, **{**group, "sync": True})
    workspace.applied()
    workspace.unchanged()
    state = workspace.state()[IT]
    assert (state["sync_status"], state["security_group_id"]) == ("in-sync", "sg-1")

    kept = workspace.terraform("destroy", "-json", "-auto-approve")
    assert kept.only_error.title == "Security group was not deleted"
    assert workspace.state()[IT] == state

    workspace.resource(IT, **{**group, "sync": True, "hard_delete": False})
    workspace.applied()
    workspace.unchanged()
    destroyed = workspace.destroyed()

    assert [each.title for each in destroyed.warnings] == ["Security group stays at AWS"]
    assert place.organisation.in_trash("securityGroups") == ["web"]
