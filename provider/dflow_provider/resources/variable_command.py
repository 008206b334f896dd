"""The one command that dFlow sets all variables of a service with: how long it gets, and when it is too long to run.

Linux runs no command with an argument of 128 KiB or more (MAX_ARG_STRLEN), and dFlow hands `dokku config:set <app>
"KEY"="VALUE" …` to the Worker Node's shell as one. What it fills in for references is not known here, so the last
8 KiB are left to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dflow_provider.control_plane.services import VariableRow

LONGEST_BYTES = 120 * 1024
TITLE = "Variables are too long together"
_NAMED = 3
_WHY = (
    "dFlow sets all variables of a service with one command, and Linux runs none of 128 KiB or more: not one of them "
    "would arrive on the Worker Node"
)


@dataclass(frozen=True)
class VariableCommand:
    """What stands in the command, in its order; a key that dFlow has twice stands there twice.

    Args:
        pairs: each key with its value; a value that is not known yet counts as empty.
    """

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of_rows(cls, rows: Collection[VariableRow]) -> VariableCommand:
        """Take all variables of a service."""
        return cls(tuple((row["key"], row.get("value") or "") for row in rows))

    @classmethod
    def of_known(cls, values: Mapping[str, str]) -> VariableCommand:
        """Take those that a configuration gives, as far as they are known."""
        return cls(tuple(values.items()))

    @property
    def length(self) -> int:
        """Bytes that the variables take in it."""
        return sum(_length(key, value) for key, value in self.pairs)

    @property
    def is_too_long(self) -> bool:
        """Whether it would not run."""
        return self.length > LONGEST_BYTES

    def refusal(self) -> str:
        """Say what is wrong with a configuration that alone makes it too long; no value is shown."""
        return f"The variables given here are {self.length:,} bytes long together. {_WHY}. {self._way_out()}"

    def refusal_for(self, service: str, ours: Collection[str]) -> str:
        """Say what is wrong with a service whose variables would make it too long; no value is shown.

        Args:
            service: the service's name.
            ours: the keys of this configuration.
        """
        others = sum(_length(key, value) for key, value in self.pairs if key not in ours)
        theirs = f", {others:,} of them in variables that this configuration does not name" if others else ""
        return (
            f"The variables of the service {service!r} would be {self.length:,} bytes long together{theirs}. {_WHY}. "
            f"Nothing was written. {self._way_out()}"
        )

    def _way_out(self) -> str:
        longest = sorted(dict(self.pairs), key=lambda key: -len(dict(self.pairs)[key].encode()))[:_NAMED]
        return (
            f"Keep them below {LONGEST_BYTES:,} bytes. The longest are {', '.join(longest)}: put their content into a "
            "file of the image or an object store, and its address into the variable."
        )


def _length(key: str, value: str) -> int:
    return len(f'"{key}"="{value}" '.encode())
