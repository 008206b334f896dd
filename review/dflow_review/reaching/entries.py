"""Entries of lists as resources write them, before it is known which databases the lists guard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dflow_review.ranges import NOBODY, AddressSet
from dflow_review.reach import Side, Source
from dflow_review.values import Missing
from dflow_vendors import EmptyMeans

if TYPE_CHECKING:
    from dflow_review.plan import PlannedResource

BOTH: Final = (Side.BEFORE, Side.AFTER)
EVERY_PORT: Final = (0, 65535)
LATER: Final = "known after apply"
_LIKE_AN_ADDRESS: Final = re.compile(r"(?=.{0,80}\Z)(?:[0-9a-zA-Z]{0,4}[.:/*, -])*[0-9a-zA-Z]{0,4}|[a-zA-Z]{1,6}")
_ONE: Final = "1 address"
HIDDEN: Final = "hidden as sensitive"


@dataclass(frozen=True, slots=True)
class List:
    """An allowlist.

    Args:
        token: the same for everything that is about it.
        vendor: the key of its row; empty if it has none.
        kind: what it is, for people, where no database's name is known: `aws_security_group`.
        label: its name or id, for people.
        owner: the resource of the plans that makes what it guards; nothing if that is elsewhere.
        resource: the address of a resource that is about it.
        matters: whether it is a database's for sure; what guards machines and anything else is not.
        is_guess: it was this one before, and which it will be is known only after apply.
    """

    token: str
    vendor: str
    kind: str
    label: str
    owner: PlannedResource | None = None
    resource: str = ""
    matters: bool = True
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry on one side.

    Args:
        source: who is let in.
        resource: the address of the resource that says so.
        ports: the first and the last; nothing if the list knows no ports.
        database: the database's name, where the resource or its note has it.
        owner: the owner mark.
        note: the entry's note.
        expires_at: when it ends.
        is_foreign: no resource owns it.
        is_one_of_several: the note is the whole list's, so that its nodes are not this entry's in particular.
        prefix_list: the token of the list of addresses that it stands for; empty if it is itself the source.
        ports_missing: why the plan does not have the ports, which are every one then; nothing if it has them.
    """

    source: Source
    resource: str
    ports: tuple[int, int] | None = None
    database: str = ""
    owner: str = ""
    note: str = ""
    expires_at: str = ""
    is_foreign: bool = False
    is_one_of_several: bool = False
    prefix_list: str = ""
    ports_missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one resource says about one list on one side.

    Args:
        list: which.
        side: before or after.
        entries: what it lets in.
        is_whole: nothing else is on the list.
        empty: who gets in when nothing is on it.
        families: the versions of the Internet Protocol the vendor takes, 4 and 6.
    """

    list: List
    side: Side
    entries: tuple[Entry, ...]
    is_whole: bool = False
    empty: EmptyMeans = EmptyMeans.CLOSED
    families: tuple[int, ...] = (4, 6)


class UnreadableError(ValueError):
    """A resource looks like an allowlist and cannot be understood; the text says why."""


@lru_cache(maxsize=65536)
def addresses_in(text: str) -> AddressSet:
    """Return the addresses a text names.

    Raises:
        UnreadableError: it names none.
    """
    try:
        return AddressSet.of([text])
    except ValueError:
        # Anything else may be a secret in the wrong place.
        shown = repr(text) if _LIKE_AN_ADDRESS.fullmatch(text) else f"a text of {len(text)} characters"
        raise UnreadableError(f"{shown} is no address, CIDR or range") from None


def source_at(value: object, node: str = "") -> Source:
    """Return who an address in a plan lets in.

    Args:
        value: a text, or why there is none.
        node: whose it is.

    Raises:
        UnreadableError: it is there and no address.
    """
    if isinstance(value, str):
        return Source(addresses_in(value), node, value)
    whose = f"{_ONE} of {node}" if node else _ONE
    if value is Missing.UNKNOWN:
        return Source(None, node, f"{whose}, {LATER}")
    if value is Missing.SENSITIVE:
        return Source(None, node, f"{whose}, {HIDDEN}")
    raise UnreadableError("an entry has no address")


def with_node(spelling: str, node: str) -> str:
    """Say whose an unknown address is, where that was found out later."""
    return spelling.replace(_ONE, f"{_ONE} of {node}", 1) if node and spelling.startswith(f"{_ONE}, ") else spelling


def unknown_list(value: Missing) -> Source:
    """Return who a list lets in of which not even the length is known."""
    return Source(None, "", f"addresses {why_missing(value)}")


def why_missing(value: object) -> str:
    """Say why a plan does not have a value: it is known after apply, or hidden."""
    return LATER if value is Missing.UNKNOWN else HIDDEN


def named(spelling: str) -> Source:
    """Return who is let in by name, as members of a security group are: no address at all."""
    return Source(NOBODY, "", spelling)


def everybody(families: tuple[int, ...]) -> AddressSet:
    """Return all addresses of some versions of the Internet Protocol."""
    return AddressSet(tuple(span for span in AddressSet.everybody().spans if span[0] in families))
