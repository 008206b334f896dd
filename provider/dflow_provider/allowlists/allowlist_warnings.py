"""What a person should know before a change of a list is applied, and that is no reason to refuse it."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.allowlists.address import Kind, canonical, classify, covered
from dflow_provider.allowlists.allowlist_settings import named_addresses
from dflow_provider.allowlists.moment import has_passed
from dflow_vendors import OwnerMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.allowlists.engine import Engine
    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.leaving_nodes import LeavingNode
    from dflow_provider.allowlists.listing import Change, ListedEntry, Listing
    from dflow_provider.schema import Report, Value


def warn_of_expired(entries: Value, report: Report) -> None:
    """Name the entries that are configured and have ended."""
    for address in named_addresses(entries):
        if has_passed(address.expires_at):
            report.warning(
                "Entry has expired",
                f'The entry of "{address.node}" ({address.cidr}) ended at {address.expires_at}. It is not added, and '
                f"taken off the list if it is still there. Remove it here, or give it a later end.",
                ("entries", address.node, "expires_at"),
            )


@dataclass(frozen=True)
class Look:
    """A list as a plan found it, and what is to happen to it.

    Args:
        engine: one owner's part of it.
        listing: the list.
        recorded: the addresses we added, for vendors whose entries carry no mark.
        wanted: all entries of this owner.
        change: what is to be done.
    """

    engine: Engine
    listing: Listing
    recorded: frozenset[str]
    wanted: Sequence[WantedEntry]
    change: Change

    @property
    def target(self) -> str:
        """The list, for people."""
        return self.engine.adapter.target

    def is_ours(self, entry: ListedEntry) -> bool:
        """Say whether the entry is this owner's."""
        return self.engine.owns(entry, self.recorded)


def warn_of_list(look: Look, report: Report, machine: Sequence[str] | None = None) -> None:
    """Say what else is on the list that matters, and whom the change may lock out.

    Args:
        look: the list.
        report: takes the warnings.
        machine: the addresses that this machine sends from; as its routing table has them unless given.
    """
    _of_open_door(look, report)
    _of_shut_door(look, report)
    _of_borrowed_entries(look, report)
    _of_entries_that_go(look, report)
    _of_this_machine(look, own_addresses() if machine is None else machine, report)


def _of_open_door(look: Look, report: Report) -> None:
    because = look.listing.open_because
    if because is not None:
        report.warning(
            "Database is open to everybody",
            f"Everybody gets in to {look.target} because {because}. As long as that is so, the entries here keep "
            f"nobody out.",
        )
    wide = [
        _with_note(entry)
        for entry in look.listing.entries
        if not look.is_ours(entry) and classify(entry.spelling).kind is Kind.WORLD
    ]
    wide += [source for source in look.listing.beside if classify(source).kind is Kind.WORLD]
    if wide:
        report.warning(
            "Database is open to everybody",
            f"{look.target} lets in {', '.join(sorted(wide))} by entries that this allowlist does not own. As long as "
            f"they are there, the entries here keep nobody out. They are not touched: remove them by hand if nobody "
            f"needs them.",
        )


def _of_shut_door(look: Look, report: Report) -> None:
    because = look.listing.shut_because
    if because is not None and look.wanted:
        report.warning(
            "Entries let nobody in",
            f"No entry of {look.target} has an effect because {because}. The entries here are kept all the same: they "
            f"count as soon as that changes.",
        )


def _of_borrowed_entries(look: Look, report: Report) -> None:
    """Say which wanted addresses rest on entries that others can take away."""
    if look.engine.adapter.vendor.owner_mark is OwnerMark.OWN_ENTRY:
        return
    here = {entry.cidr: entry for entry in look.listing.entries if entry.cidr is not None}
    held = {entry.cidr for entry in look.change.add}
    held |= {pair.wanted.cidr for pair in look.change.join}
    held |= {cidr for rewriting in look.change.rewrite if (cidr := rewriting.listed.cidr)}
    held |= {cidr for cidr, entry in here.items() if look.is_ours(entry)}
    borrowed = [entry.cidr for entry in look.wanted if entry.cidr not in held]
    if borrowed:
        named = ", ".join(_with_note(here[cidr]) if cidr in here else cidr for cidr in borrowed)
        report.warning(
            "Entry is somebody else's",
            f"{look.target} lets in {named} already, by entries that this allowlist did not add. They are used and "
            f"never removed. If whoever added them takes them away, the node is locked out until the next apply here.",
            ("entries",),
        )


def _of_entries_that_go(look: Look, report: Report) -> None:
    """Say that entries with this owner's mark go that no state knows: another stack may have taken the same owner."""
    unknown = [entry.spelling for entry in look.change.remove if entry.cidr not in look.recorded]
    if unknown:
        report.warning(
            "Owner has entries already",
            f"{', '.join(unknown)} on {look.target} carry the mark of the owner {look.engine.owner}, are not wanted "
            f"here, and will be removed. That is right after an interrupted apply. If another stack uses this owner, "
            f"give this one an owner of its own.",
            ("owner",),
        )


def _of_this_machine(look: Look, machine: Sequence[str], report: Report) -> None:
    going = [entry.cidr for entry in look.change.remove if entry.cidr is not None]
    here = [address for address in machine if covered(f"{address}/{128 if ':' in address else 32}", going)]
    if here:
        report.warning(
            "This machine loses access",
            f"{', '.join(going)} leave {look.target}, and this machine's own address is {', '.join(here)}. What "
            f"connects from here to the database, a migration for example, is locked out afterwards.",
        )


def warn_of_leaving_nodes(look: Look, nodes: Sequence[LeavingNode], report: Report) -> None:
    """Say which Environments lose their way to the database."""
    if nodes:
        report.warning(
            "Environment loses access",
            f"{'; '.join(map(str, nodes))}. Their address leaves {look.target}: their services cannot connect to it "
            f"any more. If they still use the database, keep the entry.",
            ("entries",),
        )


def _with_note(entry: ListedEntry) -> str:
    return f"{entry.spelling} ({entry.note})" if entry.note else entry.spelling


def own_addresses(ipv4: str = "192.0.2.1", ipv6: str = "2001:db8::1") -> list[str]:
    """Name the addresses this machine sends from, not those a NAT puts in their place.

    Opening a datagram socket asks the routing table, nobody else.

    Args:
        ipv4: where it would send to.
        ipv6: the same in the other family.
    """
    found = []
    for family, anywhere in ((socket.AF_INET, ipv4), (socket.AF_INET6, ipv6)):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((anywhere, 9))
                found.append(str(probe.getsockname()[0]).partition("%")[0])
        except OSError:
            continue
    return [address for address in found if canonical(address) is not None]
