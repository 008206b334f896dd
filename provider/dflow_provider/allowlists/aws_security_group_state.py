"""Between Terraform's values of a security group allowlist and what the engine works with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dflow_provider.allowlists.address import Kind, canonical, classify
from dflow_provider.allowlists.allowlist_settings import let_in, named_addresses
from dflow_provider.allowlists.entry import Author, NamedAddress, by_cidr, read_note, wanted_entries
from dflow_provider.allowlists.moment import has_passed
from dflow_provider.allowlists.refusal import refusal
from dflow_vendors import AWS_SECURITY_GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.listing import ListedEntry, Listing
    from dflow_provider.schema import Report, Values


@dataclass(frozen=True)
class Settings:
    """What one allowlist is configured with, as far as it is known.

    Args:
        author: whose entries they are.
        group_id: `sg-…`.
        port: the database's port.
        rule_quota: how many inbound rules the account allows.
    """

    author: Author
    group_id: str
    port: int
    rule_quota: int

    @classmethod
    def of(cls, values: Values) -> Settings | None:
        """Read them from a configuration, plan or state; nothing as long as one is unknown."""
        owner, group_id, port = values["owner"], values["security_group_id"], values["port"]
        database, rule_quota = values["database"], values["rule_quota"]
        if not (isinstance(owner, str) and isinstance(group_id, str) and isinstance(port, int)):
            return None
        if not (isinstance(rule_quota, int) and (database is None or isinstance(database, str))):
            return None
        return cls(Author(owner, database), group_id, port, rule_quota)

    def wanted(self, values: Values) -> tuple[WantedEntry, ...]:
        """Bring the configured entries into the engine's form; unknown and expired ones are left out."""
        active = [address for address in named_addresses(values["entries"]) if not has_passed(address.expires_at)]
        return wanted_entries(active, self.author, AWS_SECURITY_GROUP.note)


def refuse_entries(values: Values, report: Report) -> None:
    """Report every entry that must not be let in, each at its place."""
    reason = values["open_to_world_reason"]
    if reason is not None and not isinstance(reason, str):
        return  # not known yet; the next look is at apply
    for address in named_addresses(values["entries"]):
        found = refusal(address.node, address.cidr, AWS_SECURITY_GROUP, reason)
        if found is not None:
            report.error(found.title, found.detail, ("entries", address.node, "cidr"))
        _refuse_description(address, report)


def _refuse_description(address: NamedAddress, report: Report) -> None:
    form = AWS_SECURITY_GROUP.note
    if form is None or address.description is None:
        return
    wrong = sorted({character for character in address.description if not form.allowed.fullmatch(character)})
    path = ("entries", address.node, "description")
    if wrong:
        report.error(
            "Description has wrong characters",
            f'The description of "{address.node}" is {address.description!r}, and AWS takes no {" ".join(wrong)} in '
            f"one. Use letters, digits, spaces and ._-:/()#,@[]+=&;{{}}!$*",
            path,
        )
    if len(address.description) > form.longest:
        report.error(
            "Description is too long",
            f'The description of "{address.node}" has {len(address.description)} characters; AWS takes '
            f"{form.longest}. Shorten it.",
            path,
        )


@dataclass(frozen=True)
class Seen:
    """What a list says about the entries of one owner.

    Args:
        settings: whose entries, and where.
        region: where the group is.
        listing: the list.
        rule_ids: the vendor's id of each listed entry, by address.
    """

    settings: Settings
    region: str
    listing: Listing
    rule_ids: Mapping[str, str]

    def state(self, base: Values) -> Values:
        """Write the state: `base` with its entries as far as they are there, and ours it does not know of."""
        entries = self._entries(base)
        return {
            **base,
            "id": identity(self.region, self.settings),
            "entries": {
                node: {"cidr": entry.cidr, "description": entry.description, "expires_at": entry.expires_at}
                for node, entry in entries.items()
            },
            "active_entries": let_in(
                entries.values(), {each.cidr for each in self.listing.entries if self._is_ours(each)}
            ),
            "rule_ids": {
                node: self.rule_ids[cidr]
                for node, entry in entries.items()
                if (cidr := canonical(entry.cidr) or "") in self.rule_ids
            },
            "foreign_entries": list(self._foreign()),
            "shared_with": dict(self._shared(entries.values())),
            "open_to_world": any(classify(text).kind is Kind.WORLD for text in self._admitted()),
        }

    def _entries(self, base: Values) -> dict[str, NamedAddress]:
        listed = {entry.cidr: entry for entry in self.listing.entries}
        wanted = by_cidr(self.settings.wanted(base))
        entries: dict[str, NamedAddress] = {}
        for address in named_addresses(base["entries"]):
            cidr = canonical(address.cidr) or ""
            if cidr not in wanted:  # it has expired, so that there is no rule is as it should be
                entries[address.node] = address
            elif cidr in listed:
                entries[address.node] = self._as_described(address, wanted[cidr], listed[cidr])
        configured = {canonical(address.cidr) for address in entries.values()}
        for entry in self.listing.entries:
            if entry.cidr is not None and entry.cidr not in configured | set(wanted) and self._is_ours(entry):
                for node in self._nodes(entry):
                    key = node if node not in entries else f"{node} {entry.cidr}"
                    entries[key] = NamedAddress(key, entry.spelling, self._asked_for(entry))
        return dict(sorted(entries.items()))

    def _is_ours(self, entry: ListedEntry) -> bool:
        return self.settings.author.owner in entry.owners

    def _as_described(self, address: NamedAddress, wanted: WantedEntry, listed: ListedEntry) -> NamedAddress:
        """Show a description that somebody changed; that of a shared or foreign rule is not ours to watch."""
        if listed.owners != {self.settings.author.owner} or (listed.note or "") == wanted.note:
            return address
        return replace(address, description=listed.note or "")

    def _nodes(self, entry: ListedEntry) -> Sequence[str]:
        note = read_note(entry.note)
        return (entry.spelling,) if note is None else note.nodes

    def _asked_for(self, entry: ListedEntry) -> str | None:
        return entry.note if read_note(entry.note) is None else None

    def _foreign(self) -> Sequence[str]:
        foreign = {entry.spelling for entry in self.listing.entries if not self._is_ours(entry)}
        return sorted(foreign | set(self.listing.beside))

    def _shared(self, entries: Iterable[NamedAddress]) -> Iterable[tuple[str, str]]:
        ours = {canonical(entry.cidr) for entry in entries}
        for entry in self.listing.entries:
            others = entry.owners - {self.settings.author.owner}
            if entry.cidr in ours and others:
                yield entry.spelling, ", ".join(sorted(others))

    def _admitted(self) -> Iterable[str]:
        yield from (entry.spelling for entry in self.listing.entries)
        yield from self.listing.beside


def identity(region: str, settings: Settings) -> str:
    """Write the id: `<region>/<security group id>/<owner>`."""
    return f"{region}/{settings.group_id}/{settings.author.owner}"
