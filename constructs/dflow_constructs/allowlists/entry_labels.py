"""What entries say of themselves: whose they are, and which node they let in to which database."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from dflow_vendors.official import Name, Text

_DIGEST = 8


class EntryLabels:
    """Names and notes of one owner's entries.

    Args:
        owner: the mark, `<stack>/<database>`.
        database: the database's name, for people.
    """

    def __init__(self, owner: str, database: str) -> None:
        self._owner = owner
        self._database = database

    def name(self, form: Name, node: str | None = None) -> str:
        """Return a name nobody else takes: `dflow-orders-fra-1-1a2b3c4d`; without a node, that of the whole list."""
        parts = ["dflow", self._database, *([] if node is None else [node])]
        text = _fitting(form.separator.join(parts), form.allowed, form.separator)
        digest = hashlib.sha256(f"{self._owner}\n{node or ''}".encode()).hexdigest()[:_DIGEST]
        digest = _fitting(digest, form.allowed, form.separator)
        room = form.longest - _DIGEST - len(form.separator)
        return f"{text[:room].rstrip(form.separator or None)}{form.separator}{digest}"

    def note(self, form: Text, nodes: Sequence[str] = ()) -> str:
        """Return a note for people: `dflow: orders from fra-1 (shop/orders)`.

        Nodes that do not fit are counted; what is still too long is cut, since it marks nothing.
        """
        for shown in range(len(nodes), -1, -1):
            rest = f" and {len(nodes) - shown} more" if shown < len(nodes) else ""
            source = f" from {', '.join(nodes[:shown])}{rest}" if shown else ""
            text = _fitting(f"dflow: {self._database}{source} ({self._owner})", form.allowed, "-")
            if len(text) <= form.longest:
                return text
        return text[: form.longest]


def _fitting(text: str, allowed: re.Pattern[str], instead: str) -> str:
    return "".join(_character(each, allowed, instead) for each in text)


def _character(character: str, allowed: re.Pattern[str], instead: str) -> str:
    if allowed.fullmatch(character):
        return character
    for other in (character.lower(), character.upper()):
        if allowed.fullmatch(other):
            return other
    return instead
