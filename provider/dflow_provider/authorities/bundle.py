"""The certificates that somebody publishes, as PEM (RFC 7468): nothing else, and small enough for a Variable."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from dflow_provider.authorities.x509 import Certificate, MalformedError
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.schema import Report

LARGEST_PEM: Final = 14_985
"""In bytes: in base64 the 19,982 characters at most that dFlow takes for a Variable."""
SOON: Final = timedelta(days=30)

_BLOCK: Final = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----\s*(.*?)-----END \1-----", re.DOTALL)
_CERTIFICATES: Final = frozenset({b"CERTIFICATE", b"X509 CERTIFICATE"})


@dataclass(frozen=True)
class Bundle:
    """Some authorities' certificates, in the order they came in, each once."""

    certificates: tuple[Certificate, ...]

    @property
    def pem(self) -> str:
        """All of them, each in lines of 64 characters."""
        return "".join(ssl.DER_cert_to_PEM_cert(certificate.der) for certificate in self.certificates)

    @classmethod
    def read(cls, content: bytes, origin: str) -> Bundle:
        """Read what was downloaded. Text between certificates is left out.

        Args:
            content: the bytes.
            origin: where they come from, as the subject of a sentence.

        Raises:
            ProviderError: there is no certificate, something that is none, or too much.
        """
        if b"PRIVATE KEY-----" in content:
            raise ProviderError(
                "Private key is public",
                f"{origin} holds a private key, which belongs to the authority alone. Nothing of it is used or shown. "
                f"Take the file with the certificates only, and have the key replaced: whoever got it can pose as the "
                f"database.",
            )
        found: dict[bytes, Certificate] = {}
        for label, body in _BLOCK.findall(content):
            if label not in _CERTIFICATES:
                raise ProviderError(
                    "No certificate",
                    f"{origin} holds a block that says BEGIN {label.decode()}. Only certificates can be delivered: "
                    f"take the file that has nothing else.",
                )
            certificate = _certificate(body, origin, len(found) + 1)
            found[certificate.der] = certificate
        if not found:
            raise ProviderError("No certificate", f"{origin} holds no certificate in PEM. {_instead(content)}")
        bundle = cls(tuple(found.values()))
        if len(bundle.pem) > LARGEST_PEM:
            raise ProviderError(
                "Certificates are too large",
                f"{origin} holds {len(found)} certificates, {len(bundle.pem):,} bytes; a Variable of dFlow carries "
                f"{LARGEST_PEM:,} bytes of them in base64. "
                f"Take a smaller bundle, such as Amazon RDS's of one region, "
                f"https://truststore.pki.rds.amazonaws.com/eu-central-1/eu-central-1-bundle.pem, or put the file into "
                f"the service's image.",
            )
        return bundle

    def judge(self, origin: str, report: Report, now: datetime | None = None) -> None:
        """Refuse certificates none of which is good any more, and warn of those that have ended or soon will.

        Args:
            origin: where they come from, as the subject of a sentence.
            report: gets the warnings.
            now: the time, unless it is now.

        Raises:
            ProviderError: all have ended.
        """
        now = now or datetime.now(UTC)
        ended = [each for each in self.certificates if each.not_after <= now]
        if len(ended) == len(self.certificates):
            raise ProviderError(
                "Certificate has expired",
                f"{origin} holds nothing that is still good: {_listed(ended)}. Clients would refuse every connection. "
                f"Look where the vendor offers the new one.",
            )
        if ended:
            report.warning(
                "Certificate has expired",
                f"{origin} holds others that are good, and {_listed(ended)}, which vouches for nothing any more. It is "
                f"delivered with them, as the vendor publishes it.",
            )
        ending = [each for each in self.certificates if now < each.not_after <= now + SOON]
        if ending:
            report.warning(
                "Certificate expires soon",
                f"{origin} holds {_listed(ending)}. After that clients refuse what it has signed. Services get the "
                f"vendor's next one with the first apply after it is published: apply, and deploy, before the end.",
            )


def _certificate(body: bytes, origin: str, number: int) -> Certificate:
    pem = b"-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----" % body.strip()
    try:
        der = ssl.PEM_cert_to_DER_cert(pem.decode("ascii"))
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=der)  # what clients will do
        return Certificate.read(der)
    except (ValueError, ssl.SSLError, MalformedError):
        raise ProviderError(
            "No certificate",
            f"{origin}: certificate {number} cannot be read, though it says that it is one. Is the file cut off, or "
            f"was it changed on the way?",
        ) from None


def _instead(content: bytes) -> str:
    start = content[:512].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "It is a page for browsers: take the address of the file itself."
    if start.startswith(b"0\x82"):
        return "It looks like DER: openssl x509 -inform der makes PEM of it, for a file in the service's image."
    return "Take a file that begins with -----BEGIN CERTIFICATE-----."


def _listed(certificates: list[Certificate]) -> str:
    return "; ".join(f"{each.subject or 'no name'}, until {each.not_after:%Y-%m-%d}" for each in certificates)
