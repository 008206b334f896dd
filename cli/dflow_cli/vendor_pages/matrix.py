"""The page that compares all vendors."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dflow_vendors import AuthorityOrigin, CallPattern, EmptyMeans, Family, OwnerMark, all_vendors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dflow_vendors import Source, TlsFacts, Vendor

_WRITTEN: Final = {
    CallPattern.PER_ENTRY: "entry by entry",
    CallPattern.DELTA: "by what changes",
    CallPattern.LOCKED_LIST: "whole, with a version lock",
    CallPattern.UNLOCKED_LIST: "whole, **without a lock**",
    CallPattern.NAMED_LIST: "a list of our own",
}
_MARKED: Final = {
    OwnerMark.TAG: "tags",
    OwnerMark.NOTE: "note",
    OwnerMark.OWN_ENTRY: "entry of one's own",
    OwnerMark.NOWHERE: "nowhere",
}
_EMPTY: Final = {EmptyMeans.OPEN: "**everybody**", EmptyMeans.CLOSED: "nobody", EmptyMeans.UNKNOWN: "not said"}
_DELIVERED: Final = {
    AuthorityOrigin.SYSTEM: "",
    AuthorityOrigin.API: ", **delivered**",
    AuthorityOrigin.PUBLISHED: ", **delivered**",
    AuthorityOrigin.UNDOCUMENTED: "",
}
_CLASS: Final = re.compile(r"^class (\w+)\(VendorAllowlist\):", re.MULTILINE)
_INTRODUCTION: Final = """\
What each vendor's allowlist is like, and how entries get on it. Each fact has a source; the tables below name them.

- *Written*: how the vendor's API changes the list. Where it is written whole and without a lock, an entry that somebody
  else adds in the moment between reading and writing is lost, whoever writes; our own entries come back with the next
  apply.
- *Owner marked in*: where an entry says whose it is. Where it says so nowhere, the Terraform state knows what we added,
  and an address that two stacks want belongs to the one that came first.
- *Empty lets in*: who gets in when nothing is on the list. Where that is everybody, or is not said, the first entry and
  the last one need a word of yours (`allow_first`, `allow_empty`).
- *TLS*: whether it is used, and who vouches for the databases. An authority that is **delivered** is read by
  `dflow_certificate_authority`, and brought to services by `CertificateAuthority.of_vendor()`; for Amazon RDS, the host
  name tells the region.
- *Construct* is the class that a program passes as `allowlist=`.
- *dFlow resource* keeps only the entries it added. *Vendor's own resource* is rendered by the constructs on request, or
  where it is the better way."""


def matrix_page() -> str:
    """Return the page's text."""
    rows = all_vendors()
    parts = [
        "# Vendors",
        _INTRODUCTION,
        _table(
            ("Vendor", "Opens", "Addresses", "Written", "Owner marked in", "Empty lets in", "Entries", "TLS"),
            (_behaviour(row) for row in rows),
        ),
        "## Resources",
        _table(("Vendor", "Construct", "dFlow resource", "Vendor's own resource"), (_resources(row) for row in rows)),
        "## Sources",
        *(_sources(row) for row in rows),
    ]
    return "\n\n".join(parts)


def _behaviour(row: Vendor) -> tuple[str, ...]:
    families = " and ".join(family.value for family in Family if family in row.families)
    entries = "not said" if row.quota is None else f"{row.quota.number} {row.quota.counts}"
    tls = (
        "not read"
        if row.tls is None
        else f"{row.tls.use.value}; {row.tls.authority}{_DELIVERED[row.tls.authority_from]}"
    )
    return (
        row.name,
        f"the {row.scope.value}",
        families,
        _WRITTEN[row.pattern],
        _MARKED[row.owner_mark],
        _EMPTY[row.empty_means],
        entries,
        tls,
    )


def _resources(row: Vendor) -> tuple[str, ...]:
    name = f"{row.key}_allowlist"
    is_ours = row.owned is not None or row.key == "aws_security_group"
    ours = f"[`dflow_{name}`](resources/{name}.md)" if is_ours else "none"
    official = ", ".join(f"`{each.type}`" for each in row.official) or "none rendered"
    return (row.name, f"`{_construct(row.key)}`", ours, official)


def _construct(key: str) -> str:
    """Name the class that programs write. It is read and not imported, which would start the CDK's Node process."""
    package = find_spec("dflow_constructs")
    place = Path(package.origin or "").parent if package else Path()
    found = _CLASS.search((place / "allowlists" / f"{key}.py").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{key}.py has no class of a vendor's allowlist")
    return found[1]


def _sources(row: Vendor) -> str:
    quota = () if row.quota is None else (row.quota.source,)
    tls = () if row.tls is None else (row.tls.source, *_authority_sources(row.tls))
    sources = (*row.sources, *quota, *tls)
    lines = (f"- {each.fact}: {each.where}, read {each.read_on.isoformat()}" for each in sources)
    return "\n".join((f"**{row.name}**\n", *lines))


def _authority_sources(tls: TlsFacts) -> tuple[Source, ...]:
    call = () if tls.authority_source is None else (tls.authority_source,)
    return (*call, *(each.source for each in tls.published))


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_line(heads), _line(("---",) * len(heads)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
