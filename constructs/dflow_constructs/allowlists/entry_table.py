"""Entries as a local value of Terraform's, for expressions that go through all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_cdk.generic import Local

if TYPE_CHECKING:
    from collections.abc import Mapping


class EntryTable(Local):
    """Entries by the name of the node or address, each an object with a `cidr` and what else belongs to it."""

    def fill(self, rows: Mapping[str, Mapping[str, str | None]]) -> None:
        """Hold exactly these entries."""
        self.value = {key: dict(row) for key, row in rows.items()}

    def for_each(self, what: str = "key => entry") -> str:
        """Return a Terraform expression that goes through the entries whose end has not come at the time of the plan.

        Args:
            what: is made of each, from `key` and `entry`: `key => entry` for a map, `entry.cidr` for a list.
        """
        opening, closing = "{}" if "=>" in what else "[]"
        condition = " if try(timecmp(plantimestamp(), entry.expires_at) < 0, true)" if self._ends else ""
        return f"{opening}for key, entry in {self.address} : {what}{condition}{closing}"

    def in_force(self) -> str:
        """Return a Terraform expression for the table without the entries whose end has come."""
        return self.for_each() if self._ends else self.address

    @property
    def _ends(self) -> bool:
        return any(row.get("expires_at") for row in self.value.values())
