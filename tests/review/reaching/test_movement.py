"""What becomes of the address space."""

from __future__ import annotations

import pytest

from dflow_review.ranges import NOBODY, AddressSet
from dflow_review.reach import Database, Movement, Opening, Source
from dflow_review.reaching.movement import change_of

ORDERS = Database("list", "orders")


def _entry(spelling: str, resource: str = "a_b.c") -> Opening:
    return Opening(Source(AddressSet.of([spelling]), "", spelling), ORDERS, 5432, resource)


def _unknown(node: str = "fra-3") -> Opening:
    return Opening(Source(None, node, f"1 address of {node}, known after apply"), ORDERS, 5432, "a_b.c")


def _group(name: str) -> Opening:
    return Opening(Source(NOBODY, "", name), ORDERS, 5432, "a_b.c")


@pytest.mark.parametrize(
    ("before", "after", "movement"),
    [
        pytest.param([], [], Movement.SAME, id="nothing"),
        pytest.param(["203.0.113.7"], ["203.0.113.7/32"], Movement.SAME, id="another spelling"),
        pytest.param(
            ["203.0.113.0/26", "203.0.113.64/26", "203.0.113.128/26", "203.0.113.192/26"],
            ["203.0.113.0/24"],
            Movement.MOVED,
            id="a /24 for four /26",
        ),
        pytest.param(["203.0.113.7/32"], ["203.0.113.0/24"], Movement.WIDENED, id="a range around it"),
        pytest.param(["203.0.113.0/24"], ["203.0.113.7/32"], Movement.NARROWED, id="one of a range"),
        pytest.param(["203.0.113.7"], ["203.0.113.8"], Movement.BOTH, id="another address"),
        pytest.param(["203.0.113.7"], [], Movement.NARROWED, id="nobody any more"),
        pytest.param([], ["::/0"], Movement.WIDENED, id="everybody of one family"),
        pytest.param(["0.0.0.0/0"], ["0.0.0.0/0", "203.0.113.7"], Movement.MOVED, id="one who got in anyway"),
        pytest.param(["203.0.113.0-203.0.113.255"], ["203.0.113.0/24"], Movement.SAME, id="first and last"),
    ],
)
def test_addresses_are_counted_and_not_entries(before: list[str], after: list[str], movement: Movement) -> None:
    change = change_of(ORDERS, 5432, tuple(map(_entry, before)), tuple(map(_entry, after)))
    assert change.movement is movement


def test_the_same_address_by_another_resource_has_moved() -> None:
    change = change_of(ORDERS, 5432, (_entry("203.0.113.7", "a_b.old"),), (_entry("203.0.113.7", "a_b.new"),))
    assert change.movement is Movement.MOVED
    assert not change.added
    assert not change.removed


def test_what_comes_and_goes_is_said_in_addresses() -> None:
    change = change_of(ORDERS, 5432, (_entry("203.0.113.0/25"),), (_entry("203.0.113.64/26"), _entry("192.0.2.1")))
    assert change.movement is Movement.BOTH
    assert change.added.cidrs() == ("192.0.2.1/32",)
    assert change.removed.cidrs() == ("203.0.113.0/26",)


def test_an_unknown_address_cannot_be_told() -> None:
    change = change_of(ORDERS, 5432, (_entry("203.0.113.7"),), (_entry("203.0.113.7"), _unknown()))
    assert change.movement is Movement.UNKNOWN
    assert change.unknown == (_unknown(),)


def test_an_unknown_address_in_place_of_a_known_one_is_no_narrowing() -> None:
    assert change_of(ORDERS, 5432, (_entry("203.0.113.7"),), (_unknown(),)).movement is Movement.UNKNOWN


def test_a_known_address_beside_an_unknown_one_widens() -> None:
    assert change_of(ORDERS, 5432, (), (_entry("203.0.113.7"), _unknown())).movement is Movement.WIDENED


def test_what_was_unknown_before_and_stays_is_no_change() -> None:
    before = (_unknown(),)
    after = (_unknown(), _entry("203.0.113.7"))
    assert change_of(ORDERS, 5432, before, before).movement is Movement.SAME
    assert change_of(ORDERS, 5432, after, before).movement is Movement.NARROWED


def test_members_of_a_group_are_let_in_by_name() -> None:
    assert change_of(ORDERS, 5432, (), (_group("sg-1"),)).movement is Movement.WIDENED
    assert change_of(ORDERS, 5432, (_group("sg-1"),), ()).movement is Movement.NARROWED
    assert change_of(ORDERS, 5432, (_group("sg-1"),), (_group("sg-2"),)).movement is Movement.BOTH
