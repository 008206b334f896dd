"""Import ids of allowlists: `<locators>/<owner>`, and which entries are meant where they carry no mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.allowlist_schema import import_form
from dflow_provider.schema import ProviderError
from dflow_vendors import OwnerMark

if TYPE_CHECKING:
    from dflow_provider.allowlists.engine import Engine
    from dflow_provider.allowlists.listing import Listing
    from dflow_vendors import Vendor


@dataclass(frozen=True)
class ImportId:
    """What an import id says.

    Args:
        locators: which list.
        owner: whose entries.
        cidrs: which entries are theirs, in the spelling used for comparing; none where marks tell.
    """

    locators: dict[str, str]
    owner: str
    cidrs: frozenset[str]


def parse_import_id(vendor: Vendor, text: str) -> ImportId:
    """Take an import id apart.

    Raises:
        ProviderError: it is none, with how one is written.
    """
    locators = vendor.owned.locators if vendor.owned else ()
    form = "/".join(f"(?P<{locator.name}>{locator.pattern.pattern})" for locator in locators)
    found = re.fullmatch(rf"{form}/(?P<owner>[A-Za-z0-9][A-Za-z0-9._/-]*)(?:=(?P<cidrs>[0-9A-Fa-f:.,/]*))?", text)
    if found is None:
        raise _not_understood(vendor, text)
    named = [cidr for cidr in (found["cidrs"] or "").split(",") if cidr]
    cidrs = [canonical(cidr) for cidr in named]
    if None in cidrs or bool(named) != (vendor.owner_mark is OwnerMark.NOWHERE):
        raise _not_understood(vendor, text)
    return ImportId(
        {locator.name: found[locator.name] for locator in locators},
        found["owner"],
        frozenset(cidr for cidr in cidrs if cidr is not None),
    )


def raise_if_not_listed(engine: Engine, listing: Listing, found: ImportId) -> None:
    """Refuse to import entries that are not there.

    Raises:
        ProviderError: with what is there instead.
    """
    ours = {entry.cidr for entry in listing.entries if engine.owns(entry, found.cidrs)}
    lost = sorted(found.cidrs - {cidr for cidr in ours if cidr is not None})
    if ours and not lost:
        return
    what = f"{', '.join(lost)} not among them" if lost else f"no entry marked as {found.owner}'s"
    there = ", ".join(entry.spelling for entry in listing.entries) or "nothing"
    raise ProviderError(
        "No entries to import",
        f"{engine.adapter.target} holds {there}: {what}. Check the import id. Entries that somebody else added need "
        f"not be imported: declare the allowlist and apply, and they are used as they are.",
    )


def _not_understood(vendor: Vendor, text: str) -> ProviderError:
    owned = vendor.owned
    if owned is None:
        raise TypeError(f"{vendor.key} has no entries of our own")
    example = "/".join((*(locator.example for locator in owned.locators), "shop/orders"))
    form, more = import_form(owned), ""
    if vendor.owner_mark is OwnerMark.NOWHERE:
        form, example = f"{form}=<cidr>,<cidr>", f"{example}=203.0.113.7/32"
        more = " The CIDRs are the entries that are this owner's: the list cannot say whose they are."
    return ProviderError(
        "Import id not understood",
        f"{text!r} is not the id of a {vendor.name} allowlist. Write {form}, for example {example}.{more}",
    )
