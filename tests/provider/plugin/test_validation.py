"""Validation asks nobody, and says where something is wrong."""

from __future__ import annotations

import pytest

from dflow_provider.plugin.calls import provider_calls
from dflow_provider.plugin.messages import pb
from dflow_provider.schema import UNKNOWN


def where(found):
    """Return the address of a diagnostic as (kind of step, step) pairs."""
    return [(step.WhichOneof("selector"), getattr(step, step.WhichOneof("selector"))) for step in found.attribute.steps]


def validate(client, *, write_only=True, **config):
    """Validate a shelf object."""
    capabilities = pb.ClientCapabilities(write_only_attributes_allowed=write_only)
    return client.call(
        "ValidateResourceConfig",
        type_name="shelf_object",
        config=client.object(**config),
        client_capabilities=capabilities,
    ).diagnostics


def test_a_good_configuration_has_nothing_to_say(client):
    """Null and unknown values are not looked at."""
    assert not validate(client)
    assert not validate(client, color=UNKNOWN, box=UNKNOWN, slots={"s": UNKNOWN})
    assert not validate(client, box={"kind": UNKNOWN, "depth": None, "serial": None, "code_wo": None})


def test_a_bad_value_is_refused_at_its_attribute(client):
    """With what the validator says."""
    (found,) = validate(client, color="green")

    assert (found.summary, found.detail) == ("Invalid value", "color: 'green' is not one of blue, red.")
    assert where(found) == [("attribute_name", "color")]


def test_nested_values_are_refused_at_their_address(client):
    """Map keys by their string; a good neighbour says nothing; an unknown neighbour does not hide it."""
    (found,) = validate(
        client,
        slots={
            "x y": {"cidr": "z", "hint": None},
            "good": {"cidr": "a", "hint": None},
            "u": {"cidr": UNKNOWN, "hint": None},
        },
    )

    assert found.detail == "slots[\"x y\"].cidr: 'z' is not one of a, b, c."
    assert where(found) == [("attribute_name", "slots"), ("element_key_string", "x y"), ("attribute_name", "cidr")]


def test_what_does_not_go_together_is_refused(client):
    """The class says so, without a configured provider."""
    (found,) = validate(client, note="forbidden", size=1)

    assert found.summary == "Note and size clash"
    assert where(found) == [("attribute_name", "size")]


def test_validation_needs_no_configured_provider(client):
    """It runs in a process of its own that is never configured."""
    client.session = type(client.session)(client.provider)
    client.calls = provider_calls(client.session, client.in_flight)

    assert not validate(client)
    (found,) = client.plan(None, client.object()).diagnostics
    assert found.summary == "Provider is not configured"


def test_a_terraform_that_would_store_write_only_values_is_refused(client):
    """At every depth."""
    nested = {"kind": "wood", "depth": None, "serial": None, "code_wo": "x"}
    found = validate(client, write_only=False, secret_wo="x", box=nested)

    assert {one.summary for one in found} == {"Write-only arguments not supported"}
    assert [where(one)[-1][1] for one in found] == ["secret_wo", "code_wo"]


def test_a_crash_in_a_check_is_a_bug_and_nothing_worse(client, shelf):
    """Terraform goes on with the other blocks."""

    class Crashing(shelf.ShelfObject):
        @classmethod
        def validate_config(cls, config, report) -> None:
            raise KeyError("nothing")

    client.provider.resources = {"shelf_object": Crashing}
    (found,) = validate(client)

    assert found.summary == "Bug in the dflow provider"
    assert "Validating shelf_object failed with KeyError: 'nothing'" in found.detail


@pytest.mark.parametrize(
    ("call", "type_name"),
    [
        ("ValidateProviderConfig", None),
        ("ValidateDataResourceConfig", "shelf_lookup"),
        ("ValidateEphemeralResourceConfig", "shelf_secret"),
    ],
)
def test_the_other_blocks_are_validated_as_well(client, call, type_name):
    """By the schema of their own kind."""
    config = {attribute.name: None for attribute in client.schema(call, type_name).attributes}
    fields = {"type_name": type_name} if type_name else {}

    assert not client.call(call, config=config, **fields).diagnostics
