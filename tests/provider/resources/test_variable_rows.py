"""Changes to a list of variables touch named keys alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dflow_provider.resources.variable_rows import Change, NewKeys, values

ROWS = [
    {"id": "r1", "key": "A", "value": "1"},
    {"id": "r2", "key": "B", "value": "2"},
    {"id": "r3", "key": "C", "value": "3"},
]


def a_change(written=None, restored=None, removed=(), *, exclusive=False) -> Change:
    return Change(written or {}, restored or {}, frozenset(removed), NewKeys.TAKEN_OVER, exclusive)


def test_other_rows_stay_as_they_are_in_their_order():
    after = a_change({"B": "two", "D": "4"}, removed=["C"]).applied_to(ROWS)

    assert after == [ROWS[0], {"id": "r2", "key": "B", "value": "two"}, {"key": "D", "value": "4"}]


def test_exclusive_leaves_nothing_else():
    assert a_change({"B": "2"}, exclusive=True).applied_to(ROWS) == [ROWS[1]]


def test_a_key_to_restore_is_written_only_where_it_is_missing():
    assert a_change(restored={"A": "other", "D": "4"}).applied_to(ROWS) == [*ROWS, {"key": "D", "value": "4"}]


def test_a_key_of_ours_that_stands_twice_is_left_once():
    rows = [*ROWS, {"id": "r4", "key": "A", "value": "9"}]

    assert a_change({"A": "1"}).applied_to(rows) == ROWS
    assert a_change(restored={"A": "x"}).applied_to(rows) == [{"id": "r1", "key": "A", "value": "9"}, *ROWS[1:]]


def test_a_foreign_key_that_stands_twice_is_none_of_our_business():
    rows = [*ROWS, {"id": "r4", "key": "A", "value": "9"}]

    assert a_change({"B": "2"}).applied_to(rows) == rows
    assert values(rows)["A"] == "9"


@pytest.mark.parametrize("row", [{"id": "r", "key": "A"}, {"id": "r", "key": "A", "value": None}])
def test_no_value_is_an_empty_one(row):
    assert values([row]) == {"A": ""}
    assert a_change({"A": ""}).applied_to([row]) == [row]


_KEYS = st.sampled_from("ABCDEF")
_ROWS = st.lists(st.fixed_dictionaries({"id": st.uuids().map(str), "key": _KEYS, "value": st.text(max_size=3)}))
_MAP = st.dictionaries(_KEYS, st.text(max_size=3))


@given(_ROWS, _MAP, _MAP, st.sets(_KEYS), st.booleans())
def test_a_change_once_applied_changes_nothing_more(rows, written, restored, removed, exclusive):
    restored = {key: value for key, value in restored.items() if key not in written}
    change = a_change(written, restored, removed - written.keys() - restored.keys(), exclusive=exclusive)

    after = change.applied_to(rows)

    assert change.holds_in(after)
    assert values(after) | written == values(after)
    if not exclusive:
        ours = {*written, *restored, *removed}
        assert [row for row in after if row["key"] not in ours] == [row for row in rows if row["key"] not in ours]
