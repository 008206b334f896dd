"""UpgradeResourceState and what cannot be moved."""

from __future__ import annotations

import json

import pytest

from dflow_provider.plugin.messages import pb
from dflow_provider.schema import NUMBER, STRING, Attribute, Dynamic, Presence, Schema, TupleOf


def upgrade(client, state, version=0):
    """Send a state as it lies in the file."""
    raw = state if isinstance(state, bytes) else json.dumps(state).encode()
    request = pb.UpgradeResourceState.Request(type_name="shelf_object", version=version)
    request.raw_state.json = raw
    return client.send("UpgradeResourceState", request)


def test_a_state_of_this_version_passes_through(client):
    """Dynamic values change their notation."""
    state = {**client.object(size=2), "extra": {"type": ["tuple", ["number", "string"]], "value": [1, "x"]}}
    answer = upgrade(client, state)

    assert not answer.diagnostics
    assert client.state(answer.upgraded_state) == {
        **client.object(size=2),
        "extra": Dynamic(TupleOf((NUMBER, STRING)), [1, "x"]),
    }


def test_attributes_may_come_and_go_without_a_new_version(client):
    """What the schema no longer has is dropped, what it has now is null."""
    old = {name: value for name, value in client.object(box={"kind": "wood", "old": 1}).items() if name != "note"}
    answer = upgrade(client, {**old, "height": 3})

    assert not answer.diagnostics
    assert client.state(answer.upgraded_state) == client.object(
        box={"kind": "wood", "depth": None, "serial": None, "code_wo": None}
    )


def test_a_secret_that_an_older_version_stored_is_dropped(client):
    """An attribute that became write-only."""
    assert client.state(upgrade(client, client.object(secret_wo="old")).upgraded_state)["secret_wo"] is None


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{", "not JSON"),
        (b"[]", "an object is required, list given"),
        (b"", "Terraform 0.11"),
        (b'{"name": 5}', "name: string required, int given"),
        (b'{"slots": {"s": {"cidr": []}}}', "slots.s.cidr: string required, list given"),
    ],
)
def test_a_damaged_state_is_an_error_that_says_where(client, raw, words):
    """And how to get the object back."""
    (found,) = upgrade(client, raw).diagnostics

    assert found.summary == "State cannot be read"
    assert words in found.detail
    assert "terraform state rm" in found.detail


def test_a_state_of_another_version_is_converted_by_the_resource(client):
    """Or refused, in words that say which version to use."""

    class Older:
        schema = Schema("", (Attribute("label", STRING, Presence.OPTIONAL, ""),), version=2)

        def __init__(self, backend) -> None:
            pass

    class Upgrading(Older):
        @classmethod
        def upgrade_state(cls, version, state):
            return {"label": f"{state['name']} from {version}"}

    client.provider.resources = {"shelf_object": Upgrading}
    converted = upgrade(client, {"name": "x"}, version=1)
    client.provider.resources = {"shelf_object": Older}
    too_old = upgrade(client, {"name": "x"}, version=1)
    too_new = upgrade(client, {"name": "x"}, version=3)

    assert client.state(converted.upgraded_state) == {"label": "x from 1"}
    assert too_old.diagnostics[0].summary == "State is too old"
    assert too_new.diagnostics[0].summary == "State is from a newer provider"
    assert "schema version 3; this provider knows up to 2" in too_new.diagnostics[0].detail


def test_an_object_of_another_type_cannot_become_one_of_ours(client):
    """The refusal says what to do instead."""
    request = pb.MoveResourceState.Request(
        source_provider_address="registry.terraform.io/a/b", source_type_name="b_thing", target_type_name="shelf_object"
    )
    (found,) = client.send("MoveResourceState", request).diagnostics

    assert found.summary == "State cannot be moved here"
    assert "b_thing of registry.terraform.io/a/b cannot become a shelf_object" in found.detail
