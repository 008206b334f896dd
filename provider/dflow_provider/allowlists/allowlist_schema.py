"""What `dflow_<vendor>_allowlist` may hold, written from the vendor's row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dflow_provider.allowlists.allowlist_validators import Between, Matches, RealMoment
from dflow_provider.schema import (
    BOOL,
    NUMBER,
    STRING,
    Attribute,
    ListOf,
    MapOf,
    Nested,
    NestingMode,
    OnChange,
    Presence,
    Schema,
)
from dflow_vendors import EmptyMeans, Family, OwnerMark

if TYPE_CHECKING:
    from dflow_vendors import Locator, OwnedEntries, Vendor

OWNER_LENGTH: Final = 60
"""The longest owner: several of them have to fit into one note."""
DEFAULT_TIMEOUT_MINUTES: Final = 20

_OWNER: Final = Matches(
    re.compile(rf"[A-Za-z0-9][A-Za-z0-9._/-]{{0,{OWNER_LENGTH - 1}}}"),
    f"an owner (letters, digits and . _ / -, at most {OWNER_LENGTH} characters)",
    "It becomes the mark on each entry: take <stack>/<database>.",
)
_LOOKED_AT_AGAIN: Final = (
    "entries",
    "database",
    "open_to_world_reason",
    "allow_first",
    "allow_empty",
    "entry_quota",
)


def schema_of(vendor: Vendor) -> Schema:
    """Write the schema of a vendor's resource.

    Raises:
        TypeError: the vendor's row says nothing about entries of our own.
    """
    owned = vendor.owned
    if owned is None:
        raise TypeError(f"{vendor.key} has no entries of our own")
    return Schema(
        description=_description(vendor, owned),
        attributes=(
            Attribute("id", STRING, Presence.COMPUTED, f"`{import_form(owned)}`."),
            *(_locator(locator) for locator in owned.locators),
            Attribute(
                "owner",
                STRING,
                Presence.REQUIRED,
                "Who owns these entries: stable, and different for each stack and database, for example "
                f"`shop/orders`. {_sharing(vendor)}",
                on_change=OnChange.REPLACE,
                validators=(_OWNER,),
            ),
            Attribute(
                "database",
                STRING,
                Presence.OPTIONAL,
                "The name of the database, for people: in notes where the vendor has them, and in messages.",
            ),
            _entries(vendor, owned),
            Attribute(
                "open_to_world_reason",
                STRING,
                Presence.OPTIONAL,
                "Why an entry may let in everybody, or a good part of the internet. Left out, such an entry is "
                "refused.",
            ),
            Attribute(
                "allow_first",
                BOOL,
                Presence.OPTIONAL_COMPUTED,
                f"Whether the first entry of the whole list may be added. {_first(vendor)}",
                default=False,
            ),
            Attribute(
                "allow_empty",
                BOOL,
                Presence.OPTIONAL_COMPUTED,
                f"Whether the last entry of the whole list may be removed, by a destroy too. {_last(vendor)}",
                default=False,
            ),
            Attribute(
                "entry_quota",
                NUMBER,
                Presence.OPTIONAL,
                f"How many entries the whole list may hold; more are refused at plan. {_quota(vendor)}",
                validators=(Between(1, 100_000),),
            ),
            Attribute(
                "timeout_minutes",
                NUMBER,
                Presence.OPTIONAL_COMPUTED,
                f"How long the vendor may take to carry out one change. {DEFAULT_TIMEOUT_MINUTES} unless given.",
                default=DEFAULT_TIMEOUT_MINUTES,
                validators=(Between(1, 1440),),
            ),
            Attribute(
                "active_entries",
                MapOf(STRING),
                Presence.COMPUTED,
                "The CIDR that each node is let in by, by the node's name; expired entries are left out.",
            ),
            Attribute(
                "owned_entries",
                ListOf(STRING),
                Presence.COMPUTED,
                "The CIDRs that are on the list because of this object, and go with it. An address that somebody had "
                "let in before is used and is not among them.",
                recomputed_with=_LOOKED_AT_AGAIN,
            ),
            Attribute(
                "foreign_entries",
                ListOf(STRING),
                Presence.COMPUTED,
                "What else is on the list, as the vendor spells it. It is never changed.",
                recomputed_with=_LOOKED_AT_AGAIN,
            ),
            Attribute(
                "shared_with",
                MapOf(STRING),
                Presence.COMPUTED,
                "The other owners of an entry, separated by commas, by its CIDR; entries of one owner are left out.",
                recomputed_with=_LOOKED_AT_AGAIN,
            ),
            Attribute(
                "open_to_world",
                BOOL,
                Presence.COMPUTED,
                "Whether everybody, or a good part of the internet, gets in by any entry or because the list is not "
                "in force.",
                recomputed_with=_LOOKED_AT_AGAIN,
            ),
        ),
    )


def import_form(owned: OwnedEntries) -> str:
    """Write what an import id looks like: `<project_id>/<owner>`."""
    return "/".join(f"<{name}>" for name in (*(locator.name for locator in owned.locators), "owner"))


def _description(vendor: Vendor, owned: OwnedEntries) -> str:
    variables = ", ".join(" or ".join(f"`{name}`" for name in each.variables) for each in owned.credentials)
    marks = (
        f"Import id: `{import_form(owned)}`."
        if vendor.owner_mark is not OwnerMark.NOWHERE
        else f"Import id: `{import_form(owned)}=<cidr>,<cidr>`, naming the entries that are this owner's, since the "
        f"list cannot say."
    )
    limits = "".join(f" {limit}" for limit in owned.limits)
    return (
        f"The entries of dFlow Worker Nodes on an allowlist: {vendor.name}. It owns only the entries it added; every "
        f"other one survives create, update and destroy byte for byte. One object holds all entries of one database "
        f"and one owner. An entry opens the whole {vendor.scope.value}. Credentials come from the environment: "
        f"{variables}. {owned.rights}{limits} {marks}"
    )


def _locator(locator: Locator) -> Attribute:
    left_out = ""
    if locator.variable is not None:
        left_out = f" Left out, it is the environment variable `{locator.variable}`"
        left_out += f", else `{locator.default}`." if locator.default is not None else "."
    elif locator.default is not None:
        left_out = f" `{locator.default}` unless given."
    return Attribute(
        locator.name,
        STRING,
        Presence.REQUIRED if locator.is_required else Presence.OPTIONAL_COMPUTED,
        f"{locator.description}{left_out}",
        on_change=OnChange.REPLACE,
        validators=(Matches(locator.pattern, locator.form, f"It looks like {locator.example}."),),
    )


def _entries(vendor: Vendor, owned: OwnedEntries) -> Attribute:
    families = (
        "IPv4 or IPv6" if vendor.families == frozenset(Family) else f"{min(f.value for f in vendor.families)} only"
    )
    note = (
        f"The entry's {vendor.note.field}, at most {vendor.note.longest} characters. Left out, it names database, node "
        "and owner."
        if vendor.note is not None
        else "What the entry is for. This vendor's entries have no note: it stays in Terraform."
    )
    expiry = (
        "When the entry ends, as RFC 3339 writes it: `2026-12-31T18:00:00Z`. The vendor ends it "
        f"(`{owned.expiry.field}`)."
        if owned.expiry is not None
        else "When the entry ends, as RFC 3339 writes it: `2026-12-31T18:00:00Z`. The vendor's entries never end by "
        "themselves: the next plan after that moment warns, and its apply removes the entry."
    )
    return Attribute(
        "entries",
        Nested(
            NestingMode.MAP,
            (
                Attribute(
                    "cidr",
                    STRING,
                    Presence.REQUIRED,
                    f"The address or range to let in, {families}: `203.0.113.7/32`; an address without a prefix length "
                    "is that one address. Not public, or everybody: refused.",
                ),
                Attribute("description", STRING, Presence.OPTIONAL, note),
                Attribute(
                    "expires_at",
                    STRING,
                    Presence.OPTIONAL,
                    f"{expiry} Left out, it never ends.",
                    validators=(RealMoment(),),
                ),
            ),
        ),
        Presence.REQUIRED,
        "The entries by the name of the Worker Node they let in. Two nodes with one address share one entry.",
    )


def _sharing(vendor: Vendor) -> str:
    match vendor.owner_mark:
        case OwnerMark.TAG | OwnerMark.NOTE:
            return (
                "Two owners that want the same address share one entry, which names both; the last one to leave "
                "removes it."
            )
        case OwnerMark.OWN_ENTRY:
            return "Two owners that want the same address have an entry each."
        case OwnerMark.NOWHERE:
            return (
                "The list cannot say whose an entry is: an address that is on it already is used and never removed, "
                "and the plan says so. If whoever added it removes it, the next apply adds it here."
            )


def _first(vendor: Vendor) -> str:
    if vendor.empty_means is EmptyMeans.CLOSED:
        return "An empty list lets nobody in here, so nothing needs it."
    return f"{_while_empty(vendor)}, and the first entry locks everybody else out: refused unless this is true."


def _last(vendor: Vendor) -> str:
    if vendor.empty_means is EmptyMeans.CLOSED:
        return "An empty list lets nobody in here, so nothing needs it."
    return f"{_while_empty(vendor)}: refused unless this is true."


def _while_empty(vendor: Vendor) -> str:
    if vendor.empty_means is EmptyMeans.OPEN:
        return "An empty list lets everybody in"
    return "The vendor does not say what an empty list means; it is treated as if it let everybody in"


def _quota(vendor: Vendor) -> str:
    if vendor.quota is None:
        return "Left out, nobody checks: the vendor publishes no number."
    return f"Left out, it is {vendor.quota.number} ({vendor.quota.counts})."
