"""Query strings as the control plane nests them: `where[tenant][equals]=…`."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

Query = Mapping[str, "str | bool | int | Query"]
"""Names to values, or to further names; `{"where": {"tenant": {"equals": "a"}}}`."""


def encode(query: Query) -> str:
    """Write a query string; names and values are percent-encoded, brackets are not."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in _flat(query, ""))


def _flat(query: Query, prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        key = quote(name, safe="")
        path = f"{prefix}[{key}]" if prefix else key
        if isinstance(value, Mapping):
            pairs += _flat(value, path)
        elif isinstance(value, bool):
            pairs.append((path, "true" if value else "false"))
        else:
            pairs.append((path, str(value)))
    return pairs


def equals(**fields: str) -> Query:
    """Build a condition that every named field has exactly this value."""
    return {name: {"equals": value} for name, value in fields.items()}


def segment(text: str) -> str:
    """Write a value as one segment of a path."""
    return quote(text, safe="")
