"""What a vendor says of TLS, held against what a program asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_cdk import cdk
from dflow_constructs.authority_option import has_to_be_told
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tls import TlsMode

if TYPE_CHECKING:
    import constructs

    from dflow_constructs.allowlist import Allowlist
    from dflow_constructs.engine import AnyEngine
    from dflow_constructs.tls import Tls
    from dflow_vendors import TlsFacts

_PUBLIC = "of_system()"
_DELIVERED = 'of_vendor(file="/tmp/orders.pem")'
_UNKNOWN = {"not documented", "not read"}


def check_vendor_tls(where: constructs.Construct, engine: AnyEngine, tls: Tls, allowlist: Allowlist, host: str) -> None:
    """Refuse clear text where the vendor takes none, and say which authority services will need.

    Args:
        where: the database, for messages.
        engine: its engine.
        tls: what the program asks for.
        allowlist: where entries are kept, which tells the vendor.
        host: the host name services connect to, which tells the authority at some vendors.

    Raises:
        ConfigurationError: the vendor takes no connection without TLS.
    """
    vendor = getattr(allowlist, "vendor", None)
    if vendor is None:
        return
    from dflow_vendors import TlsUse, Vendor  # noqa: PLC0415 - loaded already where a vendor is

    if not isinstance(vendor, Vendor) or vendor.tls is None:
        return
    facts = vendor.tls
    if tls.mode is TlsMode.DISABLED:
        if facts.use is TlsUse.ALWAYS:
            raise ConfigurationError(
                where,
                f"tls is DISABLED, and {vendor.name} takes no connection without TLS ({facts.source.fact}; "
                f"{facts.source.where}, {facts.source.read_on.isoformat()}); leave tls out, or say Tls.REQUIRE where "
                "the certificate cannot be checked",
            )
        return
    if tls.mode is TlsMode.REQUIRE or tls.authority is not None:
        return
    remedy = _remedy(facts, host)
    if remedy is None or (remedy == _PUBLIC and not has_to_be_told(engine)):
        return
    cdk.Annotations.of(where).add_warning(
        f"{where.node.path}: services check the certificate, and nothing says which authority to trust; "
        f"{vendor.name}: {facts.authority}. Say so, tls=Tls.{tls.mode.name}.trusting(CertificateAuthority.{remedy})"
    )


def _remedy(facts: TlsFacts, host: str) -> str | None:
    """Return how a program names the authority, nothing where nobody knows which it is."""
    from dflow_vendors import AuthorityOrigin  # noqa: PLC0415 - loaded already where a vendor is

    match facts.authority_from:
        case AuthorityOrigin.SYSTEM:
            return _PUBLIC
        case AuthorityOrigin.API:
            return _DELIVERED
        case AuthorityOrigin.PUBLISHED:
            published = facts.published_for(host)
            if published is None:
                return None
            return _PUBLIC if published.url is None else _DELIVERED
        case AuthorityOrigin.UNDOCUMENTED:
            return None if facts.authority in _UNKNOWN else 'in_file("/etc/ssl/orders.pem")'
