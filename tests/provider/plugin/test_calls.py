"""What every call has in common, and the calls without a module of their own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dflow_provider.plugin.calls import failing_calls
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.msgpack_values import decode

CALLS = [
    "GetMetadata",
    "GetProviderSchema",
    "GetResourceIdentitySchemas",
    "ValidateProviderConfig",
    "ValidateResourceConfig",
    "ValidateDataResourceConfig",
    "ValidateEphemeralResourceConfig",
    "ConfigureProvider",
    "StopProvider",
    "UpgradeResourceState",
    "UpgradeResourceIdentity",
    "ReadResource",
    "PlanResourceChange",
    "ApplyResourceChange",
    "ImportResourceState",
    "MoveResourceState",
    "ReadDataSource",
    "OpenEphemeralResource",
    "RenewEphemeralResource",
    "CloseEphemeralResource",
    "GetFunctions",
    "CallFunction",
]


def test_every_call_of_the_protocol_is_answered(client):
    """As many as Terraform 1.11 knows, and the identity calls of 1.12."""
    assert sorted(client.calls) == sorted(f"/tfplugin6.Provider/{name}" for name in CALLS)


@pytest.mark.parametrize("name", CALLS)
@given(raw=st.binary(max_size=60))
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], print_blob=False)
def test_no_request_crashes_a_call(client, name, raw):
    """Garbage is answered like anything else: with a response, and mostly an error in it."""
    answer = client.calls[f"/tfplugin6.Provider/{name}"](raw)

    getattr(pb, name).Response.FromString(answer)


def test_an_unknown_type_is_named_with_those_that_exist(client):
    """After a downgrade of the provider, for example."""
    request = pb.ReadResource.Request(type_name="shelf_thing")
    (found,) = client.send("ReadResource", request).diagnostics

    assert found.summary == "Unknown resource type"
    assert found.detail == "This version of the provider has no resource 'shelf_thing'; it has: shelf_object."


def test_metadata_names_everything(client):
    """Without schemas."""
    answer = client.call("GetMetadata")

    assert [one.type_name for one in answer.resources] == ["shelf_object"]
    assert [one.type_name for one in answer.data_sources] == ["shelf_lookup"]
    assert [one.type_name for one in answer.ephemeral_resources] == ["shelf_secret"]
    assert [one.name for one in answer.functions] == ["join", "version"]
    assert answer.server_capabilities.get_provider_schema_optional


def test_the_schema_is_the_same_each_time(client):
    """Terraform compares what two processes say."""
    first, second = client.call("GetProviderSchema"), client.call("GetProviderSchema")

    assert first == second
    attributes = {one.name: one for one in first.resource_schemas["shelf_object"].block.attributes}
    assert attributes["secret_wo"].write_only
    assert attributes["pin"].sensitive
    assert attributes["color"].optional
    assert attributes["color"].computed
    assert attributes["slots"].nested_type.nesting == pb.Schema.Object.MAP
    assert not attributes["slots"].type
    assert attributes["tags"].type == b'["set", "string"]'


def test_there_are_no_identities(client):
    """Asked for by newer versions of Terraform."""
    assert not client.call("GetResourceIdentitySchemas").identity_schemas


def test_a_data_source_sees_its_defaults(client):
    """There is no plan to fill them in."""
    made = client.state(client.create(name="one").new_state)
    config = {"name": "one", "suffix": None, "ids": None}
    answer = client.call("ReadDataSource", type_name="shelf_lookup", config=config)
    schema = client.provider.data_sources["shelf_lookup"].schema

    assert decode(schema.value_type, answer.state.msgpack) == {"name": "one", "suffix": ".json", "ids": [made["id"]]}


def test_an_ephemeral_value_is_opened_and_needs_no_closing(client):
    """The result has what the configuration had."""
    answer = client.call("OpenEphemeralResource", type_name="shelf_secret", config={"name": "n", "value": None})
    schema = client.provider.ephemeral_resources["shelf_secret"].schema

    assert decode(schema.value_type, answer.result.msgpack) == {"name": "n", "value": "let-me-in-n"}
    assert not answer.HasField("renew_at")
    assert not client.call("CloseEphemeralResource", type_name="shelf_secret", private=b"").diagnostics


def test_a_stop_is_answered_at_once_and_seen_by_hooks(client):
    """The event is set, the session still serves."""
    answer = client.call("StopProvider")

    assert answer.Error == ""
    assert client.session.stop.requested
    assert client.create().new_state.msgpack


def test_two_sessions_of_one_provider_keep_their_configurations_apart(client, shelf, tmp_path):
    """As happens with aliases when Terraform is reattached to one process."""
    other = type(client)(client.provider)
    (tmp_path / "other").mkdir()
    other.configure(directory=str(tmp_path / "other"))
    client.create()

    assert len(list(tmp_path.glob("*.json"))) == 1
    assert not list((tmp_path / "other").glob("*.json"))


def test_a_provider_that_cannot_be_loaded_says_why_at_every_call():
    """Terraform shows it at the first."""
    calls = failing_calls(ModuleNotFoundError("No module named 'urllib3'"))
    answer = pb.GetProviderSchema.Response.FromString(calls["/tfplugin6.Provider/GetProviderSchema"](b""))

    assert answer.diagnostics[0].summary == "Provider cannot be loaded"
    assert "ModuleNotFoundError: No module named 'urllib3'" in answer.diagnostics[0].detail
    assert pb.StopProvider.Response.FromString(calls["/tfplugin6.Provider/StopProvider"](b"")).Error == ""
