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

_SYSTEM = "the system's trust store"
_UNKNOWN = {"not documented", "not read"}


def check_vendor_tls(where: constructs.Construct, engine: AnyEngine, tls: Tls, allowlist: Allowlist) -> None:
    """Refuse clear text where the vendor takes none, and say which authority services will need.

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
    public = facts.authority.startswith(_SYSTEM)
    if public and not has_to_be_told(engine):
        return
    if facts.authority in _UNKNOWN:
        return
    trusted = "of_system()" if public else 'in_file("/etc/ssl/orders.pem")'
    link = f", {facts.authority_url}" if facts.authority_url else ""
    cdk.Annotations.of(where).add_warning(
        f"{where.node.path}: services check the certificate, and nothing says which authority to trust; "
        f"{vendor.name}: {facts.authority}{link}. Say so, "
        f"tls=Tls.{tls.mode.name}.trusting(CertificateAuthority.{trusted})"
    )
