"""One HTTP exchange with a vendor: no retries, no redirects, TLS verified, not endlessly, and no meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

from dflow_provider import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

TRUST: Final = "Certificates are checked against the system's store (or SSL_CERT_FILE), always"

_TIMEOUT: Final = urllib3.Timeout(connect=10.0, read=60.0)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")


class ExchangeError(Exception):
    """No answer came back; the text says why, in a line."""


class NotReachedError(ExchangeError):
    """Nothing was sent."""


class NotTrustedError(ExchangeError):
    """Nothing was sent, because the server's certificate is no good."""


class AnswerLostError(ExchangeError):
    """Nobody knows whether the request arrived."""


class AnswerTooLargeError(ExchangeError):
    """More came than was wanted."""


@dataclass(frozen=True)
class Received:
    """What came back. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def exchange(method: str, url: str, headers: Mapping[str, str], *, body: bytes | None = None, most: int) -> Received:
    """Send one request and read its answer.

    Args:
        method: of HTTP.
        url: the whole address.
        headers: of the request, besides the client's name.
        body: of the request; nothing sends none.
        most: how many bytes the answer may have.

    Raises:
        ExchangeError: there is no answer.
    """
    try:
        response = pool_for(url).request(
            method,
            url,
            body=body,
            headers={"User-Agent": f"dflow-cdktf/{__version__}", **headers},
            timeout=_TIMEOUT,
            retries=False,
            redirect=False,
            preload_content=False,
        )
        content = response.read(most + 1)
        if len(content) > most:
            response.close()  # the rest of it is not read, so nobody can use the connection again
            raise AnswerTooLargeError(f"it has more than {most // 1024} KiB")
        response.release_conn()
    except (SSLError, MaxRetryError, NewConnectionError, ConnectTimeoutError, ProxyError) as error:
        untrusted = isinstance(error, SSLError) or isinstance(getattr(error, "reason", None), SSLError)
        raise (NotTrustedError if untrusted else NotReachedError)(_reason(error)) from None
    except HTTPError as error:
        raise AnswerLostError(_reason(error)) from None
    lower = {name.lower(): value for name, value in response.headers.items()}
    return Received(response.status, lower, content)


_pools: Final[dict[str, urllib3.PoolManager]] = {}


def pool_for(url: str) -> urllib3.PoolManager:
    """Return the connections a request uses, through the proxy of HTTPS_PROXY or HTTP_PROXY if one is set for it."""
    parts = urlsplit(url)
    proxy = None
    if not proxy_bypass(parts.netloc):
        proxies = getproxies_environment()
        proxy = proxies.get(parts.scheme) or proxies.get("all")
    key = proxy or ""
    if key not in _pools:
        _pools[key] = urllib3.PoolManager(maxsize=16) if proxy is None else urllib3.ProxyManager(proxy, maxsize=16)
    return _pools[key]


def in_a_line(text: str) -> str:
    """Leave out what would break a message into lines, or move a terminal's cursor."""
    return _CONTROL.sub(" ", text)


def _reason(error: BaseException) -> str:
    cause: BaseException = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    text = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return in_a_line(text).rsplit(": ", 1)[-1]
