"""The certificate of the authority that vouches for a vendor's database, from where the vendor's row says it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from dflow_provider.allowlists.entry import Author
from dflow_provider.allowlists.left_out import value_left_out
from dflow_provider.allowlists.listing import ListGoneError
from dflow_provider.allowlists.pauses import read_patiently
from dflow_provider.allowlists.place import Place, Waiting, open_list
from dflow_provider.authorities.download import download
from dflow_provider.schema import ProviderError
from dflow_vendors import AuthorityOrigin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.allowlists.authority_answer import VouchedFor
    from dflow_provider.schema import Path, Stop
    from dflow_vendors import Vendor

_NOBODY: Final = Author("")


@dataclass(frozen=True)
class Obtained:
    """What was read.

    Args:
        content: the bytes.
        origin: where they come from, as the subject of a sentence.
    """

    content: bytes
    origin: str


def downloaded(url: str, path: Path, stop: Stop) -> Obtained:
    """Download certificates, again after a pause while the server is busy.

    Raises:
        ProviderError: it cannot be done.
    """
    return Obtained(read_patiently(partial(download, url, path), stop), url)


@dataclass(frozen=True)
class VendorDatabase:
    """One of a vendor's databases.

    Args:
        vendor: the vendor's row; its authority's certificate comes from the API, or is published.
        locators: which database, by the names of the vendor's allowlist; some may be left out.
        host: the host name that services connect to; nothing where it does not matter.
        environment: the environment variables that credentials are taken from.
    """

    vendor: Vendor
    locators: Mapping[str, str]
    host: str | None
    environment: Mapping[str, str]

    def certificates(self, stop: Stop) -> Obtained:
        """Read its authority's certificates.

        Raises:
            ProviderError: they cannot be read, or there is nothing to read.
        """
        if self.vendor.tls is not None and self.vendor.tls.authority_from is AuthorityOrigin.API:
            return self._from_api(stop)
        published = self.vendor.tls.published_for(self.host or "") if self.vendor.tls else None
        if published is None:
            raise ProviderError(
                "Authority is not known",
                f"{self.vendor.name}: nothing is known of the authority that vouches for {self.host or 'its databases'}"
                f". Give the address of its certificate in url, in place of vendor.",
                ("host",),
            )
        url = published.url_for(self.host or "")
        if url is None:
            raise ProviderError(
                "Nothing to deliver",
                f"{self.host} has its certificate from an authority that every system trusts "
                f"({published.source.fact}). Remove this data source, and let services trust their system, "
                f"CertificateAuthority.of_system() in the constructs.",
                ("host",),
            )
        return downloaded(url, ("host",), stop)

    def _from_api(self, stop: Stop) -> Obtained:
        adapter = cast("VouchedFor", open_list(self._place(stop)))  # the vendor's row says that it has one
        try:
            text = read_patiently(adapter.authority, stop)
        except ListGoneError as gone:
            raise ProviderError(
                "Database does not exist", f"{gone.detail} Check the locators.", ("locators",)
            ) from None
        return Obtained(text.encode(), f"The authority of {adapter.target}")

    def _place(self, stop: Stop) -> Place:
        owned = self.vendor.owned
        known = {
            locator.name: self.locators.get(locator.name)
            or value_left_out(locator, self.environment, "Database is not named", ("locators",))
            for locator in (owned.locators if owned else ())
        }
        return Place(self.vendor, known, _NOBODY, self.environment, Waiting(stop))
