"""The entries an owner wants on a list: one for each address, with the nodes behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.allowlists.address import classify
from dflow_provider.allowlists.moment import latest
from dflow_provider.allowlists.note_mark import NoteMark
from dflow_vendors import Family, OwnerMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dflow_vendors import Note

_GENERATED = re.compile(r"dflow: (?:(?P<database>.+) )?from (?P<nodes>.+) \((?P<owner>[^()]+)\)")
_AND_MORE = re.compile(r" and \d+ more$")


@dataclass(frozen=True)
class NamedAddress:
    """One node's line in the configuration.

    Args:
        node: the Worker Node's name.
        cidr: the address or range as it was written; it has passed `refusal`.
        description: the note somebody asked for, or nothing.
        expires_at: when the entry ends, as it was written, or nothing.
    """

    node: str
    cidr: str
    description: str | None = None
    expires_at: str | None = None


@dataclass(frozen=True)
class WantedEntry:
    """One address to let in.

    Args:
        cidr: in the spelling used for comparing.
        family: its version of the Internet Protocol.
        nodes: the names of the nodes behind it, sorted.
        note: the text for the vendor's note field.
        expires_at: when the last of the nodes stops needing it, or nothing.
    """

    cidr: str
    family: Family
    nodes: tuple[str, ...]
    note: str
    expires_at: str | None = None


@dataclass(frozen=True)
class Author:
    """Whose entries these are.

    Args:
        owner: the stable owner mark, `<stack>/<database>`.
        database: the database's name for people, or nothing.
    """

    owner: str
    database: str | None = None

    def note(self, nodes: Iterable[str], form: Note) -> str:
        """Write the note of an entry: which database it opens for which nodes, and on whose behalf.

        Nodes that do not fit are counted: `dflow: orders from fra-1, fra-2 and 30 more (shop/orders)`.
        """
        names = [clean(node, form) for node in nodes]
        database = f"{clean(self.database, form)} " if self.database else ""
        for shown in range(len(names), -1, -1):
            rest = f" and {len(names) - shown} more" if shown < len(names) else ""
            text = f"dflow: {database}from {', '.join(names[:shown])}{rest} ({self.owner})"
            if len(text) <= form.longest:
                return text
        return f"dflow: ({self.owner})"[: form.longest]


@dataclass(frozen=True)
class ReadNote:
    """What a note written by `Author.note` says."""

    database: str | None
    nodes: tuple[str, ...]
    owner: str


def read_note(text: str | None) -> ReadNote | None:
    """Understand a note that this provider wrote; nothing for any other text."""
    found = _GENERATED.fullmatch(text or "")
    if found is None:
        return None
    nodes = _AND_MORE.sub("", found["nodes"])
    return ReadNote(found["database"], tuple(nodes.split(", ")), found["owner"])


def clean(text: str, form: Note) -> str:
    """Put a hyphen where the vendor's note field does not take a character."""
    return "".join(character if form.allowed.fullmatch(character) else "-" for character in text)


def family_of(cidr: str) -> Family:
    """Tell IPv6 from IPv4 by the spelling used for comparing."""
    return Family.IPV6 if ":" in cidr else Family.IPV4


def wanted_entries(
    addresses: Iterable[NamedAddress],
    author: Author,
    form: Note | None,
    owner_mark: OwnerMark = OwnerMark.TAG,
) -> tuple[WantedEntry, ...]:
    """Bring together the nodes that share an address, in the order of their names.

    Args:
        addresses: what to let in.
        author: whose entries they are.
        form: the vendor's note field; notes are empty where there is none.
        owner_mark: where the vendor's entries say whose they are. In the note: a description somebody asked for gets
            the mark as well.

    Raises:
        ValueError: an address is none; it should have been refused before.
    """
    together: dict[str, list[NamedAddress]] = {}
    for address in sorted(addresses, key=lambda address: address.node):
        cidr = classify(address.cidr).cidr
        if cidr is None:
            raise ValueError(f"{address.cidr!r} of {address.node} is not an address")
        together.setdefault(cidr, []).append(address)
    return tuple(
        WantedEntry(
            cidr,
            family_of(cidr),
            tuple(address.node for address in named),
            "" if form is None else _note(named, author, form, owner_mark),
            latest(address.expires_at for address in named),
        )
        for cidr, named in together.items()
    )


def _note(named: list[NamedAddress], author: Author, form: Note, owner_mark: OwnerMark) -> str:
    asked_for = "; ".join(dict.fromkeys(address.description for address in named if address.description))
    if not asked_for:
        return author.note([address.node for address in named], form)
    if owner_mark is OwnerMark.NOTE:
        return NoteMark(asked_for, frozenset({author.owner})).written(form) or ""
    return asked_for[: form.longest]


def by_cidr(wanted: Iterable[WantedEntry]) -> Mapping[str, WantedEntry]:
    """Index entries by address."""
    return {entry.cidr: entry for entry in wanted}
