"""Arithmetic on sets of addresses."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dflow_review.ranges import NOBODY, AddressSet

CIDRS = st.builds(
    lambda number, length: str(ipaddress.ip_network((0xC0000200 + number, length), strict=False)),
    st.integers(0, 255),
    st.integers(24, 32),
)


def members(addresses: AddressSet) -> set[int]:
    return {number for _, first, last in addresses.spans for number in range(first, last + 1)}


def test_a_range_and_its_four_quarters_are_the_same():
    quarters = [f"203.0.113.{first}/26" for first in (0, 64, 128, 192)]

    assert AddressSet.of(["203.0.113.0/24"]) == AddressSet.of(quarters)


def test_a_first_and_a_last_address_are_a_range():
    assert AddressSet.of(["203.0.113.4-203.0.113.7"]).cidrs() == ("203.0.113.4/30",)


def test_both_families_stand_side_by_side():
    both = AddressSet.of(["2001:db8::/127", "203.0.113.7"])

    assert both.cidrs() == ("203.0.113.7/32", "2001:db8::/127")
    assert both.size == 3
    assert AddressSet.everybody().size == 2**32 + 2**128


@pytest.mark.parametrize("text", ["", "sg-1", "203.0.113.256", "203.0.113.9-203.0.113.1", "203.0.113.1-2001:db8::1"])
def test_what_is_no_address_is_refused(text: str):
    with pytest.raises(ValueError, match=r".+"):
        AddressSet.of([text])


@given(st.lists(CIDRS, max_size=6), st.lists(CIDRS, max_size=6))
@settings(max_examples=200, deadline=None)
def test_arithmetic_is_that_of_sets(some: list[str], others: list[str]):
    one, other = AddressSet.of(some), AddressSet.of(others)

    assert members(one - other) == members(one) - members(other)
    assert members(one | other) == members(one) | members(other)
    assert members(one & other) == members(one) & members(other)
    assert AddressSet.of((one - other).cidrs()) == one - other
    assert one - one == NOBODY


@pytest.mark.parametrize("other", ["10.0.0.9", "10.0.0.0/8", "9.0.0.0-10.0.0.5", "2001:db8::1"])
def test_sets_meet_where_they_share_an_address(other: str) -> None:
    some = AddressSet.of(["10.0.0.5-10.0.0.9", "10.0.0.20", "2001:db8::/64"])

    assert AddressSet.of([other]).meets(some)
    assert some.meets(AddressSet.of([other]))


@pytest.mark.parametrize("other", ["10.0.0.4", "10.0.0.10-10.0.0.19", "10.0.0.21", "2001:db8:1::/64", "::a00:5"])
def test_sets_do_not_meet_where_one_ends_before_the_other(other: str) -> None:
    some = AddressSet.of(["10.0.0.5-10.0.0.9", "10.0.0.20", "2001:db8::/64"])

    assert not AddressSet.of([other]).meets(some)
    assert not some.meets(AddressSet.of([other]))


@pytest.mark.parametrize(
    "text",
    ["203.0.113.7", "203.0.113.7/24", "0.0.0.0/0", "255.255.255.255/32", "10.0.0.0/8", "1.2.3.4/31", " 1.2.3.4"],
)
def test_usual_addresses_are_what_the_standard_library_says(text: str) -> None:
    network = ipaddress.ip_network(text.strip(), strict=False)
    assert AddressSet.of([text]).spans == ((4, int(network.network_address), int(network.broadcast_address)),)


@pytest.mark.parametrize("text", ["256.0.0.1", "1.2.3.4/33", "01.2.3.4", "1.2.3", "1.2.3.4.5", "1.2.3.٤", "1.2.3.4/08"])
def test_unusual_ones_are_judged_by_it(text: str) -> None:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        with pytest.raises(ValueError, match=r".+"):
            AddressSet.of([text])
    else:
        assert AddressSet.of([text]).spans[0][1] == int(network.network_address)


def test_a_union_is_what_adding_one_by_one_makes() -> None:
    sets = [AddressSet.of([text]) for text in ("203.0.113.0/25", "203.0.113.128/25", "2001:db8::/64")]
    assert AddressSet.union(sets) == sets[0] | sets[1] | sets[2]
    assert AddressSet.union(sets).cidrs() == ("203.0.113.0/24", "2001:db8::/64")
