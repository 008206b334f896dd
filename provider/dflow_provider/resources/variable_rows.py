"""The list of variables that dFlow keeps for a service, and changes to it that touch named keys alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_provider.control_plane.services import VariableRow


class NewKeys(Enum):
    """What to do about a key that is not owned yet and that the service has with another value."""

    REFUSED_IF_DIFFERENT = auto()
    TAKEN_OVER = auto()


@dataclass(frozen=True)
class Change:
    """What is to become of a list of variables.

    Args:
        written: keys to set to these values.
        restored: keys to set to these values only where they are missing.
        removed: keys to remove.
        new_keys: what to do about keys that somebody else set.
        exclusive: whether every key that is neither written nor restored is removed.
    """

    written: Mapping[str, str]
    restored: Mapping[str, str]
    removed: frozenset[str]
    new_keys: NewKeys
    exclusive: bool

    def applied_to(self, rows: Sequence[VariableRow]) -> list[VariableRow]:
        """Return the list after the change: other rows as they are, in their order, ours with their ids kept.

        dFlow accepts a key twice and the node takes the last; a key of ours is left once.
        """
        after: list[VariableRow] = []
        seen: set[str] = set()
        standing = values(rows)
        for row in rows:
            key = row["key"]
            if key in self.written or key in self.restored:
                value = self.written.get(key, standing[key])
                if key not in seen:
                    after.append(row if value == (row.get("value") or "") else {**row, "value": value})
                seen.add(key)
            elif key not in self.removed and not self.exclusive:
                after.append(row)
        for key, value in {**self.restored, **self.written}.items():
            if key not in seen:
                after.append({"key": key, "value": value})
        return after

    def holds_in(self, rows: Sequence[VariableRow]) -> bool:
        """Say whether the list is already what the change makes of it."""
        return self.applied_to(rows) == list(rows)


def values(rows: Sequence[VariableRow]) -> dict[str, str]:
    """Return the value of each key; the last row of a key counts, as on the node."""
    return {row["key"]: row.get("value") or "" for row in rows}
