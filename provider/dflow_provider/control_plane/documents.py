"""What all documents of the control plane have in common."""

from __future__ import annotations

from typing import TypedDict, TypeVar


class Head(TypedDict):
    """What every document has; `createdAt` is an RFC 3339 time in UTC."""

    id: str
    name: str
    createdAt: str


Document = TypeVar("Document", bound=Head)
