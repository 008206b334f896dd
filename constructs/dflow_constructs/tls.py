"""How a connection to an external database is protected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from dflow_constructs.errors import ConfigurationError


class TlsMode(Enum):
    """What a client checks before it trusts a database."""

    VERIFY_FULL = "verify-full"
    VERIFY_CA = "verify-ca"
    REQUIRE = "require"
    DISABLED = "disabled"


@dataclass(frozen=True)
class Tls:
    """The protection of a connection; use the constants, or `Tls.disabled(reason=…)`.

    Attributes:
        VERIFY_FULL: encrypted, and the certificate is checked together with the host name it was issued for.
        VERIFY_CA: encrypted, and the certificate is checked, whatever host it was issued for.
        REQUIRE: encrypted; whoever answers is trusted.
    """

    mode: TlsMode
    reason: str | None = None

    VERIFY_FULL: ClassVar[Tls]
    VERIFY_CA: ClassVar[Tls]
    REQUIRE: ClassVar[Tls]

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


Tls.VERIFY_FULL = Tls(TlsMode.VERIFY_FULL)
Tls.VERIFY_CA = Tls(TlsMode.VERIFY_CA)
Tls.REQUIRE = Tls(TlsMode.REQUIRE)
