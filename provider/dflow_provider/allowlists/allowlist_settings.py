"""What one allowlist is configured with, out of Terraform's values, and what is refused of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.allowlist_schema import DEFAULT_TIMEOUT_MINUTES
from dflow_provider.allowlists.entry import Author, NamedAddress, wanted_entries
from dflow_provider.allowlists.guard import Allow
from dflow_provider.allowlists.moment import has_passed, moment
from dflow_provider.allowlists.refusal import refusal
from dflow_provider.schema import UNKNOWN, ProviderError, Unknown, is_known

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.schema import Report, Value, Values
    from dflow_vendors import Vendor


@dataclass(frozen=True)
class Settings:
    """What one allowlist is configured with, once all of it is known.

    Args:
        vendor: the vendor's row.
        locators: which list.
        author: whose entries.
        allow: the transitions of the whole list that are asked for.
        quota: how many entries fit; the vendor's number unless given.
        timeout_s: how long the vendor may take for one change.
    """

    vendor: Vendor
    locators: Mapping[str, str]
    author: Author
    allow: Allow
    quota: int | None
    timeout_s: float

    @classmethod
    def of(cls, vendor: Vendor, values: Values) -> Settings | None:
        """Read them from a plan or a state; nothing as long as one is unknown."""
        names = [locator.name for locator in vendor.owned.locators] if vendor.owned else []
        needed = (*names, "owner", "database", "allow_first", "allow_empty", "entry_quota", "timeout_minutes")
        if not all(is_known(values[name]) for name in needed):
            return None
        database, quota, minutes = values["database"], values["entry_quota"], values["timeout_minutes"]
        allow = Allow.NOTHING
        if values["allow_first"] is True:
            allow |= Allow.FIRST
        if values["allow_empty"] is True:
            allow |= Allow.EMPTY
        return cls(
            vendor,
            {name: str(values[name]) for name in names},
            Author(str(values["owner"]), None if database is None else str(database)),
            allow,
            quota if isinstance(quota, int) else None,
            60.0 * (minutes if isinstance(minutes, int | float) else DEFAULT_TIMEOUT_MINUTES),
        )

    @property
    def identity(self) -> str:
        """The object's id: the locators and the owner."""
        return "/".join((*self.locators.values(), self.author.owner))

    def wanted(self, values: Values) -> tuple[WantedEntry, ...]:
        """Bring the configured entries into the engine's form; unknown and expired ones are left out."""
        active = [address for address in named_addresses(values["entries"]) if not has_passed(address.expires_at)]
        return wanted_entries(active, self.author, self.vendor.note, self.vendor.owner_mark)


def named_addresses(entries: Value) -> list[NamedAddress]:
    """Read the entries that are known."""
    found = []
    for node, entry in entries.items() if isinstance(entries, dict) else ():
        if not isinstance(entry, dict):
            continue
        cidr, description, expires_at = entry["cidr"], entry["description"], entry["expires_at"]
        known = is_known(description) and is_known(expires_at)
        if isinstance(cidr, str) and known:
            found.append(NamedAddress(node, cidr, _text(description), _text(expires_at)))
    return found


def active_entries(entries: Value) -> dict[str, Value] | Unknown:
    """Say by which CIDR each node is to be let in, expired entries left out; unknown until all of it is known."""
    if not is_known(entries):
        return UNKNOWN
    return let_in(named_addresses(entries), ours=())


def let_in(addresses: Iterable[NamedAddress], ours: Container[str | None]) -> dict[str, Value]:
    """Say by which CIDR each node is let in; an expired entry of ours lets it in as long as it is listed."""
    return {
        address.node: cidr
        for address in addresses
        if (cidr := canonical(address.cidr)) and (cidr in ours or not has_passed(address.expires_at))
    }


def raise_refused(refused: Report) -> None:
    """Raise everything a report refuses as one error; nothing if it refuses nothing.

    Raises:
        ProviderError: with the place of the first, and what is wrong with each.
    """
    if refused.has_errors:
        first = refused.diagnostics[0]
        raise ProviderError(first.title, "\n".join(diagnostic.detail for diagnostic in refused.diagnostics), first.path)


def refuse_entries(vendor: Vendor, values: Values, report: Report) -> None:
    """Report every entry that must not be let in, each at its place."""
    reason = values["open_to_world_reason"]
    if reason is not None and not isinstance(reason, str):
        return  # not known yet; the next look is at apply
    for address in named_addresses(values["entries"]):
        found = refusal(address.node, address.cidr, vendor, reason)
        if found is not None:
            report.error(found.title, found.detail, ("entries", address.node, "cidr"))
        _refuse_description(vendor, address, report)
        _refuse_expiry(vendor, address, report)


def _refuse_description(vendor: Vendor, address: NamedAddress, report: Report) -> None:
    form = vendor.note
    if form is None or address.description is None:
        return
    wrong = sorted({character for character in address.description if not form.allowed.fullmatch(character)})
    path = ("entries", address.node, "description")
    if wrong:
        report.error(
            "Description has wrong characters",
            f'The description of "{address.node}" is {address.description!r}, and {vendor.name} takes no '
            f"{' '.join(map(repr, wrong))} in its {form.field}. Leave them out.",
            path,
        )
    if len(address.description) > form.longest:
        report.error(
            "Description is too long",
            f'The description of "{address.node}" has {len(address.description)} characters; the {form.field} of '
            f"{vendor.name} takes {form.longest}. Shorten it.",
            path,
        )


def _refuse_expiry(vendor: Vendor, address: NamedAddress, report: Report) -> None:
    expiry = vendor.owned.expiry if vendor.owned else None
    if address.expires_at is None or expiry is None or expiry.longest is None:
        return
    try:
        end = moment(address.expires_at)
    except ValueError:
        return  # its validator says so
    from datetime import UTC, datetime  # noqa: PLC0415 (few entries end)

    if end > datetime.now(UTC) + expiry.longest:
        report.error(
            "Entry ends too late",
            f'The entry of "{address.node}" ends at {address.expires_at}; {vendor.name} takes no {expiry.field} more '
            f"than {expiry.longest.days} days ahead. Choose an earlier moment, or leave expires_at out.",
            ("entries", address.node, "expires_at"),
        )


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
