"""What all vendors' allowlists have in common; a vendor's class adds the fields that say which list is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dflow_constructs.allowlist import AdmittedAddress, ListFacts
from dflow_constructs.allowlist_limits import check_limits, family_of
from dflow_constructs.allowlists.official_entries import OfficialEntries, needed_fields
from dflow_constructs.allowlists.owned_entries import OwnedEntries
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.expiry import earlier, expiry
from dflow_constructs.lock_out import LockOut
from dflow_constructs.manager import Manager, usual_manager, ways
from dflow_constructs.open_to_world import OpenToWorld
from dflow_constructs.tokens import has_token
from dflow_vendors import EmptyMeans, Family, vendor_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    import constructs

    from dflow_cdk import cdk
    from dflow_constructs.allowlist import Access, AllowlistEntries
    from dflow_vendors import Locator, OfficialResource, Vendor


@dataclass(frozen=True, kw_only=True)
class VendorAllowlist:
    """A vendor's allowlist; only entries of this program's are ever added or removed.

    Args:
        open_to_world: lets in everybody besides the entries; nobody unless given.
        allow_first: lets the first entry of the whole list be added where an empty list lets in everybody; refused
            unless given.
        allow_empty: lets the last entry of the whole list be removed, by a destroy too, where an empty list lets in
            everybody; refused unless given.
        entry_quota: how many entries the whole list may hold; the vendor's usual number unless given.
        timeout_minutes: how long the vendor may take to carry out one change; 20 unless given.
        expires_at: when the entries end, `2026-12-31T18:00:00Z`; never unless given.
        manager: who keeps the entries; unless given, the vendor's own provider where one of its resources is one entry
            or a list of one's own, and an empty list lets in nobody; the dflow provider otherwise.
        provider: the configuration of the vendor's own provider to use, for `Manager.OFFICIAL`; the default one unless
            given.
    """

    VENDOR: ClassVar[str]
    """The key of the vendor's row."""

    EXPIRES: ClassVar[bool] = True
    """Whether entries of our own resource can end."""

    open_to_world: OpenToWorld | None = None
    allow_first: LockOut | None = None
    allow_empty: OpenToWorld | None = None
    entry_quota: int | None = None
    timeout_minutes: int | None = None
    expires_at: str | datetime | None = None
    manager: Manager | None = None
    provider: cdk.TerraformProvider | None = None

    @property
    def vendor(self) -> Vendor:
        """What is known of the vendor."""
        return vendor_named(self.VENDOR)

    @property
    def kept_by(self) -> Manager:
        """Who keeps the entries."""
        return self.manager or usual_manager(self.vendor)

    @property
    def facts(self) -> ListFacts:
        """The vendor's list, and which of them."""
        given = {name: value for name, value in self.fields().items() if value is not None}
        return ListFacts(self.vendor.name, self.vendor.key, given)

    def takes(self, address: AdmittedAddress) -> bool:
        """Say whether an address stands on the list: not one that is optional and of a family the vendor has not."""
        return not address.optional or family_of(address.cidr) in self.vendor.families

    def check(self, where: constructs.Construct) -> None:
        """Refuse fields that name no list of the vendor's, and options that nobody would follow."""
        self._check_words(where)
        self._check_manager(where)
        for locator in self._locators():
            self._check_field(where, locator, getattr(self, locator.name))
        if self.expires_at is not None:
            expiry(where, self.expires_at)
        if self.entry_quota is not None and self.entry_quota < 1:
            raise ConfigurationError(where, f"entry_quota is {self.entry_quota}; a list holds at least 1 entry")

    def entries(
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        access: Access,
    ) -> AllowlistEntries:
        """Make what holds a stack's entries."""
        if self.kept_by is Manager.OWNED:
            return OwnedEntries(self, scope, id, access)
        return OfficialEntries(self, scope, id, access)

    def admitted(self, access: Access, addresses: Mapping[str, AdmittedAddress]) -> dict[str, AdmittedAddress]:
        """Return what has to stand on the list, sorted by name, everybody included where that was asked for.

        Raises:
            ConfigurationError: the list cannot hold it.
        """
        addresses = {name: address for name, address in addresses.items() if self.takes(address)}
        check_limits(self.vendor, access, addresses, self.entry_quota)
        end = None if self.expires_at is None else expiry(access.where, self.expires_at)
        found = {
            name: AdmittedAddress(address.cidr, earlier(address.expires_at, end)) for name, address in addresses.items()
        }
        if self.open_to_world is not None:
            found |= {name: AdmittedAddress(cidr, end) for name, cidr in self._everybody()}
        return dict(sorted(found.items()))

    def has_room(self, address: AdmittedAddress, count: int) -> bool:
        """Say whether the list can hold a declared address for sure, as one of so many entries, and as it is.

        Otherwise, looking at all of them tells.
        """
        quota = self.vendor.quota
        most = self.entry_quota if self.entry_quota is not None else None if quota is None else quota.number
        return (
            family_of(address.cidr) in self.vendor.families
            and (most is None or count <= most)
            and address.expires_at is None
            and self.expires_at is None
        )

    def owned_arguments(self, access: Access) -> dict[str, object]:
        """Return the arguments of our own resource, without its entries."""
        owned = self.vendor.owned
        return {
            **{locator.name: getattr(self, locator.name) for locator in (owned.locators if owned else ())},
            "owner": access.owner,
            "database": access.database,
            "open_to_world_reason": self.open_to_world.reason if self.open_to_world else None,
            "allow_first": True if self.allow_first else None,
            "allow_empty": True if self.allow_empty else None,
            "entry_quota": self.entry_quota,
            "timeout_minutes": self.timeout_minutes,
        }

    def official(self) -> OfficialResource:
        """Return how the vendor's own provider spells the entries."""
        return self.vendor.official[0]

    def fields(self) -> dict[str, object]:
        """Return what says which list is meant, by the names of the fields."""
        return {locator.name: getattr(self, locator.name) for locator in self._locators()}

    def _locators(self) -> tuple[Locator, ...]:
        vendor = self.vendor
        own = vendor.owned.locators if vendor.owned else ()
        more = vendor.official[0].fields if vendor.official else ()
        return (*own, *(locator for locator in more if locator.name not in {each.name for each in own}))

    def _everybody(self) -> Iterator[tuple[str, str]]:
        if Family.IPV4 in self.vendor.families:
            yield "everybody", "0.0.0.0/0"
        if Family.IPV6 in self.vendor.families:
            yield "everybody-ipv6", "::/0"

    def _check_words(self, where: constructs.Construct) -> None:
        # A program without a type checker could say True, and nobody could tell why.
        for option, kind in (("open_to_world", OpenToWorld), ("allow_first", LockOut), ("allow_empty", OpenToWorld)):
            value = getattr(self, option)
            if value is not None and not isinstance(value, kind):
                raise ConfigurationError(
                    where, f'{option} is {value!r} and says no reason; write {option}={kind.__name__}(reason="…")'
                )
        if self.manager is not None and not isinstance(self.manager, Manager):
            raise ConfigurationError(where, f"manager is {self.manager!r}; write Manager.OWNED or Manager.OFFICIAL")

    def _check_manager(self, where: constructs.Construct) -> None:
        vendor = self.vendor
        if self.kept_by not in ways(vendor):
            (only,) = ways(vendor)
            by = f"Terraform's {vendor.official[0].provider.source}" if vendor.official else "the dflow provider"
            raise ConfigurationError(
                where,
                f"manager is Manager.{self.kept_by.name}, and entries of {vendor.name} can only be kept by {by}; "
                f"leave manager out, or say Manager.{only.name}",
            )
        if self.kept_by is Manager.OWNED:
            if self.provider is not None:
                raise ConfigurationError(
                    where,
                    f"provider is given, and the dflow provider keeps the entries of {vendor.name}; leave it out, or "
                    + (
                        "say manager=Manager.OFFICIAL"
                        if vendor.official
                        else f"configure the credentials of {vendor.name} in Terraform's environment"
                    ),
                )
            return
        self._check_official(where)

    def _check_official(self, where: constructs.Construct) -> None:
        vendor = self.vendor
        source = vendor.official[0].provider.source
        owned = " or let the dflow provider look, manager=Manager.OWNED" if Manager.OWNED in ways(vendor) else ""
        if self.timeout_minutes is not None:
            raise ConfigurationError(
                where,
                f"timeout_minutes is {self.timeout_minutes}, and {source} waits as long as it sees fit; "
                f"leave it out{owned.replace('look', 'keep the entries')}",
            )
        if vendor.empty_means is EmptyMeans.CLOSED:
            return
        if self.allow_first is None or self.allow_empty is None:
            state = "lets in everybody" if vendor.empty_means is EmptyMeans.OPEN else "may let in everybody"
            raise ConfigurationError(
                where,
                f"an empty list of {vendor.name} {state}, so the first entry locks all others out and the last one to "
                f"go opens the database, and {source} looks at neither; say that this is meant, "
                'allow_first=LockOut(reason="…"), allow_empty=OpenToWorld(reason="…")' + (f",{owned}" if owned else ""),
            )

    def _check_field(self, where: constructs.Construct, locator: Locator, value: object) -> None:
        call = f"{type(self).__name__}({locator.name}={value!r})"
        if value is None:
            if self._needs(locator):
                why = (
                    f" {self.official().provider.source} does not read {locator.variable} into its resources."
                    if self.kept_by is Manager.OFFICIAL and locator.variable
                    else ""
                )
                raise ConfigurationError(
                    where,
                    f"{call}: it has to be given. {locator.description}{why} Write {locator.example!r}, for example",
                )
            return
        if not isinstance(value, str):
            raise ConfigurationError(where, f"{call}: that is no text; write {locator.example!r}, for example")
        if not has_token(value) and not locator.pattern.fullmatch(value):
            raise ConfigurationError(
                where, f"{call}: that is not {locator.form}; write {locator.example!r} for example"
            )

    def _needs(self, locator: Locator) -> bool:
        if self.kept_by is Manager.OFFICIAL:
            return locator.name in needed_fields(self.official())
        return locator.is_required and self.vendor.owned is not None and locator in self.vendor.owned.locators
