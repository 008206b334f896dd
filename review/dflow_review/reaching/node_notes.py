"""What entries say of themselves in the notes that dFlow's constructs and provider write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_NOTE: Final = re.compile(r"dflow: (?:(?P<text>.*?) ?)\((?P<owners>[^()]+)\)", re.DOTALL)
_FROM: Final = re.compile(r"(?:(?P<database>.+) )?from (?P<nodes>.+)", re.DOTALL)
_AND_MORE: Final = re.compile(r" and \d+ more$")


@dataclass(frozen=True)
class Said:
    """What a note says.

    Args:
        database: the database's name; empty if it does not name one.
        nodes: the Worker Nodes it lets in.
        owner: the owners, with commas; empty on a note of somebody else's.
    """

    database: str = ""
    nodes: tuple[str, ...] = ()
    owner: str = ""


NOTHING_SAID: Final = Said()


@lru_cache(maxsize=16384)
def said_in(note: str) -> Said:
    """Read `dflow: orders from fra-1, fra-2 and 30 more (shop/orders)`; nothing is said by any other text."""
    if not note.startswith("dflow: "):
        return NOTHING_SAID
    found = _NOTE.fullmatch(note)
    if found is None:
        return NOTHING_SAID
    about = _FROM.fullmatch(found["text"])
    if about is None:
        return Said(found["text"], (), found["owners"])
    nodes = _AND_MORE.sub("", about["nodes"]).split(", ")
    return Said(about["database"] or "", tuple(node for node in nodes if node), found["owners"])
