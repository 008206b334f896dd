"""Scaleway Managed Databases: an instance's ACL, to which one call adds rules and from which another removes some."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import Encoding, certificate_at
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing, TryLaterError
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.rest import Rest
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Refused
    from dflow_vendors import Vendor

_PAGE: Final = 100
_PASSING: Final = frozenset(
    {"provisioning", "initializing", "configuring", "restarting", "autohealing", "backuping", "snapshotting"}
)
"""States of an instance that end by themselves, and until then no rule can be changed."""


def open_list(place: Place) -> ScalewayAcl:
    """Build the adapter of an instance's ACL."""
    return ScalewayAcl(place)


@dataclass(frozen=True)
class ScalewayAcl:
    """The rules that let addresses reach a database instance."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Scaleway database {self.place['instance_id']} in {self.place['region']}"

    def read(self) -> Listing:
        """Read all pages of the rules."""
        rules: list[dict[str, Any]] = []
        for page in count(1):
            answer = self._rest.get(f"{self._path}/acls?page={page}&page_size={_PAGE}").json
            rules += answer["rules"]
            if not answer["rules"] or len(rules) >= answer["total_count"]:
                break
        return Listing(tuple(_listed(rule) for rule in rules))

    def apply(self, change: Change, listing: Listing) -> None:  # noqa: ARG002 (a delta needs no list)
        """Add rules, then remove some, each time when the instance is ready for it.

        Scaleway removes by address alone. An address is there once, and was read with our mark on it.
        """
        if change.add:
            rules = [{"ip": entry.cidr, "description": entry.note} for entry in change.add]
            self._write("POST", {"rules": rules})
        if change.remove:
            self._write("DELETE", {"acl_rule_ips": [entry.spelling for entry in change.remove]})

    def authority(self) -> str:
        """Read the instance's certificate, which vouches for itself."""
        return certificate_at(self._rest.get(f"{self._path}/certificate"), "content", encoding=Encoding.BASE64)

    def _write(self, method: str, content: object) -> None:
        self._wait()
        try:
            self._rest.send(method, f"{self._path}/acls", content)
        except ListGoneError as problem:  # the instance was there a moment ago, so a rule may be what is not found
            raise TryLaterError("Allowlist changed meanwhile", problem.detail) from None
        self._wait()

    def _wait(self) -> None:
        self.place.waiting.until(self._is_settled, self.target)

    def _is_settled(self) -> bool:
        """Say whether changes are taken; an instance that is locked or broken says so itself when it is changed."""
        return self._rest.get(self._path).json["status"] not in _PASSING

    def _understand(self, refused: Refused) -> ProviderError | None:
        content = refused.json if isinstance(refused.json, dict) else {}
        story = f"{self.target}: {refused.request} was answered with {refused.status}: {refused.story}"
        details = [each for each in content.get("details") or () if isinstance(each, dict)]
        match content.get("type"):
            case "transient_state":
                return TryLaterError("Vendor is busy", f"{story}. It is {content.get('current_state')}.")
            case "invalid_arguments":
                said = "; ".join(_of(each, "argument_name", "reason", "help_message") for each in details)
                return ProviderError("Vendor refuses the change", f"{story}: {said}.")
            case "quotas_exceeded":
                said = "; ".join(_of(each, "resource", "quota", "current") for each in details)
                return ProviderError("Allowlist quota exceeded", f"{story}: {said}. Ask Scaleway's support for more.")
            case "locked" | "precondition_failed":
                return ProviderError("Vendor refuses the change", f"{story}. Look at the instance in the console.")
            case _:
                return None

    @property
    def _path(self) -> str:
        region, instance = (quote(self.place[name], safe="") for name in ("region", "instance_id"))
        return f"/rdb/v1/regions/{region}/instances/{instance}"

    @cached_property
    def _rest(self) -> Rest:
        secret = self.place.credential()
        return Rest(self.place, lambda _: {"X-Auth-Token": secret}, self.target, understand=self._understand)


def _listed(rule: dict[str, Any]) -> ListedEntry:
    """Understand a rule; one that denies, or is about what goes out, lets nobody in."""
    lets_in = rule.get("action", "allow") == "allow" and rule.get("direction", "inbound") == "inbound"
    description = rule.get("description")
    if not lets_in:
        said = f"{rule['ip']} ({rule.get('action')}, {rule.get('direction')})"
        return ListedEntry(None, said, rule, note=description)
    return ListedEntry(canonical(rule["ip"]), rule["ip"], rule, owners_in(description), description)


def _of(detail: dict[str, Any], *names: str) -> str:
    return ", ".join(f"{name} {detail[name]}" for name in names if detail.get(name) not in {None, ""})
