"""Downloading what a vendor publishes: by https alone, redirected to https alone, and not endlessly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from dflow_provider.allowlists.exchange import (
    TRUST,
    AnswerLostError,
    AnswerTooLargeError,
    NotReachedError,
    NotTrustedError,
    exchange,
    in_a_line,
)
from dflow_provider.allowlists.listing import TryLaterError
from dflow_provider.authorities.https_address import is_https_address
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.exchange import Received
    from dflow_provider.schema import Path

LARGEST_DOWNLOAD: Final = 1024 * 1024

_MOST_REDIRECTS: Final = 5
_BUSY: Final = frozenset({408, 425, 429})


def download(url: str, path: Path) -> bytes:
    """Download a file, once.

    Args:
        url: where it is.
        path: where that is configured, for errors.

    Raises:
        TryLaterError: the server is busy or cannot be reached.
        ProviderError: it refuses, is not trusted, or sends too much.
    """
    asked = url
    for _ in range(_MOST_REDIRECTS + 1):
        if not is_https_address(url):
            raise ProviderError(
                "Download leads elsewhere",
                f"{asked} leads to {in_a_line(url)}, which is no https address: whoever is on the way could send "
                f"another authority's certificate. Give the address that it should have led to.",
                path,
            )
        received = _received(url, path)
        if received.status < 300:
            return received.body
        if received.status >= 400 or "location" not in received.headers:
            raise _refused(url, received, path)
        url = _joined(url, received.headers["location"])
    raise ProviderError("Download leads elsewhere", f"{asked} was redirected more than {_MOST_REDIRECTS} times.", path)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location  # which is no address at all


def _received(url: str, path: Path) -> Received:
    try:
        return exchange("GET", url, {"Accept": "*/*"}, most=LARGEST_DOWNLOAD)
    except NotTrustedError as error:
        raise ProviderError("Download cannot be trusted", f"{url}: {error}. {TRUST}.", path) from None
    except NotReachedError as error:
        raise TryLaterError(
            "Download failed", f"{url}: {error}. Check the address, and this machine's way to the internet."
        ) from None
    except AnswerTooLargeError:
        raise ProviderError(
            "Download is too large",
            f"{url} was answered with more than {LARGEST_DOWNLOAD // 1024} KiB, which is no authority's certificate. "
            f"Give the address of a file that holds certificates only.",
            path,
        ) from None
    except AnswerLostError as error:
        raise TryLaterError("Download was cut off", f"{url}: {error}.") from None


def _refused(url: str, received: Received, path: Path) -> ProviderError:
    story = f"{url} was answered with {received.status}."
    if received.status in _BUSY or received.status >= 500:
        later = received.headers.get("retry-after", "").strip()
        return TryLaterError("Download failed", story, float(later) if later.isdecimal() else 0.0)
    return ProviderError("Download was refused", f"{story} Check the address in a browser.", path)
