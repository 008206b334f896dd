"""Requests to a vendor's REST API: what every vendor's answers have in common, in the engine's words.

Nothing is sent twice by itself: the engine reads the list again before it repeats a write. TLS is always verified,
redirects are refused (a credential must not travel on), answers are limited in size, and no message holds a header.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

import urllib3

from dflow_provider import log
from dflow_provider.allowlists.exchange import (
    TRUST,
    AnswerLostError,
    AnswerTooLargeError,
    NotReachedError,
    NotTrustedError,
    exchange,
    in_a_line,
)
from dflow_provider.allowlists.listing import ListGoneError, ListMovedError, TryLaterError
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.place import Place

LARGEST_ANSWER: Final = 32 * 1024 * 1024
_BUSY: Final = frozenset({408, 409, 423, 425})
_LONGEST_STORY: Final = 600


@dataclass(frozen=True)
class Request:
    """What is about to be sent; signing schemes need all of it.

    Args:
        method: of HTTP.
        url: the whole address, query included.
        body: as it goes out; empty for none.
    """

    method: str
    url: str
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What came back, with a status below 300. Header names are lower case."""

    request: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body's content, nothing if there is none.

        Raises:
            TryLaterError: it is no JSON.
        """
        if not self.body:
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            raise TryLaterError("Vendor answered strangely", f"{self.request} was answered with no JSON.") from None


@dataclass(frozen=True)
class Refused:
    """An answer with a status of 300 or more, for adapters that know better what it means."""

    request: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body's content, nothing if it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def story(self) -> str:
        """What the vendor says, in a line; not more than a person reads."""
        content = self.json
        text = _message(content) or in_a_line(self.body.decode("utf-8", "replace")).strip()
        return text[:_LONGEST_STORY] or "nothing"


@dataclass(frozen=True)
class Rest:
    """A vendor's API.

    Args:
        place: which list, and where the API is.
        authorize: returns the headers that a request is authorized with.
        target: the list, for people.
        headers: sent with every request.
        understand: turns a refusal into what it means at this vendor; nothing where the usual meaning holds.
        reset_header: the name, in lower case, of the header that says after how many seconds a refused client may come
            back, where the vendor does not send Retry-After.
        base: where requests go instead of to the place's endpoint: an authority that issues tokens.
        answer_challenge: returns the headers with which a request that was answered with 401 is sent once more, for
            schemes whose servers ask first; nothing where a 401 is final.
    """

    place: Place
    authorize: Callable[[Request], Mapping[str, str]] = field(repr=False)
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    understand: Callable[[Refused], ProviderError | None] = lambda _: None
    reset_header: str | None = None
    base: str | None = None
    answer_challenge: Callable[[Request, Refused], Mapping[str, str]] = field(default=lambda *_: {}, repr=False)

    def get(self, path: str) -> Answer:
        """Read something."""
        return self.send("GET", path)

    def send(
        self,
        method: str,
        path: str,
        content: object = None,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request and return its answer.

        Args:
            method: of HTTP.
            path: below the endpoint, with a leading slash and everything in it quoted; or a whole address at the same
                host, as vendors return them for operations.
            content: becomes a JSON body; nothing sends none.
            headers: sent with this request.
            form: becomes the body as a browser's form, in place of `content`.

        Raises:
            ListGoneError: 404.
            ListMovedError: 412.
            TryLaterError: 408, 409, 423, 425, 429, 500 and above, or nobody knows whether the request arrived.
            ProviderError: any other refusal, in the vendor's words.
        """
        url = self._url(path)
        body, kind = _body(content, form)
        request, sent = Request(method, url, body), {**kind, **self.headers, **(headers or {})}
        refused = self._exchange(request, {**sent, **self.authorize(request)}, has_body=bool(kind))
        if isinstance(refused, Refused) and refused.status == 401:
            # The server has done nothing yet: it asks for an answer to its challenge, which is no repetition.
            answered = self.answer_challenge(request, refused)
            if answered:
                refused = self._exchange(request, {**sent, **answered}, has_body=bool(kind))
        if isinstance(refused, Answer):
            return refused
        raise self.understand(refused) or self._usual(refused)

    def _url(self, path: str) -> str:
        endpoint = self.base or self.place.endpoint
        if path.startswith("/"):
            return f"{endpoint}{path}"
        if _origin(path) != _origin(endpoint):
            raise ProviderError(
                "Vendor points elsewhere",
                f"{self.target}: the answer leads to {_origin(path)}. Requests go to {_origin(endpoint)} only, so that "
                f"credentials stay there. Set {' or '.join(self.place.owned.endpoint.variables)} to the right one.",
            )
        return path

    def _exchange(self, request: Request, headers: Mapping[str, str], *, has_body: bool) -> Answer | Refused:
        what = f"{request.method} {request.url.partition('?')[0]}"
        try:
            received = exchange(
                request.method,
                request.url,
                {"Accept": "application/json", **headers},
                body=request.body if has_body else None,
                most=LARGEST_ANSWER,
            )
        except NotTrustedError as error:
            raise ProviderError("Vendor cannot be trusted", f"{_origin(request.url)}: {error}. {TRUST}.") from None
        except NotReachedError as error:
            story = f"{self.target}: {_origin(request.url)}: {error}."
            raise TryLaterError("Vendor cannot be reached", f"{story} {self._way_to(request)}") from None
        except AnswerTooLargeError:
            raise ProviderError("Vendor's answer is too large", f"{what} was answered with more than 32 MiB.") from None
        except AnswerLostError as error:
            raise TryLaterError("Vendor's answer was lost", f"{what}: {error}.") from None
        log.debug("Vendor answered", request=what, status=str(received.status))
        kind_of = Answer if received.status < 300 else Refused
        return kind_of(what, received.status, received.headers, received.body)

    def _way_to(self, request: Request) -> str:
        led = next((each for each in self.place.owned.endpoint.variables if self.place.environment.get(each)), None)
        if led is not None and _origin(request.url) == _origin(self.place.endpoint):
            return f"{led} leads there: check it."
        return "Check this machine's way to the internet, and whether the vendor reports an outage."

    def _usual(self, refused: Refused) -> ProviderError:
        story = f"{refused.request} was answered with {refused.status}: {refused.story}."
        match refused.status:
            case 401 | 403:
                names = ", ".join(name for each in self.place.owned.credentials for name in each.variables)
                return ProviderError(
                    "Vendor refuses the credential",
                    f"{self.target}: {story} Check {names}. {self.place.owned.rights}",
                )
            case 404:
                return ListGoneError("Allowlist does not exist", f"{self.target}: {story}")
            case 412:
                return ListMovedError("Allowlist changed meanwhile", f"{self.target}: {story}")
            case status if 300 <= status < 400:
                return ProviderError(
                    "Vendor points elsewhere", f"{self.target}: {story} Redirects are not followed with credentials."
                )
            case status if status in _BUSY or status == 429 or status >= 500:
                return TryLaterError("Vendor is busy", f"{self.target}: {story}", self._asked_s(refused))
            case _:
                return ProviderError("Vendor refuses the change", f"{self.target}: {story}")

    def _asked_s(self, refused: Refused) -> float:
        for header in ("retry-after", self.reset_header or ""):
            text = refused.headers.get(header, "").strip()
            if text.isdecimal():
                return float(text)
        return 0.0


def _body(content: object, form: Mapping[str, str] | None) -> tuple[bytes, Mapping[str, str]]:
    if form is not None:
        return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    if content is None:
        return b"", {}
    return json.dumps(content, separators=(",", ":")).encode(), {"Content-Type": "application/json"}


def bearer(token: str, scheme: str = "Bearer") -> Callable[[Request], Mapping[str, str]]:
    """Authorize with a token."""
    return lambda _: {"Authorization": f"{scheme} {token}"}


def basic(user: str, password: str) -> Callable[[Request], Mapping[str, str]]:
    """Authorize with a name and a password."""
    headers = urllib3.make_headers(basic_auth=f"{user}:{password}")
    return lambda _: {"Authorization": headers["authorization"]}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"


_TELLING: Final = ("message", "detail", "reason", "title", "error", "errors", "msg", "description")


def _message(content: object, depth: int = 0) -> str:
    """Find what a JSON error says, wherever vendors put it."""
    if depth > 4:
        return ""
    match content:
        case str():
            return in_a_line(content).strip()
        case list():
            return "; ".join(filter(None, (_message(each, depth + 1) for each in content)))
        case dict():
            code = content.get("code") or content.get("errorCode") or content.get("id")
            found = next((text for name in _TELLING if (text := _message(content.get(name), depth + 1))), "")
            return f"{found} ({code})" if found and isinstance(code, str) else found
        case _:
            return ""
