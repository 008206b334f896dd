"""`dflow_<vendor>_allowlist`: one resource for each vendor whose entries the provider keeps itself.

They are all alike and made from the vendor's row; what differs is the adapter in `allowlists/vendors/<key>.py`, which
is imported once a list is read or written.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.allowlists.allowlist_schema import schema_of
from dflow_provider.importing import IMPORTING
from dflow_vendors import vendor_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.allowlists.allowlist_life import AllowlistLife
    from dflow_provider.backend import Backend
    from dflow_provider.schema import Call, Path, Report, Schema, Values
    from dflow_vendors import Vendor


class Allowlist:
    """A database's entries on one vendor's allowlist; `allowlist_of` makes the class of a vendor.

    Args:
        backend: what the provider was configured with.
    """

    schema: ClassVar[Schema]
    vendor: ClassVar[Vendor]

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse entries that must never be let in."""
        with IMPORTING:
            from dflow_provider.allowlists.allowlist_settings import refuse_entries  # noqa: PLC0415 (not for the schema)

        refuse_entries(cls.vendor, config, report)

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:
        """Refuse what would fail at apply, and say who will be let in."""
        self._life.plan_change(prior, planned, config, call)
        return ()

    def plan_destroy(self, prior: Values, call: Call) -> None:
        """Refuse to take the last entry off a list whose emptiness lets everybody in, before anything is destroyed."""
        self._life.plan_destroy(prior, call)

    def create(self, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (the hook's signature)
        """Add the entries; what this owner has there already, after a crash for example, is taken over."""
        return self._life.create(plan, call)

    def read(self, state: Values, call: Call) -> Values | None:
        """Compare the entries with the list; gone is only a list that is gone."""
        return self._life.read(state, call)

    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (as above)
        """Add what is new, then remove what is not wanted any more."""
        return self._life.update(prior, plan, call)

    def delete(self, state: Values, call: Call) -> None:
        """Remove the owner's entries, and only its mark from those that others share."""
        self._life.delete(state, call)

    def import_state(self, import_id: str, call: Call) -> Values:
        """Find an owner's entries by `<locators>/<owner>`."""
        return self._life.import_state(import_id, call)

    @cached_property
    def _life(self) -> AllowlistLife:
        with IMPORTING:
            from dflow_provider.allowlists.allowlist_life import AllowlistLife  # noqa: PLC0415 (most processes need none)

        return AllowlistLife(self.vendor, self._backend)


def allowlist_of(key: str) -> type[Allowlist]:
    """Make the resource class of a vendor, by its key."""
    row = vendor_named(key)
    name = "".join(word.capitalize() for word in key.split("_"))
    return type(f"{name}Allowlist", (Allowlist,), {"__doc__": row.name, "vendor": row, "schema": schema_of(row)})
