"""Values and private state inside messages."""

from __future__ import annotations

import pytest

from dflow_provider.plugin.coding import CodingError
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.wire import read_object, read_private, read_value, require_object, write_private
from dflow_provider.schema import NUMBER, STRING, Attribute, Presence, Schema

SCHEMA = Schema("", (Attribute("a", STRING, Presence.OPTIONAL, ""),))


def test_a_value_may_come_as_json_as_well():
    """The protocol allows it, and nothing sent is null."""
    assert read_value(NUMBER, pb.DynamicValue(json=b"5"), "config") == 5
    assert read_value(NUMBER, pb.DynamicValue(), "config") is None


def test_an_object_that_must_be_there_is_asked_for():
    """And one that is unknown as a whole is none."""
    assert read_object(SCHEMA, pb.DynamicValue(msgpack=b"\xc0"), "config") is None
    with pytest.raises(CodingError, match="an object is required, null given"):
        require_object(SCHEMA, pb.DynamicValue(), "config")
    with pytest.raises(CodingError, match="an object as a whole is unknown"):
        read_object(SCHEMA, pb.DynamicValue(msgpack=b"\xd4\x00\x00"), "config")


@pytest.mark.parametrize("sent", [{"msgpack": b"\xc1"}, {"json": b"{"}, {}, {"msgpack": b"\xd4\x00\x00"}])
def test_whatever_is_wrong_the_field_it_stands_in_is_said(sent):
    """A request has up to three objects of one type."""
    with pytest.raises(CodingError) as caught:
        require_object(SCHEMA, pb.DynamicValue(**sent), "prior_state")

    assert caught.value.field == "prior_state"


@pytest.mark.parametrize(
    ("raw", "private"), [(b"", {}), (b'{"a": [1]}', {"a": [1]}), (b"[]", {}), (b"\xff\xfe", {}), (b"{", {})]
)
def test_private_state_that_is_not_ours_counts_as_nothing(raw, private):
    """And goes back as it came, unless something is put there."""
    assert read_private(raw) == private
    assert write_private(read_private(raw), raw) == raw


def test_changed_private_state_is_written_in_one_spelling():
    """Whatever order it was built in."""
    assert write_private({"b": 1, "a": None}, b"{}") == write_private({"a": None, "b": 1}, b"") == b'{"a":null,"b":1}'


def test_a_fraction_in_private_state_survives():
    """A hook that measured something finds it as it left it, beside what it adds."""
    private = read_private(b'{"seconds":0.5}')

    assert private == {"seconds": 0.5}
    assert write_private({**private, "more": 1}, b"") == b'{"more":1,"seconds":0.5}'


def test_private_state_that_cannot_be_written_stays_as_it_was():
    """The object it belongs to exists by then, and Terraform has to hear of it."""
    assert write_private({"made": object()}, b'{"made":1}') == b'{"made":1}'
