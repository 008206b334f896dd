"""Sets of IP addresses, with arithmetic: which addresses get in now and did not before."""

from __future__ import annotations

import ipaddress
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BYTE: Final = r"(0|[1-9]\d{0,2})"
_USUAL: Final = re.compile(rf"{_BYTE}\.{_BYTE}\.{_BYTE}\.{_BYTE}(?:/(0|[1-9]\d?))?", re.ASCII)
_WIDTHS: Final = {4: 32, 6: 128}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class AddressSet:
    """A set of addresses of both families.

    It is kept as sorted, disjoint spans that do not touch, so that two sets with the same addresses are equal however
    they came about. An operation costs the number of spans; building one, a sort.

    Args:
        spans: (IP version, first address, last address), addresses as numbers.
    """

    spans: tuple[tuple[int, int, int], ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> AddressSet:
        """Return the addresses that texts name: single addresses, CIDRs, or a first and a last one with a hyphen.

        Raises:
            ValueError: a text is none of these.
        """
        return cls(_merged(_span(text) for text in texts))

    @classmethod
    def everybody(cls) -> AddressSet:
        """Return all addresses."""
        return cls(tuple((version, 0, 2**width - 1) for version, width in _WIDTHS.items()))

    @classmethod
    def union(cls, sets: Iterable[AddressSet]) -> AddressSet:
        """Return the addresses that are in any of some sets, for the price of one sort."""
        return cls(_merged(span for each in sets for span in each.spans))

    def __or__(self, other: AddressSet) -> AddressSet:
        return AddressSet(_merged([*self.spans, *other.spans]))

    def __sub__(self, other: AddressSet) -> AddressSet:
        left: list[tuple[int, int, int]] = []
        taken = list(other.spans)
        position = 0
        for version, first, last in self.spans:
            while position < len(taken) and (taken[position][0], taken[position][2]) < (version, first):
                position += 1
            at, low = position, first
            while at < len(taken) and taken[at][0] == version and taken[at][1] <= last and low <= last:
                if taken[at][1] > low:
                    left.append((version, low, taken[at][1] - 1))
                low = max(low, taken[at][2] + 1)
                at += 1
            if low <= last:
                left.append((version, low, last))
        return AddressSet(tuple(left))

    def __and__(self, other: AddressSet) -> AddressSet:
        return self - (self - other)

    def meets(self, other: AddressSet) -> bool:
        """Say whether two sets share an address; costs the spans of this one, however many the other has."""
        for version, first, last in self.spans:
            after = bisect_right(other.spans, (version, last, 2 ** _WIDTHS[version]))
            if after and other.spans[after - 1][0] == version and other.spans[after - 1][2] >= first:
                return True
        return False

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __len__(self) -> int:
        """Return how many addresses there are; use `size` for IPv6, whose numbers a length cannot hold."""
        return min(self.size, 2**63 - 1)

    @property
    def size(self) -> int:
        """How many addresses there are."""
        return sum(last - first + 1 for _, first, last in self.spans)

    def cidrs(self) -> tuple[str, ...]:
        """Return the fewest CIDRs that name the set, IPv4 first, in order."""
        return tuple(str(network) for network in self._networks())

    def _networks(self) -> Iterator[Network]:
        for version, first, last in self.spans:
            if version == 4:
                yield from ipaddress.summarize_address_range(ipaddress.IPv4Address(first), ipaddress.IPv4Address(last))
            else:
                yield from ipaddress.summarize_address_range(ipaddress.IPv6Address(first), ipaddress.IPv6Address(last))


NOBODY: Final = AddressSet()
"""No address."""


def _span(text: str) -> tuple[int, int, int]:
    # Nearly all entries are like this, and read here in a fifth of the time of `ipaddress`, which reads all others.
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        numbers = [int(number) for number in usual.groups(default="32")]
        if max(numbers[:4]) < 256 and numbers[4] <= 32:
            address = numbers[0] << 24 | numbers[1] << 16 | numbers[2] << 8 | numbers[3]
            hosts = (1 << (32 - numbers[4])) - 1
            return 4, address & ~hosts, address | hosts
    if "-" in text:
        low, _, high = text.partition("-")
        first, last = ipaddress.ip_address(low.strip()), ipaddress.ip_address(high.strip())
        if first.version != last.version or int(first) > int(last):
            raise ValueError(f"{text!r} does not go from a first to a last address")
        return first.version, int(first), int(last)
    network = ipaddress.ip_network(text.strip(), strict=False)
    return network.version, int(network.network_address), int(network.broadcast_address)


def _merged(spans: Iterable[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    merged: list[tuple[int, int, int]] = []
    for version, first, last in sorted(spans):
        if merged and merged[-1][0] == version and first <= merged[-1][2] + 1:
            merged[-1] = (version, merged[-1][1], max(merged[-1][2], last))
        else:
            merged.append((version, first, last))
    return tuple(merged)
