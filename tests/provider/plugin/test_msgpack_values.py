"""Values survive the way to Terraform and back, and garbage is an error with an address."""

from __future__ import annotations

from decimal import Decimal

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dflow_provider.plugin.coding import CodingError
from dflow_provider.plugin.msgpack_values import decode, encode
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
    Unknown,
)

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
NUMBERS = st.integers() | st.integers().map(lambda n: Decimal(f"{n}.125"))
TYPES = st.recursive(
    st.sampled_from([STRING, NUMBER, BOOL, DYNAMIC]),
    lambda inner: st.one_of(
        st.builds(ListOf, inner),
        st.builds(SetOf, inner),
        st.builds(MapOf, inner),
        st.builds(ObjectOf, st.dictionaries(TEXT, inner, max_size=3)),
        st.builds(TupleOf, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


def values(type_):
    """Everything a value of a type may be, null and unknown included."""
    match type_:
        case ListOf(element) | SetOf(element):
            inner = st.lists(values(element), max_size=3)
        case MapOf(element):
            inner = st.dictionaries(TEXT, values(element), max_size=3)
        case ObjectOf(attributes):
            inner = st.fixed_dictionaries({name: values(attribute) for name, attribute in attributes.items()})
        case TupleOf(elements):
            inner = st.tuples(*map(values, elements)).map(list)
        case _ if type_ == DYNAMIC:
            inner = TYPES.filter(lambda one: one != DYNAMIC).flatmap(
                lambda one: values(one).map(lambda value: Dynamic(one, value))
            )
        case _:
            inner = {STRING: TEXT, NUMBER: NUMBERS, BOOL: st.booleans()}[type_]
    return st.none() | st.just(UNKNOWN) | inner


TYPED_VALUES = TYPES.flatmap(lambda type_: st.tuples(st.just(type_), values(type_)))


@given(TYPED_VALUES)
@settings(deadline=None)
def test_every_value_survives_a_round_trip(typed):
    """Null stays null, empty stays empty, unknown stays unknown, numbers stay exact."""
    type_, value = typed

    assert decode(type_, encode(type_, value)) == value


@given(TYPES, st.binary(max_size=40))
@settings(deadline=None)
def test_garbage_is_refused_and_crashes_nothing(type_, raw):
    """Whatever arrives is either a value of the type or a CodingError."""
    try:
        value = decode(type_, raw)
    except CodingError:
        return
    assert decode(type_, encode(type_, value)) == value


@given(TYPES, TYPED_VALUES)
@settings(deadline=None)
def test_a_value_of_another_type_is_refused_and_crashes_nothing(type_, typed):
    """Encoding either works or is a CodingError."""
    try:
        raw = encode(type_, typed[1])
    except CodingError:
        return
    assert decode(type_, raw) == typed[1]


@pytest.mark.parametrize(
    ("plain", "promises"),
    [
        (msgpack.ExtType(0, b"\x00"), {}),
        (msgpack.ExtType(12, msgpack.packb({1: False, 2: "pre-"})), {1: False, 2: "pre-"}),
        (msgpack.ExtType(12, msgpack.packb({1: False, 3: [0, True]})), {1: False, 3: [0, True]}),
        (msgpack.ExtType(99, b"whatever"), {}),
    ],
)
def test_every_extension_is_an_unknown_that_keeps_what_was_promised(plain, promises):
    """Real plans send code 0 and code 12; what later versions add is unknown, too."""
    value = decode(ObjectOf({"a": ListOf(STRING)}), msgpack.packb({"a": plain}))

    assert value == {"a": UNKNOWN}
    assert isinstance(value["a"], Unknown)
    assert value["a"].refinements == promises


def test_the_extension_that_msgpack_reads_as_a_time_is_unknown_as_well():
    """Code -1 is msgpack's own timestamp."""
    assert decode(STRING, msgpack.packb(msgpack.Timestamp(1, 0))) == UNKNOWN


def test_promises_inside_promises_do_not_overflow_the_stack():
    """A Python frame and several of C for each is more than a thread has, before Python has counted to 1,000."""
    raw = b"\x80"
    for _ in range(2000):
        raw = b"\xc9" + len(raw).to_bytes(4) + b"\x0c" + raw

    with pytest.raises(CodingError, match="refinements are not a map"):
        decode(STRING, raw)


@pytest.mark.parametrize("levels", [200, 5000])
def test_a_dynamic_value_nested_deeper_than_anything_could_walk_is_refused(levels):
    """It would be read, and then cost the object it belongs to when its state is to be written."""
    type_ = b'["list",' * levels + b'"string"' + b"]" * levels

    with pytest.raises(CodingError, match=r"nested deeper than 100 levels|the type of a dynamic value cannot be read"):
        decode(ObjectOf({"a": DYNAMIC}), msgpack.packb({"a": [type_, None]}))


def test_an_unknown_is_written_without_its_promises():
    """Terraform takes the plain unknown for any."""
    assert encode(STRING, Unknown({1: False, 2: "pre-"})) == b"\xd4\x00\x00"


@pytest.mark.parametrize(
    ("number", "on_the_wire"),
    [
        (5, 5),
        (2**63 - 1, 2**63 - 1),
        (-(2**63), -(2**63)),
        (2**63, "9223372036854775808"),
        (12345678901234567890, "12345678901234567890"),
        (Decimal("0.1"), "0.1"),
        (Decimal("1E+2"), "100"),
        (Decimal("12345678901234567890.5"), "12345678901234567890.5"),
    ],
)
def test_numbers_beyond_64_bits_and_fractions_travel_as_text(number, on_the_wire):
    """A float would change them."""
    assert msgpack.unpackb(encode(NUMBER, number)) == on_the_wire


@pytest.mark.parametrize(
    ("on_the_wire", "number"),
    [(5, 5), (5.0, 5), ("5", 5), ("5.0", 5), (0.5, Decimal("0.5")), ("0.1", Decimal("0.1")), ("9" * 30, int("9" * 30))],
)
def test_whole_numbers_are_int_and_fractions_decimal(on_the_wire, number):
    """Never a float, however Terraform wrote it."""
    value = decode(NUMBER, msgpack.packb(on_the_wire))

    assert value == number
    assert type(value) is type(number)


def test_an_astronomic_number_does_not_fill_the_memory():
    """`1e999999999` stays a Decimal, and is written back as short as it came."""
    value = decode(NUMBER, msgpack.packb("1e999999999"))

    assert isinstance(value, Decimal)
    assert len(encode(NUMBER, value)) < 20


@pytest.mark.parametrize(
    ("plain", "problem"),
    [
        ({"a": "x"}, r"missing \['b'\], unexpected \[\]"),
        ({"a": "x", "b": [], "c": 1}, r"missing \[\], unexpected \['c'\]"),
        ({"a": 1, "b": []}, "a: string required, int given"),
        ({"a": "x", "b": ["u", True]}, r"b\[1\]: string required, bool given"),
        ({"a": "x", "b": {}}, "b: ListOf required, dict given"),
        ([], "ObjectOf required, list given"),
    ],
)
def test_a_misfit_is_refused_with_its_address(plain, problem):
    """Objects have exactly their attributes, and each value is of its type."""
    with pytest.raises(CodingError, match=problem):
        decode(ObjectOf({"a": STRING, "b": ListOf(STRING)}), msgpack.packb(plain))


@pytest.mark.parametrize("number", [1.5, True, "5", Decimal("NaN")])
def test_a_number_that_terraform_cannot_hold_is_refused_or_kept_out(number):
    """Hooks return int and Decimal; a float would be inexact, and NaN is no number."""
    with pytest.raises(CodingError):
        decode(NUMBER, encode(NUMBER, number))


def test_a_null_dynamic_has_no_type():
    """There is nothing that could bring one along."""
    assert encode(DYNAMIC, None) == b"\xc0"
    assert decode(DYNAMIC, b"\xc0") is None
