"""Whatever a configuration says, checking and planning it ends in words for its author, never in a bug of ours."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dflow_provider.plugin.calls import provider_calls
from dflow_provider.plugin.in_flight import InFlight
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.msgpack_values import decode, encode
from dflow_provider.plugin.reporting import BUG_TITLE
from dflow_provider.plugin.session import Session
from dflow_provider.provider import DflowProvider
from dflow_provider.schema import (
    BOOL,
    NUMBER,
    STRING,
    UNKNOWN,
    Accepts,
    Attribute,
    ListOf,
    MapOf,
    Nested,
    NestingMode,
    ObjectOf,
    Presence,
    Schema,
    SetOf,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = st.text(max_size=12) | st.sampled_from(
    [
        *("", " ", "a", "shop-live-api", "A" * 300, "0", "-1", "NaN", "\0", "a\nb", "é" * 60, "\u202e", "🙂"),
        *("203.0.113.9", "203.0.113.9/32", "0.0.0.0/0", "::/0", "fe80::1%eth0", "999.999.999.999", "1.2.3.4/33", "/"),
        *("{{ web.X }}", "{{", "$(id)", "`", '"', "\\", "%", "https://[::1", "http://u:p@h:99999/", "[]", "null"),
        *(
            "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----",
            "ssh-ed25519 AAAA",
            "sg-0",
            "🙂/🙂",
        ),
    ]
)
NUMBERS = st.integers(-(2**70), 2**70) | st.sampled_from([0, 1, 22, 80, 65535, 65536, Decimal("0.5"), Decimal("1e400")])


def values(type_, *, unknown: bool = True) -> st.SearchStrategy:
    """What Terraform lets through for a type: it checks types, and that nothing required is missing."""
    match type_:
        case ListOf(element) | SetOf(element):
            found = st.lists(values(element, unknown=unknown), max_size=3)
        case MapOf(element):
            found = st.dictionaries(TEXTS, values(element, unknown=unknown), max_size=3)
        case ObjectOf(attributes):
            found = st.fixed_dictionaries({name: values(one, unknown=unknown) for name, one in attributes.items()})
        case Nested(nesting, attributes):
            item = objects(attributes, unknown=unknown)
            found = {
                NestingMode.SINGLE: item,
                NestingMode.MAP: st.dictionaries(TEXTS, item, max_size=2),
            }.get(nesting, st.lists(item, max_size=2))
        case _:
            found = {STRING: TEXTS, NUMBER: NUMBERS, BOOL: st.booleans()}[type_]
    return found | st.just(UNKNOWN) if unknown else found


def objects(attributes: tuple[Attribute, ...], *, unknown: bool = True) -> st.SearchStrategy[dict]:
    """A block of configuration; what the provider alone decides is null."""

    def given_(one: Attribute) -> st.SearchStrategy:
        if one.presence is Presence.COMPUTED:
            return st.none()
        found = values(one.type, unknown=unknown)
        return found if one.presence is Presence.REQUIRED else st.none() | found

    return st.fixed_dictionaries({one.name: given_(one) for one in attributes})


def states(attributes: tuple[Attribute, ...]) -> st.SearchStrategy[dict]:
    """An object in the state: whatever of it has rules has passed them when it was configured."""

    def stored(one: Attribute) -> st.SearchStrategy:
        found = values(one.type, unknown=False)
        return st.none() | found.map(
            lambda value: None if any(rule.problem(value) for rule in one.validators) else value
        )

    return st.fixed_dictionaries({one.name: stored(one) for one in attributes})


class Client:
    """Terraform's side, with a provider that has no settings and so reaches nobody."""

    def __init__(self) -> None:
        self.provider = DflowProvider(environment={})
        self.calls = provider_calls(Session(self.provider), InFlight())
        nothing = {attribute.name: None for attribute in self.provider.schema.attributes}
        assert not self.call("ConfigureProvider", self.provider.schema, {}, config=nothing).diagnostics

    def call(self, call: str, schema: Schema, plain: dict, **objects_: dict | None) -> object:
        request = getattr(pb, call).Request(**plain)
        if call == "ValidateResourceConfig":
            request.client_capabilities.write_only_attributes_allowed = True
        for field, value in objects_.items():
            getattr(request, field).msgpack = encode(schema.value_type, value)
        answer = getattr(pb, call).Response.FromString(
            self.calls[f"/tfplugin6.Provider/{call}"](request.SerializeToString())
        )
        bugs = [one.detail for one in answer.diagnostics if one.summary == BUG_TITLE]
        assert not bugs, bugs[0]
        return answer


@pytest.fixture(scope="module", autouse=True)
def _nobody_to_reach() -> Iterator[None]:
    """Vendors' clients take what they need from the machine they run on, too: here there is nothing to take."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
            patch.setenv(name, os.devnull)
        yield


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


PROVIDER = DflowProvider(environment={})
fuzzed = settings(
    deadline=None,
    derandomize=True,  # a resource type that somebody adds fails at once or never
    max_examples=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take minutes, for dozens of types
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("name", sorted(PROVIDER.resources))
@given(data=st.data())
@fuzzed
def test_any_configuration_of_a_resource_is_checked_and_planned(client, name, data):
    """What passes the checks is planned; the plan of an attribute that was given is what was given."""
    schema = PROVIDER.resources[name].schema
    config = data.draw(objects(schema.attributes))

    checked = client.call("ValidateResourceConfig", schema, {"type_name": name}, config=config)

    if not checked.diagnostics:
        planned = client.call(
            "PlanResourceChange",
            schema,
            {"type_name": name},
            prior_state=None,
            proposed_new_state=config,
            config=config,
        )
        if not planned.diagnostics:
            assert decode(schema.value_type, planned.planned_state.msgpack) is not None


@pytest.mark.parametrize("name", sorted(PROVIDER.data_sources))
@given(data=st.data())
@fuzzed
def test_any_configuration_of_a_data_source_is_checked_and_read(client, name, data):
    """Terraform reads a data source only when all of its configuration is known."""
    schema = PROVIDER.data_sources[name].schema
    config = data.draw(objects(schema.attributes))
    client.call("ValidateDataResourceConfig", schema, {"type_name": name}, config=config)
    known = data.draw(objects(schema.attributes, unknown=False))

    read = client.call("ReadDataSource", schema, {"type_name": name}, config=known)

    assert len(read.diagnostics) == 1


@pytest.mark.parametrize("name", sorted(PROVIDER.ephemeral_resources))
@given(data=st.data())
@fuzzed
def test_any_configuration_of_an_ephemeral_resource_is_checked_and_opened(client, name, data):
    """The same."""
    schema = PROVIDER.ephemeral_resources[name].schema
    config = data.draw(objects(schema.attributes))
    client.call("ValidateEphemeralResourceConfig", schema, {"type_name": name}, config=config)
    known = data.draw(objects(schema.attributes, unknown=False))

    opened = client.call("OpenEphemeralResource", schema, {"type_name": name}, config=known)

    assert len(opened.diagnostics) == 1


@given(data=st.data())
@fuzzed
def test_any_settings_of_the_provider_are_checked_and_kept(data):
    """Nothing is dialled for it, so nothing can fail but what is plainly wrong."""
    config = data.draw(objects(PROVIDER.schema.attributes))
    client = Client()

    client.call("ValidateProviderConfig", PROVIDER.schema, {}, config=config)
    client.call("ConfigureProvider", PROVIDER.schema, {}, config=config)


@pytest.mark.parametrize("name", sorted(PROVIDER.resources))
@given(data=st.data())
@fuzzed
def test_any_id_to_import_and_any_state_to_read_is_answered(client, name, data):
    """Without settings nothing is found, and that is what is said."""
    schema = PROVIDER.resources[name].schema
    request = {"type_name": name, "id": data.draw(TEXTS)}
    state = data.draw(states(schema.attributes))

    assert len(client.call("ImportResourceState", schema, request).diagnostics) == 1
    client.call("ReadResource", schema, {"type_name": name}, current_state=state)


@pytest.mark.parametrize("name", sorted(PROVIDER.functions))
@given(data=st.data())
@fuzzed
def test_any_arguments_of_a_function_have_a_result_or_a_refusal(client, name, data):
    """Terraform leaves out of a call what a function did not say that it takes."""
    signature = PROVIDER.functions[name].signature
    parameters = [*signature.parameters, *[signature.variadic] * (2 if signature.variadic else 0)]
    request = pb.CallFunction.Request(name=name)
    for parameter in parameters:
        taken = values(parameter.type, unknown=Accepts.UNKNOWN in parameter.accepts)
        value = data.draw(st.none() | taken if Accepts.NULL in parameter.accepts else taken)
        request.arguments.add(msgpack=encode(parameter.type, value))

    raw = client.calls["/tfplugin6.Provider/CallFunction"](request.SerializeToString())

    answer = pb.CallFunction.Response.FromString(raw)
    assert answer.HasField("result") is not answer.HasField("error")
    assert "This is a bug" not in answer.error.text
