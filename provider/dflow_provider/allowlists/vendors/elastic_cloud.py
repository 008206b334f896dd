"""Elastic Cloud Hosted: a rule set of each owner's own, associated with the deployment.

What others associated is read, so that nobody is locked out by being the first, and never written.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing, ListMovedError
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_vendors import Family

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

_SETS: Final = "/api/v1/deployments/traffic-filter/rulesets"
_OUTBOUND: Final = "egress_firewall"
"""The type of rule sets that say where a deployment may connect to."""


@dataclass(frozen=True)
class _OwnSet:
    """A rule set of ours. After a crash there may be several, or one that is not associated and lets nobody in."""

    id: str
    is_associated: bool
    rules: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class _Sets:
    """What a write has to know beside the entries."""

    region: str
    own: tuple[_OwnSet, ...]


def open_list(place: Place) -> TrafficFilters:
    """Build the adapter of a deployment's filters."""
    return TrafficFilters(place, Rest(place, bearer(place.credential(), "ApiKey"), _target(place)))


@dataclass(frozen=True)
class TrafficFilters:
    """What may connect to a deployment of Elastic Cloud Hosted."""

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
        """Read the rule sets of the deployment's region; each rule of those that are associated with it is an entry."""
        deployment = self.rest.get(f"/api/v1/deployments/{self._deployment}").json
        region = deployment["resources"]["elasticsearch"][0]["region"]
        found = self.rest.get(f"{_SETS}?include_associations=true&region={quote(region, safe='')}").json["rulesets"]
        entries: list[ListedEntry] = []
        own: list[_OwnSet] = []
        for each in found:
            is_associated = any(
                (other["entity_type"], other["id"]) == ("deployment", self._deployment)
                for other in each.get("associations") or ()
            )
            is_ours = (each["name"], each["type"]) == (self._name, "ip")
            if is_ours:
                own.append(_OwnSet(each["id"], is_associated, tuple(each["rules"])))
            if is_associated and each["type"] != _OUTBOUND:
                entries += [self._entry(rule, each, is_ours=is_ours) for rule in each["rules"]]
        own.sort(key=lambda each: not each.is_associated)
        ours = sum(len(each.rules) for each in own if each.is_associated)
        return Listing(tuple(entries), version=_Sets(region, tuple(own)), occupied={Family.IPV4: ours})

    def apply(self, change: Change, listing: Listing) -> None:
        """Write our rule set in one call, and make it count; one that would be empty goes."""
        sets = listing.version
        assert isinstance(sets, _Sets)  # noqa: S101 (`read` made it)
        kept = _kept(change, listing)
        added = [{"source": entry.cidr, "description": entry.note} for entry in change.add]
        try:
            if added and not sets.own:
                self._write(None, added, sets.region)
            for position, own in enumerate(sets.own):
                self._write(own, [*kept.get(own.id, ()), *(added if position == 0 else ())], sets.region)
        except ListGoneError as gone:  # our rule set is, or the deployment: the next look tells
            raise ListMovedError("Allowlist changed meanwhile", gone.detail) from None

    def _write(self, own: _OwnSet | None, rules: list[dict[str, Any]], region: str) -> None:
        if own is not None and not rules:
            if own.is_associated:
                self.rest.send("DELETE", f"{_SETS}/{quote(own.id)}/associations/deployment/{self._deployment}")
            self.rest.send("DELETE", f"{_SETS}/{quote(own.id)}")
            return
        content = {
            "name": self._name,
            "description": f"dFlow Worker Nodes of {self.place.author.owner}",
            "region": region,
            "type": "ip",
            "include_by_default": False,
            "rules": rules,
        }
        if own is None:
            own = _OwnSet(self.rest.send("POST", _SETS, content).json["id"], is_associated=False)
        elif list(own.rules) != rules:
            self.rest.send("PUT", f"{_SETS}/{quote(own.id)}", content)
        if not own.is_associated:
            target = {"entity_type": "deployment", "id": self._deployment}
            self.rest.send("POST", f"{_SETS}/{quote(own.id)}/associations", target)

    def _entry(self, rule: dict[str, Any], each: dict[str, Any], *, is_ours: bool) -> ListedEntry:
        source = str(rule.get("source") or rule.get("azure_endpoint_name") or rule.get("id"))
        if each["type"] != "ip":
            return ListedEntry(None, f"{each['type']} {source}", None, note=rule.get("description"))
        entry = ListedEntry(canonical(source), source, (each["id"], rule), note=rule.get("description"))
        return replace(entry, owners=frozenset({self.place.author.owner})) if is_ours else entry

    @property
    def _deployment(self) -> str:
        return quote(self.place["deployment_id"], safe="")

    @property
    def _name(self) -> str:
        """Name our rule set, which is found again by it: the same for one owner and deployment, always."""
        owner = hashlib.sha256(self.place.author.owner.encode()).hexdigest()[:8]
        return f"dflow-{owner}-{self._deployment}"


def _kept(change: Change, listing: Listing) -> dict[str, list[dict[str, Any]]]:
    """Return our rules that stay, by their rule set."""
    going = {id(entry) for entry in change.remove}
    notes = {id(rewriting.listed): rewriting.note for rewriting in change.rewrite}
    kept: dict[str, list[dict[str, Any]]] = {}
    for entry in listing.entries:
        if entry.owners and isinstance(entry.handle, tuple) and id(entry) not in going:
            own, rule = entry.handle
            note = notes.get(id(entry))
            kept.setdefault(own, []).append(rule if note is None else {**rule, "description": note})
    return kept


def _target(place: Place) -> str:
    return f"Elastic Cloud deployment {place['deployment_id']}"
