"""Access tokens that an authority grants for a client's credentials, kept as long as they are good."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from dflow_provider.allowlists.listing import TryLaterError
from dflow_provider.allowlists.rest import Request, Rest
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Refused

_EARLY_S: Final = 120.0
"""How long before its end a token is no longer used, in seconds."""
_SHORTEST_S: Final = 30.0


@dataclass(frozen=True)
class _Token:
    text: str
    ends_at: float


_tokens: Final[dict[str, _Token]] = {}
_asking: Final = threading.Lock()


def granted_token(
    place: Place,
    url: str,
    form: Mapping[str, str],
    authorize: Callable[[Request], Mapping[str, str]] = lambda _: {},
    clock: Callable[[], float] = time.monotonic,
) -> str:
    """Return an access token; the authority is asked when there is none that lasts.

    Args:
        place: whose credentials they are.
        url: of the authority's token endpoint.
        form: the grant, as OAuth 2.0 (RFC 6749) writes it.
        authorize: returns the headers that authenticate the client, where the form does not.
        clock: tells the time, in seconds.

    Raises:
        TryLaterError: the authority is busy or does not answer.
        ProviderError: it refuses the credentials.
    """
    parts = urlsplit(url)
    names = ", ".join(name for each in place.owned.credentials for name in each.variables)

    def refusal(refused: Refused) -> ProviderError | None:
        if refused.status >= 500 or refused.status in {408, 429}:
            return None
        content = refused.json
        told = content.get("error_description") if isinstance(content, dict) else None
        story = str(told).splitlines()[0].rstrip(".") if told else refused.story
        return ProviderError(
            "Vendor refuses the credential",
            f"{place.vendor.name}: {parts.netloc}, which grants access tokens, answered with {refused.status}: "
            f"{story}. Check {names}. {place.owned.rights}",
        )

    rest = Rest(place, authorize, place.vendor.name, understand=refusal, base=f"{parts.scheme}://{parts.netloc}")
    with _asking:
        key = _key(url, form, authorize)
        known = _tokens.get(key)
        if known is not None and clock() < known.ends_at:
            return known.text
        content = rest.send("POST", parts.path, form=form).json
        try:
            text, lasts_s = str(content["access_token"]), float(content.get("expires_in") or 0.0)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise TryLaterError(
                "Vendor answered strangely", f"POST {url} was answered without an access token."
            ) from None
        _tokens[key] = _Token(text, clock() + max(lasts_s - _EARLY_S, min(lasts_s, _SHORTEST_S)))
        return text


def _key(url: str, form: Mapping[str, str], authorize: Callable[[Request], Mapping[str, str]]) -> str:
    """Name a token by all that it was granted for, so that no secret is kept for it."""
    headers = authorize(Request("POST", url, b""))
    return hashlib.sha256(f"{url}\n{urlencode(form)}\n{urlencode(headers)}".encode()).hexdigest()
