"""Lists put together from everything that writes them, and what follows from their being empty."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from dflow_review.ranges import NOBODY
from dflow_review.reach import Side, Source
from dflow_review.reaching.entries import BOTH, LATER, Entry, Part, everybody, why_missing
from dflow_review.reaching.identity import exists
from dflow_review.reaching.rows import row_named
from dflow_review.reaching.vendor_marks import meaning_at
from dflow_vendors import EmptyMeans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dflow_review.ranges import AddressSet
    from dflow_review.reaching.entries import List
    from dflow_review.values import Missing

_DATABASE_PORTS: Final = frozenset(
    {
        *(1433, 1434, 1521, 2483, 2484, 3306, 3307, 33060, 5432, 5433, 5439, 6432, 6379, 6380, 7000, 7687, 8086),
        *(8123, 8182, 8443, 8529, 9000, 9042, 9142, 9200, 9243, 9300, 9440, 10255, 11211, 26257, 27015, 27016),
        *(27017, 27018, 27019, 28015, 50000),
    }
)
"""On which databases listen unless told otherwise."""
_NARROW: Final = 1000
"""A range of more ports is about no database in particular: addresses count, members of a group do not."""
_NOTHING: Final = "everybody: nothing is on the list"
_UNSAID: Final = "nobody or everybody: nothing is on the list, and the vendor does not say what that means"


@dataclass
class Assembled:
    """One list.

    Args:
        list: which.
        entries: what is on it, by side.
        whole: the sides on which nothing else is on it.
        empty: who gets in when nothing is on it, by side.
        families: the versions of the Internet Protocol the vendor takes.
    """

    list: List
    entries: dict[Side, tuple[Entry, ...]] = field(default_factory=lambda: dict.fromkeys(BOTH, ()))
    whole: set[Side] = field(default_factory=set)
    empty: dict[Side, EmptyMeans] = field(default_factory=lambda: dict.fromkeys(BOTH, EmptyMeans.CLOSED))
    families: tuple[int, ...] = (4, 6)

    @property
    def matters(self) -> bool:
        """Whether any of its entries is about a database for sure."""
        return self.list.matters or any(_is_specific(entry) for side in BOTH for entry in self.entries[side])


def assembled(parts: Iterable[Part]) -> dict[str, Assembled]:
    """Put parts of lists together, by the lists' tokens."""
    found: dict[str, Assembled] = {}
    pieces: dict[tuple[str, Side], list[Entry]] = {}
    for part in _with_guesses(parts):
        known = found.setdefault(part.list.token, Assembled(part.list, families=part.families))
        if known.list.owner is None and part.list.owner is not None:
            known.list = replace(part.list, matters=known.list.matters or part.list.matters)
        elif part.list.matters and not known.list.matters:
            known.list = replace(known.list, matters=True)
        if part.is_whole:
            known.whole.add(part.side)
        # A resource for one entry says nothing of a side on which it is not, and its vendor's list is there on both.
        for side in (part.side,) if part.is_whole else BOTH:
            known.empty[side] = part.empty
        pieces.setdefault((part.list.token, part.side), []).extend(_meant(part))
    for token, known in found.items():
        owners = _owners(pieces.get((token, side), ()) for side in BOTH)
        for side in BOTH:
            known.entries[side] = tuple(_without_known(pieces.get((token, side), ()), owners))
        _when_empty(known)
    return found


def _with_guesses(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield parts; and once more those that may be about another list, which nobody knows, as what cannot be told."""
    for part in parts:
        yield part
        if part.list.is_guess and part.side is Side.AFTER:
            here = part.list.resource
            elsewhere = replace(part.list, token=f"{part.list.vendor} @{here}", label=here, owner=None, is_guess=False)
            entries = tuple(_elsewhere(entry) for entry in part.entries if not entry.is_foreign)
            yield Part(elsewhere, Side.AFTER, entries, families=part.families)


def _elsewhere(entry: Entry) -> Entry:
    spelling = f"{entry.source.spelling} on a list {LATER}"
    return replace(entry, source=Source(None, entry.source.node, spelling), prefix_list="")


def _meant(part: Part) -> tuple[Entry, ...]:
    """Return the entries of a part with whom they let in, where the vendor has marks that look like addresses."""
    meaning = meaning_at(part.list.vendor)
    if meaning is None:
        return part.entries
    return tuple(replace(entry, source=meaning(entry.source)) for entry in part.entries)


def _owners(sides: Iterable[Iterable[Entry]]) -> dict[AddressSet | str, set[str]]:
    """Return who owns which addresses, on any side."""
    found: dict[AddressSet | str, set[str]] = {}
    for entries in sides:
        for entry in entries:
            if not entry.is_foreign and entry.source.addresses is not None:
                found.setdefault(entry.source.addresses or entry.source.spelling, set()).add(entry.resource)
    return found


def _without_known(entries: Iterable[Entry], owners: dict[AddressSet | str, set[str]]) -> Iterator[Entry]:
    """Leave out what looked foreign to one resource and is another one's, or another one saw as well."""
    seen: set[tuple[AddressSet | str | None, tuple[int, int] | None]] = set()
    for entry in entries:
        if entry.is_foreign:
            key = entry.source.addresses or entry.source.spelling
            if owners.get(key, set()) - {entry.resource} or (key, entry.ports) in seen:
                continue
            seen.add((key, entry.ports))
        yield entry


def _when_empty(known: Assembled) -> None:
    for side in BOTH:
        means = known.empty[side]
        if known.entries[side] or means is EmptyMeans.CLOSED or not exists(known.list, side):
            continue
        # Entries of others are in no plan. When the last one of a plan goes, there may be none left; before the first
        # one there may have been some, so that it is no narrowing.
        emptied = side is Side.AFTER and bool(known.entries[Side.BEFORE])
        if side not in known.whole and not emptied:
            continue
        known.entries[side] = (nobody_or_everybody(known.list.vendor, means, known.families, _sample(known)),)


def _sample(known: Assembled) -> Entry:
    entries = (*known.entries[Side.BEFORE], *known.entries[Side.AFTER])
    if entries:
        same = all(each.ports == entries[0].ports for each in entries)
        return entries[0] if same else replace(entries[0], ports=None)
    return Entry(Source(None), known.list.owner.address if known.list.owner is not None else known.list.resource)


def is_absence(entry: Entry) -> bool:
    """Say whether an entry stands for there being none."""
    return entry.source.spelling.startswith((_NOTHING, _UNSAID))


def nobody_or_everybody(vendor: str, means: EmptyMeans, families: tuple[int, ...], sample: Entry) -> Entry:
    """Return what an empty list is, where it may let in everybody.

    Args:
        vendor: the key of the vendor's row.
        means: who gets in then.
        families: the versions of the Internet Protocol the vendor takes.
        sample: an entry of the list on the other side.
    """
    row = row_named(vendor)
    whose = f" of {row.name}" if row is not None else ""
    source = (
        Source(everybody(families), "", f"{_NOTHING}{whose}") if means is EmptyMeans.OPEN else Source(None, "", _UNSAID)
    )
    return Entry(source, sample.resource, sample.ports, sample.database)


def relevant(known: Assembled, side: Side) -> Iterator[Entry]:
    """Yield the entries of a list that no plan ties to a database, as far as they are about one."""
    for entry in known.entries[side]:
        if known.list.matters or entry.ports is None or _is_specific(entry):
            yield entry
        elif entry.ports_missing is not None:
            yield _on_some_port(entry, entry.ports_missing)
        elif _opens_database(entry) and (known.matters or _is_by_address(entry)):
            yield entry


def _on_some_port(entry: Entry, missing: Missing) -> Entry:
    """Return an entry for nobody in particular: whether the port is a database's cannot be told."""
    spelling = f"{entry.source.spelling} on a port {why_missing(missing)}"
    return replace(entry, source=Source(None, entry.source.node, spelling), prefix_list="")


def _opens_database(entry: Entry) -> bool:
    return entry.ports is not None and any(entry.ports[0] <= port <= entry.ports[1] for port in _DATABASE_PORTS)


def _is_by_address(entry: Entry) -> bool:
    """Say whether addresses are let in, known or not, rather than the members of a group."""
    return bool(entry.prefix_list) or entry.source.addresses != NOBODY


def _is_specific(entry: Entry) -> bool:
    if entry.owner or entry.note.startswith("dflow: "):
        return True
    return entry.ports is not None and entry.ports[1] - entry.ports[0] <= _NARROW and _opens_database(entry)
