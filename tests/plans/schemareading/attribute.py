"""How an attribute of a published schema is written down."""

from __future__ import annotations

from typing import Any


def plain(presence: str, kind: str) -> str:
    """Return an attribute that is a value or a collection of values: `required string`, `optional set of string`.

    Args:
        presence: `required`, `optional`, or `computed` where only the provider sets it.
        kind: of the value.
    """
    return f"{presence} {kind}"


def nested(presence: str, nesting: str, holds: dict[str, Any], *, is_block: bool, is_one: bool) -> dict[str, Any]:
    """Return an attribute with attributes of its own.

    Args:
        presence: as above.
        nesting: `list`, `set`, `map`, or `struct` where it is one object.
        holds: its attributes.
        is_block: whether it is written as a block.
        is_one: whether it stands there once at most.
    """
    return {
        "presence": presence,
        "nesting": nesting,
        **({"block": True} if is_block else {}),
        **({"once": True} if is_one and nesting != "struct" else {}),
        "holds": holds,
    }
