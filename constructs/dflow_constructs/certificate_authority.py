"""Who vouches for a database's certificate, and how services come by that authority's own."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field

from dflow_cdk import cdk
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import has_token

_BEGIN = "-----BEGIN CERTIFICATE-----"
_HTTPS = re.compile(r"https://[^\s/?#@]+(/[^\s#]*)?(\?[^\s#]*)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class OfVendor:
    """The certificate comes from where the vendor of the database has it."""


@dataclass(frozen=True)
class FromUrl:
    """The certificate is downloaded.

    Attributes:
        url: from where.
        sha256: what it has to be; nothing if it may change.
    """

    url: str
    sha256: str | None


@dataclass(frozen=True)
class CertificateAuthority:
    """The authority to trust; use one of the methods below, and `Tls.VERIFY_FULL.trusting(…)`.

    Attributes:
        file: where a service finds the certificate in its container; none for those of the system, and where the
            service has to say itself.
        certificate: the certificate, where the program delivers it.
        origin: where Terraform reads the certificate, if the program does not say it itself.
    """

    file: str | None = None
    certificate: str | None = field(default=None, repr=False)
    origin: OfVendor | FromUrl | None = None

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

    @classmethod
    def of_vendor(cls, *, file: str | None = None) -> CertificateAuthority:
        """Deliver the certificates of the authority that vouches for the vendor's databases, as `in_variable` does.

        The vendor is that of the allowlist. Terraform reads the certificates at plan, with the credentials of the
        allowlist where that takes any. Where every system trusts the vendor's authority, nothing is delivered, and
        it is `of_system()`.

        Args:
            file: where the service writes them when it starts, and URLs say they are.
        """
        return cls(
            None if file is None else _checked_path("CertificateAuthority.of_vendor(…)", file), origin=OfVendor()
        )

    @classmethod
    def from_url(cls, url: str, *, sha256: str | None = None, file: str | None = None) -> CertificateAuthority:
        """Deliver certificates that Terraform downloads at plan, as `in_variable` does.

        Args:
            url: where they are; https, without user and password.
            sha256: of the file, in hexadecimal digits; given, Terraform refuses any other file.
            file: where the service writes them when it starts, and URLs say they are.
        """
        call = "CertificateAuthority.from_url(…)"
        if not has_token(url) and not _HTTPS.fullmatch(url):
            raise ConfigurationError(
                call,
                f"{url!r} is no https address without user and password; whoever is on the way of anything else could "
                'send another authority\'s certificate. Write "https://…/ca.pem"',
            )
        if sha256 is not None and not has_token(sha256) and not _SHA256.fullmatch(sha256):
            raise ConfigurationError(
                call, f"sha256 is {sha256!r}, and not 64 small hexadecimal digits, as sha256sum prints of the file"
            )
        return cls(None if file is None else _checked_path(call, file), origin=FromUrl(url, sha256))

    @property
    def is_system(self) -> bool:
        """Whether it is the authorities that the system trusts."""
        return self.file is None and self.certificate is None and self.origin is None

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
