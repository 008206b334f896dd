"""Whatever a hook returns becomes a value Terraform accepts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dflow_provider.plugin.msgpack_values import decode, encode
from dflow_provider.plugin.results import fit, hold_to_plan
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
    is_known,
)

TYPE = ObjectOf(
    {
        "id": STRING,
        "count": NUMBER,
        "on": BOOL,
        "any": DYNAMIC,
        "list": ListOf(STRING),
        "set": SetOf(NUMBER),
        "map": MapOf(ObjectOf({"x": STRING, "y": NUMBER})),
        "pair": TupleOf((STRING, BOOL)),
    }
)
PLANNED = {
    "id": UNKNOWN,
    "count": 3,
    "on": None,
    "any": UNKNOWN,
    "list": ["a", UNKNOWN],
    "set": UNKNOWN,
    "map": {"k": {"x": "v", "y": UNKNOWN}},
    "pair": ["p", True],
}
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(st.characters(), max_size=4)
    | st.binary(max_size=3)
    | st.just(UNKNOWN)
    | st.builds(Dynamic, st.just(STRING), st.text(max_size=3)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    max_leaves=8,
)
RETURNED = ANYTHING | st.dictionaries(st.sampled_from([*TYPE.attributes, "surprise"]), ANYTHING)


@given(RETURNED)
@settings(deadline=None)
def test_anything_at_all_becomes_a_known_value_of_the_type(returned):
    """It can be encoded, Terraform can decode it, and nothing in it is unknown."""
    value = fit(TYPE, returned, PLANNED).value

    assert is_known(value)
    assert decode(TYPE, encode(TYPE, value)) == value


@given(RETURNED)
@settings(deadline=None)
def test_what_is_held_to_the_plan_refines_it(returned):
    """Terraform accepts a result that keeps every known value of the plan."""
    wanted = {"id": UNKNOWN, "count": 3, "on": None, "list": ["a", "b"]}
    type_ = ObjectOf({name: TYPE.attributes[name] for name in wanted})
    held, _ = hold_to_plan(type_, fit(type_, returned, wanted).value, wanted)

    if held is not None and isinstance(returned, dict):
        assert {name: value for name, value in held.items() if name != "id"} == {
            "count": 3,
            "on": None,
            "list": ["a", "b"],
        }


def test_a_sound_result_is_not_touched():
    """Nothing is wrong and nothing open."""
    sound = {
        "id": "1",
        "count": Decimal("3.5"),
        "on": False,
        "any": Dynamic(STRING, "x"),
        "list": [],
        "set": [1, 2],
        "map": {"k": {"x": "v", "y": 1}},
        "pair": ["p", True],
    }
    fitted = fit(TYPE, sound, PLANNED)

    assert (fitted.value, fitted.wrong, fitted.open) == (sound, [], [])


def test_what_is_missing_comes_from_the_plan_as_far_as_it_is_known():
    """The rest is null and reported."""
    fitted = fit(TYPE, {"id": "1", "map": {"k": {"y": 5}}}, PLANNED)

    assert fitted.value == {
        "id": "1",
        "count": 3,
        "on": None,
        "any": None,
        "list": ["a", None],
        "set": None,
        "map": {"k": {"x": "v", "y": 5}},
        "pair": ["p", True],
    }
    assert [problem.path for problem in fitted.open] == [("any",), ("list",), ("set",)]
    assert fitted.wrong == []


def test_half_a_surrogate_pair_cannot_lose_an_object():
    """A remote error text may hold one, and it cannot be written."""
    fitted = fit(ObjectOf({"id": STRING, "note": STRING}), {"id": "1", "note": "\ud800"}, {"id": UNKNOWN, "note": "n"})

    assert fitted.value == {"id": "1", "note": "n"}
    assert [problem.path for problem in fitted.wrong] == [("note",)]


@pytest.mark.parametrize(
    ("result", "planned", "held"),
    [
        ([2, 1], [1, 2], [2, 1]),
        ([1, 1, 2], [1, 2], [1, 1, 2]),
        ([1], [1, 2], [1, 2]),
        (None, [], []),
        ([], None, None),
        ([5], UNKNOWN, [5]),
        ([5], [UNKNOWN], [5]),
    ],
)
def test_sets_are_compared_without_order_or_duplicates(result, planned, held):
    """And null is not empty."""
    value, differences = hold_to_plan(SetOf(NUMBER), result, planned)

    assert value == held
    assert bool(differences) == (value != result)


def test_a_dynamic_value_with_an_unknown_inside_is_held_to_what_was_known():
    """The unknown part resolves, the known part stays; another type is left for Terraform to judge."""
    type_ = ObjectOf({"id": STRING, "n": NUMBER})
    planned = Dynamic(type_, {"id": UNKNOWN, "n": 1})

    assert hold_to_plan(DYNAMIC, Dynamic(type_, {"id": "x", "n": 1}), planned) == (
        Dynamic(type_, {"id": "x", "n": 1}),
        [],
    )
    value, (difference,) = hold_to_plan(DYNAMIC, Dynamic(type_, {"id": "x", "n": 2}), planned)
    assert value == Dynamic(type_, {"id": "x", "n": 1})
    assert difference.path == ("n",)
    assert hold_to_plan(DYNAMIC, Dynamic(STRING, "x"), planned) == (Dynamic(STRING, "x"), [])
