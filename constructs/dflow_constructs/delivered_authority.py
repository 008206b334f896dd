"""Bringing an authority's certificate to services, from where the vendor of the database has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_bindings import DataCertificateAuthority
from dflow_cdk import cdk
from dflow_constructs.certificate_authority import CertificateAuthority, FromUrl, OfVendor
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tls import TlsMode
from dflow_constructs.tokens import has_token

if TYPE_CHECKING:
    import constructs

    from dflow_constructs.allowlist import Allowlist
    from dflow_constructs.dflow_stack import DflowStack
    from dflow_constructs.tls import Tls
    from dflow_vendors import TlsFacts, Vendor

_CALL = "CertificateAuthority.of_vendor(…)"
_OTHERWISE = (
    'give its address, CertificateAuthority.from_url("https://…", file="/tmp/orders.pem"), or its text, '
    'CertificateAuthority.in_variable(pem, file="/tmp/orders.pem")'
)


@dataclass(frozen=True)
class VouchedDatabase:
    """A database whose authority services have to trust.

    Args:
        where: the database, for errors.
        stack: the stack that it is in.
        tls: how connections are protected.
        allowlists: where its entries, and those of its further places, are kept; its own first.
        hosts: the host names services connect to, its own first.
    """

    where: constructs.Construct
    stack: DflowStack
    tls: Tls
    allowlists: tuple[Allowlist, ...]
    hosts: tuple[str, ...]

    def authority(self) -> CertificateAuthority | None:
        """Return the authority, and have its certificate read where the program asks for that.

        Raises:
            ConfigurationError: nobody knows which it is, or where its certificate comes from.
        """
        asked = self.tls.authority
        match None if asked is None else asked.origin:
            case FromUrl(url=url, sha256=sha256):
                return self._read(asked, ("url", self._text(url), sha256), url=url, sha256=sha256)
            case OfVendor():
                return self._of_vendor(asked)
            case _:
                return asked

    def _of_vendor(self, asked: CertificateAuthority | None) -> CertificateAuthority:
        from dflow_vendors import AuthorityOrigin  # noqa: PLC0415 - few programs ask

        vendor = self._vendor()
        facts = vendor.tls
        if facts is None or facts.authority_from is AuthorityOrigin.UNDOCUMENTED:
            told = f" ({facts.authority})" if facts else ""
            raise self._refusal(
                f"{vendor.name}: the vendor documents neither a call nor a download for its authority's certificate"
                f"{told}; take it from the vendor's console, and {_OTHERWISE}"
            )
        match facts.authority_from:
            case AuthorityOrigin.SYSTEM:
                return self._system(f"{vendor.name}: {facts.authority}")
            case AuthorityOrigin.PUBLISHED:
                return self._published(asked, vendor, facts)
            case _:
                locators = self._locators(vendor)
                key = tuple((name, self._text(value)) for name, value in locators.items())
                return self._read(asked, (vendor.key, *key), vendor=vendor.key, locators=locators)

    def _vendor(self) -> Vendor:
        from dflow_vendors import Vendor  # noqa: PLC0415 - as above

        found = [getattr(allowlist, "vendor", None) for allowlist in self.allowlists]
        vendors = dict.fromkeys(vendor for vendor in found if isinstance(vendor, Vendor))
        if not isinstance(found[0], Vendor):
            raise self._refusal(
                f"the allowlist is {type(self.allowlists[0]).__name__}, which says of no vendor that the database is "
                f"its; {_OTHERWISE}"
            )
        if len(vendors) > 1:
            raise self._refusal(
                f"its places are at several vendors, {' and '.join(each.name for each in vendors)}, each with an "
                "authority of its own; deliver both in one text, CertificateAuthority.in_variable(both, "
                'file="/tmp/orders.pem")'
            )
        return found[0]

    def _locators(self, vendor: Vendor) -> dict[str, str]:
        locators = vendor.owned.locators if vendor.owned else ()
        values = {locator.name: getattr(self.allowlists[0], locator.name, None) for locator in locators}
        missing = [locator for locator in locators if locator.is_required and values[locator.name] is None]
        if missing:
            raise self._refusal(
                f"{vendor.name}: which database is meant is not known without {missing[0].name}; give it to "
                f"{type(self.allowlists[0]).__name__}, {missing[0].name}={missing[0].example!r}"
            )
        return {name: str(value) for name, value in values.items() if value is not None}

    def _published(self, asked: CertificateAuthority | None, vendor: Vendor, facts: TlsFacts) -> CertificateAuthority:
        # A name that is known only when Terraform runs is taken to be at home where the others are.
        known = [host for host in self.hosts if not has_token(host)]
        if not known and any(each.host is not None for each in facts.published):
            host = self.hosts[0]
            return self._read(asked, (vendor.key, self._text(host)), vendor=vendor.key, host=host)
        urls = {}
        for host in known or self.hosts[:1]:
            published = facts.published_for(host)
            if published is None:
                raise self._refusal(
                    f"{vendor.name}: nothing is known of the authority that vouches for {host}; {_OTHERWISE}"
                )
            urls[published.url_for(host)] = host
        if len(urls) > 1:
            raise self._refusal(
                f"{vendor.name}: {' and '.join(urls.values())} have their certificates from different authorities; "
                'deliver both in one text, CertificateAuthority.in_variable(both, file="/tmp/orders.pem")'
            )
        ((url, host),) = urls.items()
        if url is None:
            return self._system(f"{host} has its certificate from an authority that every system trusts")
        return self._read(asked, ("url", url, None), url=url)

    def _system(self, why: str) -> CertificateAuthority:
        if self.tls.mode is TlsMode.VERIFY_CA:
            raise self._refusal(
                f"{why}; everybody can get a certificate from one of the system's authorities, and VERIFY_CA does not "
                "look at the host name in it. Use Tls.VERIFY_FULL"
            )
        return CertificateAuthority.of_system()

    def _read(
        self,
        asked: CertificateAuthority | None,
        key: tuple[object, ...],
        *,
        url: str | None = None,
        sha256: str | None = None,
        vendor: str | None = None,
        locators: dict[str, str] | None = None,
        host: str | None = None,
    ) -> CertificateAuthority:
        def build(_: DflowStack) -> str:
            return DataCertificateAuthority(
                self.where,
                "CertificateAuthority",
                url=url,
                sha256=sha256,
                vendor=vendor,
                locators=locators,
                host=host,
            ).pem

        pem = self.stack.shared(("certificate authority", *key), build)
        return CertificateAuthority(None if asked is None else asked.file, pem)

    def _text(self, value: str) -> str:
        """Return what tells one value from another, though the CDK has several markers for one attribute."""
        if not has_token(value):
            return value
        resolver = cdk.DefaultTokenResolver(cdk.StringConcat())
        return str(cdk.Tokenization.resolve(value, preparing=False, resolver=resolver, scope=self.stack))

    def _refusal(self, why: str) -> ConfigurationError:
        return ConfigurationError(self.where, f"{_CALL}: {why}")
