"""Taking the certificate of an authority out of a vendor's answer."""

from __future__ import annotations

import base64
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.rest import Answer


class Encoding(Enum):
    """How a vendor writes a certificate into JSON."""

    PEM = auto()
    BASE64 = auto()
    """The PEM, in base64 once more."""


class VouchedFor(Protocol):
    """An adapter whose vendor's API returns the certificate of the authority that vouches for its databases."""

    @property
    def target(self) -> str:
        """Which database this is about, for people."""

    def authority(self) -> str:
        """Read the certificates, as PEM.

        Raises:
            ListGoneError: there is no such database.
            TryLaterError: the vendor is busy.
            ProviderError: anything else.
        """


def certificate_at(answer: Answer, *steps: str, encoding: Encoding = Encoding.PEM) -> str:
    """Return the certificate that stands somewhere in an answer.

    Args:
        answer: the vendor's.
        steps: the fields that lead there.
        encoding: how it is written.

    Raises:
        ProviderError: none stands there.
    """
    found = value_at(answer, *steps)
    if not isinstance(found, str) or not found.strip():
        raise no_certificate(answer.request, f"{'.'.join(steps)} is missing or empty")
    if encoding is Encoding.PEM:
        return found
    try:
        return base64.b64decode("".join(found.split()), validate=True).decode()
    except ValueError:
        raise no_certificate(answer.request, f"{'.'.join(steps)} is not base64") from None


def value_at(answer: Answer, *steps: str) -> Any:
    """Return what stands somewhere in an answer, nothing if the fields do not lead there."""
    found: Any = answer.json
    for step in steps:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def no_certificate(request: str, why: str) -> ProviderError:
    """Return the error for an answer without a certificate.

    Args:
        request: what was answered.
        why: there is none, as a clause.
    """
    return ProviderError(
        "Vendor sent no certificate",
        f"{request} was answered without the certificate of an authority: {why}. A database that is being made may not "
        f"have one yet; apply again when it runs, and look at it in the vendor's console.",
    )
