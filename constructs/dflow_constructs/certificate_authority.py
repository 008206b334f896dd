"""Who vouches for a database's certificate, and how services come by that authority's own."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from dflow_cdk import cdk
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import has_token

_BEGIN = "-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True)
class CertificateAuthority:
    """The authority to trust; use `of_system`, `in_file` or `in_variable`, and `Tls.VERIFY_FULL.trusting(…)`.

    Attributes:
        file: where a service finds the certificate in its container; none for those of the system, and where the
            service has to say itself.
        certificate: the certificate, where the program delivers it.
    """

    file: str | None = None
    certificate: str | None = field(default=None, repr=False)

    @classmethod
    def of_system(cls) -> CertificateAuthority:
        """Trust the authorities that the service's image trusts anyway, as for a vendor with public certificates.

        Clients that do not look there by themselves are told to: `sslrootcert=system` needs `libpq` 16 or later.
        """
        return cls()

    @classmethod
    def in_file(cls, path: str) -> CertificateAuthority:
        """Trust the certificates in a file of the service's image, `/etc/ssl/rds.pem`.

        URLs name it where those who read them know how; where they do not, the service gets the path as a variable.
        """
        return cls(_checked_path("CertificateAuthority.in_file(…)", path))

    @classmethod
    def in_variable(cls, certificate: str, *, file: str | None = None) -> CertificateAuthority:
        """Deliver the certificates with the connection, base64-encoded in a variable of their own.

        Args:
            certificate: one or several, as PEM, or an attribute of another resource.
            file: where the service writes them when it starts, and URLs say they are.
        """
        call = "CertificateAuthority.in_variable(…)"
        if "PRIVATE KEY" in certificate:
            raise ConfigurationError(
                call,
                "the text holds a private key, which belongs to the authority alone and would be readable in the "
                "output; pass the certificates only, from BEGIN CERTIFICATE to END CERTIFICATE",
            )
        if not has_token(certificate) and _BEGIN not in certificate:
            raise ConfigurationError(
                call, f'the text is no certificate in PEM; pass one that begins with "{_BEGIN}", not its path'
            )
        return cls(None if file is None else _checked_path(call, file), certificate)

    @property
    def is_system(self) -> bool:
        """Whether it is the authorities that the system trusts."""
        return self.file is None and self.certificate is None

    @property
    def encoded(self) -> str | None:
        """The certificates in base64, which a variable can hold, unlike their line breaks."""
        if self.certificate is None:
            return None
        if has_token(self.certificate):
            return cdk.Fn.base64encode(self.certificate)
        return base64.b64encode(self.certificate.encode()).decode()


def _checked_path(call: str, path: str) -> str:
    if not path.startswith("/") or any(character.isspace() for character in path):
        raise ConfigurationError(
            call, f'{path!r} is no path from the root of the service\'s container; write "/etc/ssl/orders.pem", for one'
        )
    return path
