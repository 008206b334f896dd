"""What a list says about the entries of one owner, as Terraform's state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.allowlists.address import Kind, canonical, classify, covered
from dflow_provider.allowlists.allowlist_settings import let_in, named_addresses
from dflow_provider.allowlists.entry import NamedAddress, by_cidr, read_note
from dflow_provider.allowlists.moment import same_moment
from dflow_provider.allowlists.note_mark import read_mark
from dflow_vendors import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dflow_provider.allowlists.allowlist_settings import Settings
    from dflow_provider.allowlists.engine import Engine
    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.listing import ListedEntry, Listing
    from dflow_provider.schema import Value, Values


@dataclass(frozen=True)
class Seen:
    """What a list says about the entries of one owner.

    Args:
        settings: whose entries, and where.
        engine: knows which of them are ours.
        listing: the list.
        recorded: the addresses we added, for vendors whose entries carry no mark.
    """

    settings: Settings
    engine: Engine
    listing: Listing
    recorded: frozenset[str]

    def state(self, base: Values) -> Values:
        """Write the state: `base` with its entries as far as they are there, and ours it does not know of."""
        entries = self._entries(base)
        return {
            **base,
            **self.settings.locators,
            "id": self.settings.identity,
            "entries": {
                address.node: {
                    "cidr": address.cidr,
                    "description": address.description,
                    "expires_at": address.expires_at,
                }
                for address in entries.values()
            },
            "active_entries": let_in(entries.values(), {entry.cidr for entry in self._ours()}),
            "owned_entries": [*sorted({entry.spelling for entry in self._ours()})],
            "foreign_entries": [*self.foreign],
            "shared_with": dict(self._shared(entries.values())),
            "open_to_world": bool(self.wide) or self.listing.open_because is not None,
        }

    @property
    def foreign(self) -> Sequence[str]:
        """What is on the list and not ours, as the vendor spells it."""
        foreign = {entry.spelling for entry in self.listing.entries if not self._is_ours(entry)}
        return sorted(foreign | set(self.listing.beside))

    @property
    def wide(self) -> Sequence[str]:
        """What lets in everybody, or a good part of the internet."""
        admitted = (*(entry.spelling for entry in self.listing.entries), *self.listing.beside)
        return sorted({text for text in admitted if classify(text).kind is Kind.WORLD})

    def _entries(self, base: Values) -> dict[str, NamedAddress]:
        listed = {entry.cidr: entry for entry in self._relevant()}
        wanted = by_cidr(self.settings.wanted(base))
        entries: dict[str, NamedAddress] = {}
        for address in named_addresses(base["entries"]):
            cidr = canonical(address.cidr) or ""
            if cidr not in wanted:  # it has expired, so that it is not on the list is as it should be
                entries[address.node] = address
            elif cidr in listed:
                entries[address.node] = self._as_listed(address, wanted[cidr], listed[cidr])
            elif self._is_covered(cidr):
                entries[address.node] = address
        configured = {canonical(address.cidr) for address in named_addresses(base["entries"])}
        for entry in self._ours():
            if entry.cidr is not None and entry.cidr not in configured:
                for node in self._nodes(entry):
                    key = node if node not in entries else f"{node} {entry.cidr}"
                    entries[key] = NamedAddress(key, entry.spelling, self._asked_for(entry), entry.expires_at)
        return dict(sorted(entries.items()))

    def _relevant(self) -> Iterable[ListedEntry]:
        """Return what can stand for a wanted entry, ours last, so that among equals it is ours that counts."""
        return sorted(self.listing.entries, key=self._is_ours)

    def _ours(self) -> list[ListedEntry]:
        return [entry for entry in self.listing.entries if self._is_ours(entry)]

    def _is_ours(self, entry: ListedEntry) -> bool:
        return self.engine.owns(entry, self.recorded)

    def _is_covered(self, cidr: str) -> bool:
        if self.settings.vendor.overlap is Overlap.ALLOWED:
            return False
        return covered(cidr, [entry.cidr for entry in self.listing.entries if entry.cidr is not None])

    def _as_listed(self, address: NamedAddress, wanted: WantedEntry, listed: ListedEntry) -> NamedAddress:
        """Show a note or an end that somebody changed; those of shared and foreign entries are not ours to watch."""
        if not self._is_ours(listed) or listed.owners - {self.settings.author.owner}:
            return address
        description, expires_at = address.description, address.expires_at
        if self.engine.watches_notes and (listed.note or "") != wanted.note:
            description = listed.note or ""
        if self.engine.watches_ends and not same_moment(listed.expires_at, wanted.expires_at):
            expires_at = listed.expires_at
        return NamedAddress(address.node, address.cidr, description, expires_at)

    def _nodes(self, entry: ListedEntry) -> Sequence[str]:
        note = read_note(entry.note)
        return (entry.spelling,) if note is None else note.nodes

    def _asked_for(self, entry: ListedEntry) -> str | None:
        if entry.note is None or read_note(entry.note) is not None:
            return None
        mark = read_mark(entry.note)
        return entry.note if mark is None else mark.text or None

    def _shared(self, entries: Iterable[NamedAddress]) -> Iterable[tuple[str, Value]]:
        ours = {canonical(entry.cidr) for entry in entries}
        for entry in self.listing.entries:
            others = entry.owners - {self.settings.author.owner}
            if entry.cidr in ours and others:
                yield entry.spelling, ", ".join(sorted(others))
