"""Supabase: the network restrictions of a project, changed by one call that says what to add and what to remove."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing
from dflow_provider.allowlists.rest import Refused, Rest, bearer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.schema import ProviderError
    from dflow_vendors import Vendor

_IPV4, _IPV6 = "dbAllowedCidrs", "dbAllowedCidrsV6"
_REMOVED: Final = "has been removed"
_NOT_ENTITLED: Final = (
    "the project's plan does not include network restrictions (entitlement: disallowed). Choose a plan that does, then "
    "apply again."
)


def open_list(place: Place) -> NetworkRestrictions:
    """Build the adapter of a project's list."""
    return NetworkRestrictions(place, Rest(place, bearer(place.credential()), _target(place), understand=_understand))


@dataclass(frozen=True)
class NetworkRestrictions:
    """The ranges that may reach a Supabase project's Postgres and its pooler."""

    place: Place
    rest: Rest

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return _target(self.place)

    def read(self) -> Listing:
        """Read the restrictions as they were asked for last, applied or not yet."""
        answer = self._answer()
        config = answer.get("config") or {}
        texts = [*(config.get(_IPV4) or ()), *(config.get(_IPV6) or ())]
        return Listing(
            tuple(ListedEntry(canonical(text), text, text) for text in texts),
            unwritable=_NOT_ENTITLED if answer.get("entitlement") == "disallowed" else None,
        )

    def apply(self, change: Change, listing: Listing) -> None:  # noqa: ARG002 (the call says what changes)
        """Add and remove in one call, and wait until Supabase has applied it."""
        named = {
            "add": _by_family(entry.cidr for entry in change.add),
            "remove": _by_family(str(entry.handle) for entry in change.remove),
        }
        self.rest.send("PATCH", self._path, {what: lists for what, lists in named.items() if lists})
        self.place.waiting.until(self._is_settled, f"a change of {self.target}")

    def _is_settled(self) -> bool:
        """Say whether the change is applied; of empty lists Supabase may never say so."""
        answer = self._answer()
        return answer.get("status") == "applied" or not any((answer.get("config") or {}).values())

    def _answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.rest.get(self._path).json
        return answer

    @property
    def _path(self) -> str:
        return f"/v1/projects/{quote(self.place['project_ref'], safe='')}/network-restrictions"


def _target(place: Place) -> str:
    return f"Supabase project {place['project_ref']}"


def _by_family(texts: Iterable[str]) -> dict[str, list[str]]:
    lists = defaultdict(list)
    for text in texts:
        lists[_IPV6 if ":" in text else _IPV4].append(text)
    return dict(lists)


def _understand(refused: Refused) -> ProviderError | None:
    """Take Supabase's word for a project that is gone; it says so with 400."""
    if refused.status == 400 and _REMOVED in refused.story:
        return ListGoneError("Allowlist does not exist", f"{refused.request} was answered with 400: {refused.story}.")
    return None
