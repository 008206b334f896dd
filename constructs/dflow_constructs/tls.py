"""How a connection to an external database is protected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Protocol

from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from dflow_constructs.certificate_authority import CertificateAuthority


class TlsMode(Enum):
    """What a client checks before it trusts a database."""

    VERIFY_FULL = "verify-full"
    VERIFY_CA = "verify-ca"
    REQUIRE = "require"
    DISABLED = "disabled"


@dataclass(frozen=True)
class Tls:
    """The protection of a connection; use the constants, or `Tls.DISABLED(reason=…)`.

    Attributes:
        VERIFY_FULL: encrypted, and the certificate is checked together with the host name it was issued for.
        VERIFY_CA: encrypted, and the certificate is checked, whatever host it was issued for.
        REQUIRE: encrypted; whoever answers is trusted.
        DISABLED: in clear text; takes a reason.
    """

    mode: TlsMode
    reason: str | None = None
    authority: CertificateAuthority | None = None

    VERIFY_FULL: ClassVar[Tls]
    VERIFY_CA: ClassVar[Tls]
    REQUIRE: ClassVar[Tls]
    DISABLED: ClassVar[Disabled]

    def __post_init__(self) -> None:
        if self.mode is TlsMode.DISABLED and not (self.reason or "").strip():
            raise ConfigurationError(
                "Tls.disabled(reason='')",
                "password and data would travel in clear text and nobody could tell why; "
                'say it, reason="the database speaks no TLS and is reached through a private tunnel"',
            )

    @classmethod
    def disabled(cls, *, reason: str) -> Tls:
        """Send password and data in clear text; the reason stands in the program for whoever reviews it."""
        return cls(TlsMode.DISABLED, reason)

    def trusting(self, authority: CertificateAuthority) -> Tls:
        """Check the certificate against this authority.

        Raises:
            ConfigurationError: nothing is checked, or any certificate of the internet would pass.
        """
        call = f"Tls.{self.mode.name}.trusting(…)"
        if self.mode not in {TlsMode.VERIFY_FULL, TlsMode.VERIFY_CA}:
            raise ConfigurationError(
                call, "no certificate is checked, so nobody would ask the authority; use Tls.VERIFY_FULL"
            )
        if self.mode is TlsMode.VERIFY_CA and authority.is_system:
            raise ConfigurationError(
                call,
                "everybody can get a certificate from one of the system's authorities, and the host name in it is not "
                "looked at; use Tls.VERIFY_FULL, or name the vendor's own authority",
            )
        return replace(self, authority=authority)


class Disabled(Protocol):
    """Makes a `Tls` without protection."""

    def __call__(self, *, reason: str) -> Tls:
        """Send password and data in clear text."""


Tls.VERIFY_FULL = Tls(TlsMode.VERIFY_FULL)
Tls.VERIFY_CA = Tls(TlsMode.VERIFY_CA)
Tls.REQUIRE = Tls(TlsMode.REQUIRE)
Tls.DISABLED = Tls.disabled
