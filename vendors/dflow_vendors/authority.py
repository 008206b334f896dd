"""Who vouches for a vendor's databases, and where that authority's certificate comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from dflow_vendors.vendor import Source


class AuthorityOrigin(Enum):
    """Where the certificate of a vendor's authority comes from."""

    SYSTEM = auto()
    """It is one that every system trusts: nothing has to be delivered."""
    API = auto()
    """A call of the vendor's API returns it, with the rights of an account."""
    PUBLISHED = auto()
    """Everybody can download it."""
    UNDOCUMENTED = auto()
    """The vendor documents neither a call nor a download."""


@dataclass(frozen=True)
class PublishedAuthority:
    """An authority that vouches for databases of certain host names.

    Args:
        url: where its certificate can be downloaded; places in braces are filled by the groups of `host` of that name.
            Nothing where every system trusts it.
        source: where this was read.
        host: matches the whole of such a host name; nothing if it vouches for all of the vendor's.
    """

    url: str | None
    source: Source
    host: re.Pattern[str] | None = None

    def vouches_for(self, host: str) -> bool:
        """Say whether a database of that host name has its certificate from this authority."""
        return self.host is None or self.host.fullmatch(host.lower()) is not None

    def url_for(self, host: str) -> str | None:
        """Return where the certificate for one of its host names can be downloaded; nothing if it need not be."""
        found = self.host.fullmatch(host.lower()) if self.host is not None else None
        return None if self.url is None else self.url.format_map({} if found is None else found.groupdict())
