"""The address of a control plane."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dflow_provider.control_plane.errors import EndpointInvalid

if TYPE_CHECKING:
    from typing import Self


@dataclass(frozen=True)
class Endpoint:
    """Scheme, host, port and an optional path under which `/api` is found."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address as a person writes it; a trailing `/` or `/api` is dropped.

        Raises:
            EndpointInvalid: it has no scheme, another scheme than HTTP's, no host, or credentials inside.
        """
        if "@" in text:
            raise EndpointInvalid(
                "The endpoint holds a user name or password. Leave them out; the API key is a setting of its own "
                "(DFLOW_API_KEY)."
            )
        if "://" not in text:
            raise EndpointInvalid(
                f"The endpoint is {text!r} and has no scheme. Write https://{text.lstrip('/')} instead."
            )
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError as error:
            raise EndpointInvalid(
                f"The endpoint is {text!r}: {error}. Write it like https://dflow.example.com."
            ) from None
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise EndpointInvalid(
                f"The endpoint is {text!r}; it must start with https:// (or http:// inside a trusted network) and name "
                f"a host, like https://dflow.example.com."
            )
        if parts.query or parts.fragment:
            raise EndpointInvalid(
                f"The endpoint is {text!r} and has a query or fragment. Give scheme and host only, like "
                f"https://{parts.netloc}."
            )
        path = parts.path.rstrip("/").removesuffix("/api").rstrip("/")
        return cls(parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80), path)

    @property
    def in_clear(self) -> bool:
        """Say whether the API key would travel unencrypted to another machine."""
        return self.scheme == "http" and not self._is_this_machine

    @property
    def _is_this_machine(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        standard = 443 if self.scheme == "https" else 80
        return f"{self.scheme}://{host}{'' if self.port == standard else f':{self.port}'}{self.path}"
