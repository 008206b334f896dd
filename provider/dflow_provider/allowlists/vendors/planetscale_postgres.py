"""PlanetScale Postgres: a database's IP restrictions, of which each owner has a rule with all of its addresses.

The rule's description says whose it is: `dflow: orders (shop/orders)`. The rules of others are never written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.entry import clean
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing, TryLaterError
from dflow_provider.allowlists.note_mark import NoteMark, owners_in
from dflow_provider.allowlists.rest import Rest
from dflow_vendors import Note

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

_PAGE: Final = 100
_DESCRIPTION: Final = Note("description", 255, re.compile(r"[^\x00-\x1f\x7f]"))


def open_list(place: Place) -> PlanetScaleRules:
    """Build the adapter of a database's rules."""
    return PlanetScaleRules(place)


@dataclass(frozen=True)
class PlanetScaleRules:
    """The rules that let addresses reach a PlanetScale Postgres database."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"PlanetScale database {self.place['organization']}/{self.place['database_name']}"

    def read(self) -> Listing:
        """Read all pages of the rules; each address of a rule is an entry."""
        entries: list[ListedEntry] = []
        page: int | None = 1
        while page is not None:
            answer = self._rest.get(f"{self._path}?page={page}&per_page={_PAGE}").json
            entries += [self._listed(rule, text) for rule in answer["data"] for text in rule["cidrs"]]
            page = answer.get("next_page")
        return Listing(tuple(entries))

    def apply(self, change: Change, listing: Listing) -> None:
        """Write our rule, once: an address that comes and one that goes change places in the same moment.

        Several rules of ours, as a crash may leave them behind, lose what is not wanted in them, or go.
        """
        going = {id(entry) for entry in change.remove}
        keeping: dict[str, list[str]] = {}
        for entry in listing.entries:
            if entry.owners:
                kept = keeping.setdefault(str(entry.handle), [])
                if id(entry) not in going:
                    kept.append(entry.spelling)
        touched = {str(entry.handle) for entry in change.remove}
        if change.add:
            added = [entry.cidr for entry in change.add]
            first = next(iter(keeping), None)
            if first is None:
                self._rest.send("POST", self._path, self._rule(added))
            else:
                self._write(first, [*keeping[first], *added])
                touched.discard(first)
        for rule in touched:
            self._write(rule, keeping[rule])

    def _write(self, rule: str, cidrs: list[str]) -> None:
        path = f"{self._path}/{quote(rule, safe='')}"
        try:
            if cidrs:
                self._rest.send("PATCH", path, self._rule(cidrs))
            else:
                self._rest.send("DELETE", path)
        except ListGoneError as problem:  # the rule is, and maybe the database: the next look tells
            raise TryLaterError("Allowlist changed meanwhile", problem.detail) from None

    def _rule(self, cidrs: list[str]) -> dict[str, Any]:
        author = self.place.author
        mark = NoteMark(clean(author.database or "", _DESCRIPTION), frozenset({author.owner}))
        return {"cidrs": cidrs, "description": mark.written(_DESCRIPTION), "role": "", "schema": ""}

    def _listed(self, rule: dict[str, Any], text: str) -> ListedEntry:
        """Understand an address of a rule. One of ours that was narrowed to a role or schema is not what is wanted."""
        description = rule.get("description")
        ours = owners_in(description) == {self.place.author.owner}
        narrowed = bool(rule.get("role") or rule.get("schema"))
        cidr = None if ours and narrowed else canonical(text)
        owners = frozenset({self.place.author.owner}) if ours else frozenset()
        return ListedEntry(cidr, text, rule["id"], owners, description)

    @property
    def _path(self) -> str:
        organization, database = (quote(self.place[name], safe="") for name in ("organization", "database_name"))
        return f"/organizations/{organization}/databases/{database}/cidrs"

    @cached_property
    def _rest(self) -> Rest:
        token = f"{self.place.credential(0)}:{self.place.credential(1)}"
        return Rest(self.place, lambda _: {"Authorization": token}, self.target)
