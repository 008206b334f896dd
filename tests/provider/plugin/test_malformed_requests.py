"""Whatever stands in a field of a request is read, or refused by a diagnostic that names the field.

None of it can come from Terraform as it is today. The table has every field of every call, so that a new one cannot be
forgotten.
"""

from __future__ import annotations

import json
from enum import Enum, auto
from functools import reduce

import msgpack
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dflow_provider.plugin import json_values, msgpack_values
from dflow_provider.plugin.calls import SERVICE
from dflow_provider.plugin.coding import CodingError
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.reporting import BUG_TITLE
from dflow_provider.schema import UNKNOWN


class Treatment(Enum):
    """What becomes of a field."""

    READ = auto()  # one that cannot be read is an error
    STATE = auto()  # as above, in words of its own: people edit state files
    ARGUMENTS = auto()  # as above, and Terraform points at the argument
    OURS = auto()  # private state: what we did not write counts as nothing
    TYPE = auto()  # a name that does not exist is told with those that do
    ASKED = auto()  # free text, for a hook to judge
    UNREAD = auto()  # the answer is the same, whatever stands there
    REFUSED = auto()  # so is the whole call


READ, TYPE, OURS, UNREAD, REFUSED = (
    Treatment.READ,
    Treatment.TYPE,
    Treatment.OURS,
    Treatment.UNREAD,
    Treatment.REFUSED,
)
TABLE: dict[str, dict[str, Treatment]] = {
    "GetMetadata": {},
    "GetProviderSchema": {},
    "GetResourceIdentitySchemas": {},
    "ValidateProviderConfig": {"config": READ},
    "ValidateResourceConfig": {"type_name": TYPE, "config": READ},
    "ValidateDataResourceConfig": {"type_name": TYPE, "config": READ},
    "ValidateEphemeralResourceConfig": {"type_name": TYPE, "config": READ},
    "ConfigureProvider": {"terraform_version": UNREAD, "config": READ},
    "StopProvider": {},
    "UpgradeResourceState": {"type_name": TYPE, "raw_state": Treatment.STATE},
    "UpgradeResourceIdentity": {"type_name": REFUSED, "raw_identity": REFUSED},
    "ReadResource": {
        "type_name": TYPE,
        "current_state": READ,
        "private": OURS,
        "provider_meta": UNREAD,
        "current_identity.identity_data": UNREAD,
    },
    "PlanResourceChange": {
        "type_name": TYPE,
        "prior_state": READ,
        "proposed_new_state": READ,
        "config": READ,
        "prior_private": OURS,
        "provider_meta": UNREAD,
        "prior_identity.identity_data": UNREAD,
    },
    "ApplyResourceChange": {
        "type_name": TYPE,
        "prior_state": READ,
        "planned_state": READ,
        "config": READ,
        "planned_private": OURS,
        "provider_meta": UNREAD,
        "planned_identity.identity_data": UNREAD,
    },
    "ImportResourceState": {"type_name": TYPE, "id": Treatment.ASKED, "identity.identity_data": UNREAD},
    "MoveResourceState": {
        "source_provider_address": REFUSED,
        "source_type_name": REFUSED,
        "source_state": REFUSED,
        "target_type_name": REFUSED,
        "source_private": REFUSED,
        "source_identity.identity_data": REFUSED,
    },
    "ReadDataSource": {"type_name": TYPE, "config": READ, "provider_meta": UNREAD},
    "OpenEphemeralResource": {"type_name": TYPE, "config": READ},
    "RenewEphemeralResource": {"type_name": UNREAD, "private": UNREAD},
    "CloseEphemeralResource": {"type_name": UNREAD, "private": UNREAD},
    "GetFunctions": {},
    "CallFunction": {"name": TYPE, "arguments": Treatment.ARGUMENTS},
}


def treated(*treatments: Treatment) -> list[tuple[str, str]]:
    """The fields that are treated so: (call, field)."""
    return [(name, field) for name, fields in TABLE.items() for field, how in fields.items() if how in treatments]


def carriers(descriptor) -> list[str]:
    """The fields of a message in which anything may stand: text, bytes and values."""
    found = []
    for field in descriptor.fields:
        inner = field.message_type
        if inner is None:
            found += [field.name] if field.type in {field.TYPE_STRING, field.TYPE_BYTES} else []
        elif inner.name in {"DynamicValue", "RawState"}:
            found.append(field.name)
        else:
            found += [f"{field.name}.{name}" for name in carriers(inner)]
    return found


def sound(client, name: str) -> object:
    """A request that is answered without complaint, wherever there is one."""
    given_ = client.object(name="one", size=3, labels={"a": "b"}, extra=None, slots={"x": {"cidr": "a", "hint": None}})
    planned = {**given_, "color": "blue", "id": UNKNOWN, "weight": UNKNOWN, "secret_length": UNKNOWN}
    stored = {**given_, "color": "blue", "id": "0" * 32, "weight": 6}
    question = {"name": "one", "suffix": None, "ids": None}
    secret = {"name": "one", "value": None}
    resource = {"type_name": "shelf_object"}
    values = {
        "ValidateProviderConfig": {"config": {"directory": None, "token": None}},
        "ValidateResourceConfig": {**resource, "config": given_},
        "ValidateDataResourceConfig": {"type_name": "shelf_lookup", "config": question},
        "ValidateEphemeralResourceConfig": {"type_name": "shelf_secret", "config": secret},
        "ConfigureProvider": {"config": {"directory": None, "token": None}},
        "UpgradeResourceState": resource,
        "UpgradeResourceIdentity": resource,
        "ReadResource": {**resource, "current_state": stored},
        "PlanResourceChange": {**resource, "prior_state": None, "proposed_new_state": given_, "config": given_},
        "ApplyResourceChange": {**resource, "prior_state": None, "planned_state": planned, "config": given_},
        "ImportResourceState": {**resource, "id": "no-such"},
        "ReadDataSource": {"type_name": "shelf_lookup", "config": question},
        "OpenEphemeralResource": {"type_name": "shelf_secret", "config": secret},
        "CallFunction": {"name": "join"},
    }
    request = getattr(pb, name).Request()
    for field, value in values.get(name, {}).items():
        if isinstance(value, str):
            setattr(request, field, value)
        else:
            schema = client.schema(name, request.type_name if "type_name" in values[name] else None)
            getattr(request, field).msgpack = msgpack_values.encode(schema.value_type, value)
    if name == "UpgradeResourceState":
        type_ = client.provider.resources["shelf_object"].schema.value_type
        request.raw_state.json = json_values.encode(type_, stored).encode()
    if name == "CallFunction":
        request.arguments.extend(pb.DynamicValue(msgpack=raw) for raw in (b"\xa1-", b"\xc0", b"\xa1s"))
    return request


def type_of(client, name: str, request) -> object:
    return client.schema(name, getattr(request, "type_name", None)).value_type


def whole(client, type_) -> dict:
    """An object of a type that has something everywhere."""
    filled = client.object(name="one", labels={"a": "b"}, notes=["n"], boards=[{"label": "l", "height": 1}])
    known = {"id": "0" * 32, "directory": "nowhere", "token": "t", "suffix": ".json", "value": "v"}
    return {name: filled.get(name, known.get(name)) for name in type_.attributes}


# ---- what may arrive as msgpack --------------------------------------------------------------------------------------

LEAVES = st.one_of(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(),
    st.text('aé{"$ ', max_size=4) | st.binary(max_size=4),
    st.builds(msgpack.ExtType, st.integers(0, 127), st.binary(max_size=6)),
).map(msgpack.packb)
ODDITIES = st.sampled_from(
    [
        b"\xc1",  # a code that was never given a meaning
        b"\xa2\xc3\x28",  # text that is no UTF-8
        b"\xdd\xff\xff\xff\xff",  # four billion elements, pairs, letters, bytes, of which none comes
        b"\xdf\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x0c",
        b"\x91" * 2000,
        b"\x91" * 400 + b"\xc0",
        b"\x81\xa1a" * 400 + b"\xc0",
        b"\xd6\xff\x00\x00\x00\x01",  # a time
        b"\xc7\x03\xff\x00\x00\x00",  # a time of a length that no time has
        b"\xd5\x0c\x91\xc0",  # a refinement that is a list
        reduce(lambda inner, _: b"\xc8" + len(inner).to_bytes(2) + b"\x0c" + inner, range(300), b"\x80"),
        msgpack.packb("1e999999999999999999999"),
        msgpack.packb("9" * 5000),
        msgpack.packb([b'"string"', "x"]),
        msgpack.packb([b"{", "x"]),
        msgpack.packb([b'["list",' * 5000, "x"]),
        msgpack.packb([b'["list",' * 300 + b'"string"' + b"]" * 300, None]),
        reduce(lambda inner, _: b"\x92" + msgpack.packb(b'"dynamic"') + inner, range(300), b"\xc0"),
        reduce(lambda inner, _: b"\x92" + msgpack.packb(b'["list","dynamic"]') + b"\x91" + inner, range(200), b"\xc0"),
    ]
)


def array(items: list[bytes]) -> bytes:
    return msgpack.Packer().pack_array_header(len(items)) + b"".join(items)


def mapping(pairs: list[tuple[bytes, bytes]]) -> bytes:
    """A map as it is written down: keys may be anything, and come twice."""
    return msgpack.Packer().pack_map_header(len(pairs)) + b"".join(key + value for key, value in pairs)


ANYTHING = st.recursive(
    LEAVES | ODDITIES,
    lambda inner: (
        st.lists(inner, max_size=3).map(array) | st.lists(st.tuples(LEAVES | inner, inner), max_size=3).map(mapping)
    ),
    max_leaves=6,
)


def damaged(good: bytes) -> st.SearchStrategy[bytes]:
    """Cut off, lengthened, and with bytes changed."""
    places = st.integers(0, len(good) - 1)
    return st.one_of(
        places.map(lambda at: good[:at]),
        st.binary(min_size=1, max_size=4).map(lambda more: good + more),
        st.tuples(places, st.integers(0, 255)).map(lambda one: good[: one[0]] + bytes([one[1]]) + good[one[0] + 1 :]),
    )


def misfits(type_, value: dict) -> st.SearchStrategy[bytes]:
    """An object of which one attribute is anything, missing, there twice, or unheard of."""
    pairs = [
        (msgpack.packb(name), msgpack_values.encode(attribute, value[name]))
        for name, attribute in type_.attributes.items()
    ]
    at = st.integers(0, len(pairs) - 1)
    return st.one_of(
        st.tuples(at, ANYTHING).map(
            lambda one: mapping([*pairs[: one[0]], (pairs[one[0]][0], one[1]), *pairs[one[0] + 1 :]])
        ),
        at.map(lambda one: mapping([*pairs[:one], *pairs[one + 1 :]])),
        at.map(lambda one: mapping([*pairs, pairs[one]])),
        st.tuples(LEAVES, ANYTHING).map(lambda one: mapping([*pairs, one])),
    )


# ---- what may arrive as JSON -----------------------------------------------------------------------------------------

JSON_LEAVES = st.one_of(st.none() | st.booleans() | st.integers() | st.floats(), st.text(max_size=4)).map(json.dumps)
JSON_ODDITIES = st.sampled_from(
    [
        *("NaN", "-Infinity", "0.0", "1e999999999999", "9" * 5000, '"\\ud800"', '"\\u0000"', "{", '{"a":1,"a":2}'),
        *(
            "[" * 5000,
            "[" * 900 + "]" * 900,
            '{"type":["list",["list","string"]],"value":[[1]]}',
            '{"type":0,"value":0}',
        ),
        '{"type":' + '["list",' * 200 + '"string"' + "]" * 200 + ',"value":null}',
    ]
)
JSON_ANYTHING = st.recursive(
    JSON_LEAVES | JSON_ODDITIES,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{','.join(items)}]")
        | st.dictionaries(st.sampled_from(["type", "value", "name", ""]), inner, max_size=3).map(
            lambda items: "{" + ",".join(f"{json.dumps(key)}:{item}" for key, item in items.items()) + "}"
        )
    ),
    max_leaves=6,
)


def json_misfits(type_, value: dict) -> st.SearchStrategy[bytes]:
    """An object in JSON of which one attribute is anything, also under a name that does not exist."""
    good = json.loads(json_values.encode(type_, value))

    def written(one: tuple[str, str]) -> bytes:
        rest = {name: json.dumps(item) for name, item in good.items()}
        return ("{" + ",".join(f"{json.dumps(k)}:{v}" for k, v in {**rest, one[0]: one[1]}.items()) + "}").encode()

    return st.tuples(st.sampled_from([*good, "surprise"]), JSON_ANYTHING).map(written) | JSON_ANYTHING.map(str.encode)


# ---- the tests -------------------------------------------------------------------------------------------------------


def inner(request, field: str) -> tuple[object, str]:
    """The message a field of a request stands in, and its name there."""
    *outer, last = field.split(".")
    return reduce(getattr, outer, request), last


def said(answer) -> list[str]:
    """All that an answer has to say to a person."""
    if hasattr(answer, "error"):
        return [answer.error.text] if answer.HasField("error") else []
    return [f"{one.summary}: {one.detail}" for one in getattr(answer, "diagnostics", [])]


def problem_with(form, type_, raw: bytes) -> str | None:
    """What is wrong with a value, in either form; what is nested deeply depends on how deep the stack is already."""
    try:
        form.decode(type_, raw)
    except CodingError as error:
        return None if error.problem.endswith("nested too deeply") else str(error)
    return None


def answered(client, name: str, request) -> object:
    """Answer a request, and hold what holds for every answer."""
    answer = client.send(name, request)
    assert not any("Traceback" in one or "recursion" in one for one in said(answer)), said(answer)
    assert not client.send("ValidateResourceConfig", sound(client, "ValidateResourceConfig")).diagnostics
    return answer


fuzzed = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    print_blob=False,
)


def test_every_field_of_every_call_is_in_the_table(client):
    """Or nobody would have thought of what a wrong one does."""
    calls = [path.removeprefix(SERVICE) for path in client.calls]

    assert {name: sorted(carriers(getattr(pb, name).Request.DESCRIPTOR)) for name in calls} == {
        name: sorted(fields) for name, fields in TABLE.items()
    }


@pytest.mark.parametrize("name", TABLE)
def test_the_request_that_is_spoilt_below_is_a_good_one(client, name):
    """Or the rest would not get as far as the field."""
    refusal = {
        "ImportResourceState": ["No such object: Nothing on the shelf has the id 'no-such'."],
        "UpgradeResourceIdentity": ["Resource has no identity"],
        "MoveResourceState": ["State cannot be moved here"],
    }.get(name, [])

    found = said(client.send(name, sound(client, name)))

    assert len(found) == len(refusal)
    assert all(one.startswith(words) for one, words in zip(found, refusal, strict=True))


@pytest.mark.parametrize(("name", "field"), treated(Treatment.READ))
@given(data=st.data())
@fuzzed
def test_a_value_that_cannot_be_read_is_an_error_that_names_its_field(client, name, field, data):
    """Also where what is wrong lies deep inside; everything else goes on to the hooks."""
    request = sound(client, name)
    type_ = type_of(client, name, request)
    value = whole(client, type_)
    good = msgpack_values.encode(type_, value)
    raw = data.draw(st.one_of(st.binary(min_size=1, max_size=60), ANYTHING, damaged(good), misfits(type_, value)))
    getattr(request, field).msgpack = raw

    found = said(answered(client, name, request))

    problem = problem_with(msgpack_values, type_, raw or b"\xc0")
    assert problem is None or found == [f"{BUG_TITLE}: {name}: {field} cannot be read or written: {problem}"]


@pytest.mark.parametrize(("name", "field"), treated(Treatment.READ))
@given(data=st.data())
@fuzzed
def test_a_value_may_come_as_json_and_be_as_wrong_there(client, name, field, data):
    """Of the two forms that the protocol has, Terraform sends the other."""
    request = sound(client, name)
    type_ = type_of(client, name, request)
    raw = data.draw(json_misfits(type_, whole(client, type_)))
    getattr(request, field).CopyFrom(pb.DynamicValue(json=raw))

    found = said(answered(client, name, request))

    problem = problem_with(json_values, type_, raw)
    assert problem is None or found == [f"{BUG_TITLE}: {name}: {field} cannot be read or written: {problem}"]


@pytest.mark.parametrize(("name", "field"), treated(Treatment.STATE))
@given(data=st.data())
@fuzzed
def test_a_state_that_cannot_be_read_is_an_error_that_says_so(client, name, field, data):
    """It is the one thing here that a person may have written, into the state file."""
    request = sound(client, name)
    type_ = type_of(client, name, request)
    good = getattr(request, field).json
    raw = data.draw(st.one_of(st.binary(max_size=60), damaged(good), json_misfits(type_, whole(client, type_))))
    getattr(request, field).json = raw

    answer = answered(client, name, request)

    assert all(one.startswith("State cannot be read: The state of this shelf_object") for one in said(answer))
    assert bool(said(answer)) is not answer.HasField("upgraded_state")


@pytest.mark.parametrize("position", range(5))
@given(data=st.data())
@fuzzed
def test_an_argument_that_cannot_be_read_is_pointed_at(client, position, data):
    """The last two are further texts, of which there may be any number."""
    request = sound(client, "CallFunction")
    request.arguments.extend([pb.DynamicValue(msgpack=b"\xa1x")] * 2)
    raw = data.draw(st.binary(min_size=1, max_size=60) | ANYTHING)
    request.arguments[position].msgpack = raw
    parameter = client.provider.functions["join"].signature.parameter(position)

    answer = answered(client, "CallFunction", request)

    problem = problem_with(msgpack_values, parameter.type, raw)
    if problem is not None:
        assert answer.error.text == f"{parameter.name} cannot be read: {problem}"
        assert answer.error.function_argument == position


@pytest.mark.parametrize(("name", "field"), treated(Treatment.OURS, Treatment.UNREAD, Treatment.REFUSED))
@given(data=st.data())
@fuzzed
def test_what_is_not_ours_to_read_changes_no_answer(client, name, field, data):
    """Private state of somebody else's counts as none; the rest is for providers with other features."""
    request = sound(client, name)
    before = said(client.send(name, request))
    holder, last = inner(request, field)
    kind = holder.DESCRIPTOR.fields_by_name[last]
    if kind.type == kind.TYPE_STRING:
        setattr(holder, last, data.draw(st.text(max_size=20)))
    elif kind.type == kind.TYPE_BYTES:
        setattr(holder, last, data.draw(st.binary(max_size=40) | JSON_ANYTHING.map(str.encode)))
    else:
        carrier = getattr(holder, last)
        setattr(carrier, carrier.DESCRIPTOR.fields[0].name, data.draw(st.binary(max_size=40) | ANYTHING))

    found = said(answered(client, name, request))

    if field in {"type_name", "target_type_name", "source_type_name", "source_provider_address"} and before:
        assert [one.split(":")[0] for one in found] == [one.split(":")[0] for one in before]
    else:
        assert found == before


@pytest.mark.parametrize(("name", "field"), treated(Treatment.TYPE))
@given(text=st.text(max_size=20))
@fuzzed
def test_a_name_of_nothing_is_told_with_the_names_there_are(client, name, field, text):
    """Whatever characters it has."""
    request = sound(client, name)
    setattr(request, field, text)

    (found,) = said(answered(client, name, request))

    assert repr(text) in found
    assert "it has: " in found


@pytest.mark.parametrize(("name", "field"), treated(Treatment.ASKED))
@given(text=st.text(max_size=20))
@fuzzed
def test_a_text_goes_to_the_hook_as_it_came(client, name, field, text):
    """And what the hook cannot do with it is a diagnostic."""
    request = sound(client, name)
    setattr(request, field, text)

    answer = answered(client, name, request)

    assert len(said(answer)) == 1
    assert not answer.imported_resources
