"""What all stand-ins for vendors' APIs share: a server on 127.0.0.1 that routes, records and can be made to misbehave.

with SERVER() as server:
    os.environ.update(server.environment())
    server.put_by_hand("198.51.100.7/32")
    ...
    assert server.listed() == [...]
"""

from __future__ import annotations

import json
import re
import socket
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, TypeVar
from urllib.parse import parse_qs, urlsplit

from dflow_sandbox.vendors.authority import AUTHORITY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_LARGEST_REQUEST: Final = 16 * 1024 * 1024


@dataclass(frozen=True)
class Request:
    """What arrived.

    Args:
        method: of HTTP.
        path: as it was sent, still quoted, without the query.
        query: the first value of each parameter.
        headers: by their names in lower case.
        body: its bytes.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body's content.

        Raises:
            Answer: 400, it is no JSON.
        """
        try:
            return json.loads(self.body)
        except ValueError:
            raise Answer(400, {"message": "The request body is not valid JSON."}) from None


@dataclass
class Answer(Exception):  # noqa: N818 (not every answer is an error; raising one ends a request early)
    """What goes back. A body that is no bytes becomes JSON; nothing is no body."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = TypeVar("Handler")


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    """Mark a method of a server as the handler of requests.

    Args:
        method: of HTTP.
        path: with places in braces, which become arguments and match one quoted segment each: `/projects/{project}`.
    """

    def mark(handler: Handler) -> Handler:
        vars(handler)["routes"] = [*getattr(handler, "routes", ()), (method, path)]
        return handler

    return mark


@dataclass
class _Planned:
    method: str
    path: str
    answer: Answer | None = None
    happens: Callable[[], None] | None = None
    after: bool = False
    drops: bool = False

    def is_about(self, request: Request) -> bool:
        return self.method in {request.method, "*"} and re.search(self.path, request.path) is not None


class ContractServer(ABC):
    """One vendor's API, with one list on it. A context manager.

    A subclass marks its handlers with `route`, keeps its state in attributes, and says how a list on it is found and
    looked at from outside. Handlers run one at a time.
    """

    locators: ClassVar[Mapping[str, str]]
    """The locators of the list that is there from the start."""

    ADDRESSES: ClassVar[Sequence[str]] = ("203.0.113.1/32", "203.0.113.2/32", "203.0.113.3/32", "203.0.113.4/32")
    """Addresses the vendor takes, for tests."""

    TAKES_IPV6: ClassVar[bool] = True
    """Whether its list takes IPv6, of a vendor that does."""

    TAKES_COPIES: ClassVar[bool] = True
    """Whether a list that is written whole may hold an address twice."""

    ENTRIES_PER_WRITE: ClassVar[int] = 1_000_000
    """How many entries the vendor takes in one call."""

    ENTRIES_PER_READ: ClassVar[int] = 1_000_000
    """How many entries are on one page of the list."""

    POLLED: ClassVar[str] = r"(?!)"
    """A regular expression for the paths that are read to learn how far a change is, for some the list's own."""

    CALLS_TO_BEGIN: ClassVar[int] = 0
    """How many more calls an owner's first entries take, where they need something made around them."""

    authority: str = AUTHORITY
    """The certificate of who vouches for the databases, as PEM, where the API returns it."""

    def __init__(self) -> None:
        self._state = threading.RLock()
        self._planned: list[_Planned] = []
        self._requests: list[Request] = []
        self._watchers: list[Callable[[], None]] = []
        self._routes = _routes_of(type(self))
        server = self

        class HttpHandler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body leave together: apart, the second waits for the first to be acknowledged
            disable_nagle_algorithm = True

            def do_any(self) -> None:
                server._serve(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_any  # noqa: N815 (the library's names)

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), HttpHandler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    # ---- what tests and users say

    @property
    def url(self) -> str:
        """Where it listens: `http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @abstractmethod
    def environment(self) -> Mapping[str, str]:
        """Return the vendor's environment variables that lead to this server with good credentials."""

    @abstractmethod
    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add an entry as somebody else would, with the note if the vendor has notes."""

    @abstractmethod
    def remove_by_hand(self, cidr: str) -> None:
        """Remove an entry as somebody else would."""

    @abstractmethod
    def listed(self) -> list[Any]:
        """Return a copy of the raw entries, as the vendor holds them."""

    def occupied(self) -> int:
        """Return how much of the vendor's quota is used: by all entries, unless the vendor counts otherwise."""
        return len(self.listed())

    @abstractmethod
    def cidrs(self) -> set[str]:
        """Return the addresses that are let in, each with its prefix length."""

    def refuse_next(
        self,
        method: str,
        path: str = "",
        *,
        status: int,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        times: int = 1,
    ) -> None:
        """Answer the next requests that match with an error; they change nothing.

        Args:
            method: of HTTP, or `*`.
            path: a regular expression found somewhere in the path.
            status: of the answer.
            body: of the answer.
            headers: of the answer.
            times: how many requests.
        """
        with self._state:
            self._planned += [_Planned(method, path, Answer(status, body, headers or {})) for _ in range(times)]

    def before_next(self, method: str, happens: Callable[[], None], path: str = "") -> None:
        """Let something happen right before the next request that matches is handled."""
        with self._state:
            self._planned.append(_Planned(method, path, happens=happens))

    def after_next(self, method: str, happens: Callable[[], None], path: str = "") -> None:
        """Let something happen after the next request that matches was handled and before it is answered."""
        with self._state:
            self._planned.append(_Planned(method, path, happens=happens, after=True))

    def drop_next(self, method: str, path: str = "") -> None:
        """Carry out the next request that matches, and close the connection instead of answering it."""
        with self._state:
            self._planned.append(_Planned(method, path, drops=True))

    def forget_planned(self, method: str) -> None:
        """Let requests of a method pass again, whatever was planned for them."""
        with self._state:
            self._planned = [each for each in self._planned if each.method != method]

    def after_every(self, happens: Callable[[], None]) -> None:
        """Let something happen after each request that is handled from now on."""
        with self._state:
            self._watchers.append(happens)

    @abstractmethod
    def remove_list(self) -> None:
        """Remove what the list belongs to, as its owner would: from now on it is not found."""

    def open_by_hand(self) -> None:
        """Let in everybody, as somebody else would."""
        self.put_by_hand("0.0.0.0/0")

    def clear_by_hand(self) -> None:
        """Remove every entry as somebody else would, so that the list is empty."""
        for cidr in self.cidrs():
            self.remove_by_hand(cidr)

    def take_requests(self) -> list[Request]:
        """Return what arrived since the last time, in order."""
        with self._state:
            taken, self._requests = self._requests, []
            return taken

    def writes(self) -> list[str]:
        """Return `METHOD path` of each request since the last `take_requests` that was no GET."""
        with self._state:
            return [f"{request.method} {request.path}" for request in self._requests if request.method != "GET"]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    # ---- what subclasses use

    @abstractmethod
    def authenticate(self, request: Request) -> None:
        """Raise the vendor's `Answer` to a request without good credentials; every request passes here first."""

    def not_found(self, request: Request) -> Answer:
        """Return the vendor's answer to a path it does not have."""
        return Answer(404, {"message": f"no such path: {request.path}"})

    # ---- serving

    def _serve(self, http: BaseHTTPRequestHandler) -> None:
        size = int(http.headers.get("Content-Length") or 0)
        if size > _LARGEST_REQUEST:
            http.send_error(413)
            return
        parts = urlsplit(http.path)
        request = Request(
            http.command,
            parts.path,
            {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()},
            {name.lower(): value for name, value in http.headers.items()},
            http.rfile.read(size),
        )
        answer = self._answer(request)
        if answer is None:
            http.close_connection = True
            http.connection.shutdown(socket.SHUT_RDWR)
            return
        content = _content(answer)
        http.send_response(answer.status)
        for name, value in answer.headers.items():
            http.send_header(name, value)
        if content and "content-type" not in {name.lower() for name in answer.headers}:
            http.send_header("Content-Type", "application/json")
        http.send_header("Content-Length", str(len(content)))
        http.end_headers()
        http.wfile.write(content)

    def _answer(self, request: Request) -> Answer | None:
        with self._state:
            self._requests.append(request)
            planned = next((each for each in self._planned if each.is_about(request)), None)
            if planned is not None:
                self._planned.remove(planned)
            if planned is not None and planned.answer is not None:
                return planned.answer
            if planned is not None and planned.happens is not None and not planned.after:
                planned.happens()
            try:
                self.authenticate(request)
                answer = self._handle(request)
            except Answer as early:
                answer = early
            if planned is not None and planned.happens is not None and planned.after:
                planned.happens()
            for watcher in self._watchers:
                watcher()
            return None if planned is not None and planned.drops else answer

    def _handle(self, request: Request) -> Answer:
        known_path = False
        for method, pattern, name in self._routes:
            found = pattern.fullmatch(request.path)
            known_path = known_path or found is not None
            if found is not None and method == request.method:
                handled: Answer = getattr(self, name)(request, **found.groupdict())
                return handled
        return Answer(405, {"message": "method not allowed"}) if known_path else self.not_found(request)


def refuse_unknown(content: Mapping[str, Any], known: Sequence[str], refusal: Callable[[str], Answer]) -> None:
    """Raise the vendor's refusal of the first field that its documentation does not have."""
    for name in content:
        if name not in known:
            raise refusal(name)


def _routes_of(kind: type) -> list[tuple[str, re.Pattern[str], str]]:
    found = []
    for name in dir(kind):
        for method, path in getattr(getattr(kind, name, None), "routes", ()):
            pattern = "".join(
                f"(?P<{part[1:-1]}>[^/]+)" if part.startswith("{") else re.escape(part)
                for part in re.split(r"(\{\w+\})", path)
            )
            found.append((method, re.compile(pattern), name))
    return found


def _content(answer: Answer) -> bytes:
    if answer.body is None:
        return b""
    return answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
