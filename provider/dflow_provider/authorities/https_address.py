"""Addresses that certificates may be downloaded from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from dflow_provider.schema import Value


@dataclass(frozen=True)
class HttpsAddress:
    """An address by https, without user and password, which everybody would see who sees the configuration."""

    description: str = "an https address without user and password"

    def problem(self, value: Value) -> str | None:
        """Say why anything else is refused."""
        if is_https_address(str(value)):
            return None
        return (
            f"{value!r} is not {self.description}. Whoever is on the way of anything else could send another "
            f"authority's certificate."
        )


def is_https_address(text: str) -> bool:
    """Say whether a text is such an address."""
    if not text.isascii() or not text.isprintable() or " " in text or "#" in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:  # a port that is none, or an address of IPv6 that is cut off
        return False
