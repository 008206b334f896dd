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
    synced = {"securityGroupId": "sg-1", "syncStatus": "in-sync", "lastSyncedAt": "2026-01-01T00:00:00.000Z"}
    change = place.organisation.change
    whole = change("securityGroups", document["id"], outboundRules=outbound, **synced, **fields)
    answer = Answer(200, {"Content-Type": "application/json"}, json.dumps({"doc": whole}).encode())
    proxy.script(answer, method="PATCH", path="^/api/securityGroups/", body=SYNC)


def test_a_sync_that_fails_is_an_error_and_leaves_one_group(group: dict[str, Any], place: Place, workspace: Workspace):
    workspace.resource(IT, **{**group, "sync": True})
    for _ in range(2):
        failed = workspace.apply()

        assert failed.only_error.title == "Security group is not in sync"
        assert len(SECURITY_GROUP.remote(place)) == 1
        assert list(workspace.state()) == [IT]

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
