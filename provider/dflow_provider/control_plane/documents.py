"""What all documents of the control plane have in common."""

from __future__ import annotations

from enum import Enum, auto
from typing import TypedDict, TypeVar


class Stored(TypedDict):
    """What every document has; `createdAt` is an RFC 3339 time in UTC."""

    id: str
    createdAt: str


class Head(Stored):
    """What every document has that a person gave a name."""

    name: str


Document = TypeVar("Document", bound=Stored)


class Mutability(Enum):
    """What becomes of a collection's documents once they are made."""

    CHANGEABLE = auto()
    FIXED = auto()
    """dFlow refuses every change, the way into its trash included; only removing for good is left."""
