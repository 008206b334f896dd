"""Owner marks in the note of an entry, for vendors whose entries have a note and no tags.

    dflow: orders from fra-1 (blog/orders, shop/orders)

The owners stand in parentheses at the end, sorted; what is before them is for people and gives way when room is short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dflow_vendors import Note

_OWNER: Final = r"[A-Za-z0-9][A-Za-z0-9._/-]*"
_MARKED: Final = re.compile(rf"dflow: (?:(?P<text>.*) )?\((?P<owners>{_OWNER}(?:, {_OWNER})*)\)", re.DOTALL)
_PREFIX: Final = "dflow: "


@dataclass(frozen=True)
class NoteMark:
    """A note that says whose an entry is.

    Args:
        text: what it is for, for people.
        owners: everybody who wants the entry.
    """

    text: str
    owners: frozenset[str]

    def joined_by(self, owner: str) -> NoteMark:
        """Return the mark with one more owner."""
        return NoteMark(self.text, self.owners | {owner})

    def left_by(self, owner: str) -> NoteMark:
        """Return the mark without one of its owners."""
        return NoteMark(self.text, self.owners - {owner})

    def written(self, form: Note) -> str | None:
        """Write the note; nothing if not even its owners fit into the vendor's field."""
        owners = f"({', '.join(sorted(self.owners))})"
        room = form.longest - len(_PREFIX) - len(owners) - 1
        if room < -1:
            return None
        text = self.text[: max(room, 0)].rstrip()
        return f"{_PREFIX}{text} {owners}" if text else f"{_PREFIX}{owners}"


def read_mark(note: str | None) -> NoteMark | None:
    """Understand a note with owners; nothing for any other text."""
    found = _MARKED.fullmatch(note or "")
    return None if found is None else NoteMark(found["text"] or "", frozenset(found["owners"].split(", ")))


def owners_in(note: str | None) -> frozenset[str]:
    """Name the owners in a note; none in a note that somebody else wrote."""
    mark = read_mark(note)
    return frozenset() if mark is None else mark.owners
