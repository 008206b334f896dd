"""The values of a state file, exact and tolerant."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dflow_provider.plugin.coding import CodingError
from dflow_provider.plugin.json_values import Layout, decode, encode, from_plain, parse
from dflow_provider.schema import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    UNKNOWN,
    Dynamic,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
)

EVERYTHING = ObjectOf(
    {
        "text": STRING,
        "number": NUMBER,
        "flag": BOOL,
        "any": DYNAMIC,
        "list": ListOf(NUMBER),
        "set": SetOf(STRING),
        "map": MapOf(BOOL),
        "pair": TupleOf((STRING, NUMBER)),
    }
)
TEXT = st.text(max_size=8)
NUMBERS = st.integers() | st.integers().map(lambda n: Decimal(f"{n}.125"))


@given(
    st.fixed_dictionaries(
        {
            "text": st.none() | TEXT,
            "number": st.none() | NUMBERS,
            "flag": st.none() | st.booleans(),
            "any": st.none() | NUMBERS.map(lambda n: Dynamic(NUMBER, n)) | TEXT.map(lambda t: Dynamic(STRING, t)),
            "list": st.none() | st.lists(NUMBERS, max_size=3),
            "set": st.none() | st.lists(TEXT, max_size=3),
            "map": st.none() | st.dictionaries(TEXT, st.booleans(), max_size=3),
            "pair": st.none() | st.tuples(TEXT, NUMBERS).map(list),
        }
    )
)
@settings(deadline=None)
def test_every_known_value_survives_a_round_trip(value):
    """Null stays null, empty stays empty, numbers stay exact."""
    assert decode(EVERYTHING, encode(EVERYTHING, value)) == value


@given(st.binary(max_size=60))
def test_garbage_is_refused_and_crashes_nothing(raw):
    """Whatever lies in a state file is either a value of the type or a CodingError."""
    with pytest.raises(CodingError):
        decode(ObjectOf({"surely": MapOf(STRING), "not": SetOf(BOOL)}), raw)


def test_what_is_written_is_json():
    """With numbers in full and dynamic values in their envelope."""
    value = {
        "n": 10**30,
        "d": Decimal("0.1"),
        "any": Dynamic(ObjectOf({"a": STRING}), {"a": 'q"'}),
    }
    written = encode(ObjectOf({"n": NUMBER, "d": NUMBER, "any": DYNAMIC}), value)

    assert json.loads(written)["any"] == {"value": {"a": 'q"'}, "type": ["object", {"a": "string"}]}
    assert '"n":1000000000000000000000000000000' in written
    assert '"d":0.1' in written


def test_a_dynamic_value_is_converted_from_the_notation_of_the_state_file():
    """On the wire it is a pair, in the state file an object."""
    assert decode(DYNAMIC, '{"type": ["list", "number"], "value": [1, 2.5]}') == Dynamic(
        ListOf(NUMBER), [1, Decimal("2.5")]
    )


def test_a_tolerant_reading_drops_the_old_and_nulls_the_new():
    """An attribute that left the schema, or came into it, at any depth."""
    type_ = ObjectOf({"a": STRING, "new": NUMBER, "inner": ListOf(ObjectOf({"b": BOOL, "new": STRING}))})
    plain = parse('{"a": "x", "old": 1, "inner": [{"b": true, "old": {}}]}')

    assert from_plain(type_, plain, Layout.TOLERANT) == {"a": "x", "new": None, "inner": [{"b": True, "new": None}]}
    with pytest.raises(CodingError, match="unexpected"):
        from_plain(type_, plain, Layout.EXACT)


def test_an_unknown_cannot_be_written():
    """JSON is for states, which are known."""
    with pytest.raises(CodingError, match="a: unknown"):
        encode(ObjectOf({"a": STRING}), {"a": UNKNOWN})


@pytest.mark.parametrize("raw", ["NaN", "[Infinity]", "{", "", "[" * 100_000])
def test_what_is_not_json_is_refused(raw):
    """Also what Python's reader would let pass."""
    with pytest.raises(CodingError, match="not JSON"):
        decode(ListOf(NUMBER), raw)
