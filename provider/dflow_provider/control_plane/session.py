"""A conversation with one control plane as one user in one organisation."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dflow_provider import __version__, log
from dflow_provider.control_plane import query as query_strings
from dflow_provider.control_plane.answers import Subject, described, meaning
from dflow_provider.control_plane.errors import (
    AnswerLost,
    ControlPlaneError,
    Forbidden,
    KeyRejected,
    NotAllowed,
    NotDflow,
    Overloaded,
    RoleMissing,
    RouteMissing,
    SettingInvalid,
    Stopped,
    TenantUnknown,
    UnknownDialect,
    Unreachable,
)
from dflow_provider.control_plane.patience import BUSY, Patience, retry_after_s

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Self

    from dflow_provider.control_plane.query import Query
    from dflow_provider.control_plane.transport import Answer, Transport

Wait = Callable[[float], bool]
"""Sleeps for so many seconds and says whether a stop was asked for meanwhile, in which case it returns at once."""

_REPEATABLE = frozenset({"GET", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Said:
    """The JSON of one good answer, and what the other side's clock said."""

    body: dict[str, Any]
    server_time: datetime | None


@dataclass
class _Learnt:
    """What a conversation learns once and every copy of the session shares."""

    tenant_lock: threading.Lock = field(default_factory=threading.Lock)
    tenant_id: str | None = None
    why_lock: threading.Lock = field(default_factory=threading.Lock)
    why_forbidden: ControlPlaneError | None = None


@dataclass(frozen=True)
class Session:
    """Sends requests with the credentials, the organisation and the patience they need.

    Args:
        transport: carries single exchanges.
        api_key: the key of a user; it is in no repr, log line or error.
        tenant: slug of the organisation.
        wait: sleeps between attempts and learns of a stop.
        patience: limits of repeating.
    """

    transport: Transport = field(repr=False)
    api_key: str = field(repr=False)
    tenant: str
    wait: Wait = field(repr=False)
    patience: Patience = field(default_factory=Patience, repr=False)
    _learnt: _Learnt = field(default_factory=_Learnt, repr=False)

    def __post_init__(self) -> None:
        if not (self.api_key.isascii() and self.api_key.isprintable()):
            raise SettingInvalid(
                "API key has odd characters",
                "The API key holds a line break or another character that no HTTP header can carry. Check how "
                "DFLOW_API_KEY is set; a key copied from the dashboard has none.",
            )

    def during(self, wait: Wait) -> Self:
        """Return the same conversation for work that another stop ends."""
        return replace(self, wait=wait)

    @property
    def address(self) -> str:
        """Where the control plane is, for messages."""
        return str(self.transport.endpoint)

    @property
    def tenant_id(self) -> str:
        """The organisation's id, asked for once.

        Raises:
            TenantUnknown: there is no organisation of that slug; the error lists those that exist.
        """
        with self._learnt.tenant_lock:
            if self._learnt.tenant_id is None:
                self._learnt.tenant_id = self._find_tenant()
            return self._learnt.tenant_id

    def request(
        self,
        method: str,
        path: str,
        subject: Subject,
        *,
        query: Query | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Said:
        """Send a request inside the organisation and return the JSON that came back.

        A GET, PATCH or DELETE is repeated while the other side is busy or does not answer, a POST only while no
        connection comes about.

        Raises:
            ControlPlaneError: see `errors`.
        """
        return self._request(method, path, subject, query or {}, body, cookie=f"payload-tenant={self.tenant_id}")

    def deliver(self, path: str, headers: Mapping[str, str], content: bytes) -> None:
        """Send a body that is signed as it is, the way a webhook does: without the API key and without a second try.

        Raises:
            ControlPlaneError: see `errors`; nothing is learnt from a good answer.
        """
        answer = self._carried(
            "POST",
            path,
            {
                **headers,
                "Accept": "application/json",
                "Content-Type": "application/json",
                "User-Agent": f"dflow-cdktf/{__version__}",
            },
            "",
            content,
        )
        if not 200 <= answer.status < 300:
            meaning(answer, Subject("webhook"))
            raise NotDflow(answer.request, described(answer))

    def _request(
        self,
        method: str,
        path: str,
        subject: Subject,
        query: Query,
        body: Mapping[str, object] | None = None,
        *,
        cookie: str = "",
    ) -> Said:
        answer = self._exchange(method, path, query, body, cookie)
        try:
            return Said(meaning(answer, subject), answer.server_time)
        except Forbidden:
            raise self._why_forbidden(answer.request) from None
        except RouteMissing as error:
            raise self._why_missing(answer, error) from None

    def _exchange(self, method: str, path: str, query: Query, body: Mapping[str, object] | None, cookie: str) -> Answer:
        headers = {
            "Accept": "application/json",
            "Authorization": f"users API-Key {self.api_key}",
            "User-Agent": f"dflow-cdktf/{__version__}",
        }
        if cookie:
            headers["Cookie"] = cookie
        if body is not None:
            headers["Content-Type"] = "application/json"
        content = None if body is None else json.dumps(body).encode()
        return self._carried(method, path, headers, query_strings.encode({"depth": 0, **query}), content)

    def _carried(self, method: str, path: str, headers: Mapping[str, str], query: str, content: bytes | None) -> Answer:
        request = f"{method} {self.address}{path}"
        started = self.patience.clock()
        attempt = 0
        while True:
            attempt += 1
            failure: ControlPlaneError
            attempts, pause = self.patience.attempts, 0.0
            try:
                answer = self.transport.exchange(method, path, headers=headers, query=query, body=content)
            except Unreachable as error:
                # A mistyped address answers no better the eighth time, and somebody is waiting for the message.
                failure, attempts = error, self.patience.attempts_to_connect
            except AnswerLost as error:
                if method not in _REPEATABLE:
                    raise
                failure = error
            else:
                log.debug("dFlow answered", request=request, status=answer.status, attempt=attempt)
                if answer.status not in BUSY:
                    return answer
                failure = Overloaded(request, answer.status, attempt)
                if method not in _REPEATABLE:
                    raise failure
                pause = retry_after_s(answer.headers.get("retry-after"))
            pause = self.patience.wait_after(attempt, pause)
            left = self.patience.deadline_s - (self.patience.clock() - started)
            if attempt >= attempts or pause > left:
                raise failure
            log.debug("Trying again", request=request, attempt=attempt, reason=failure.title, wait_s=round(pause, 2))
            if self.wait(pause):
                raise Stopped(request) from failure

    def _find_tenant(self) -> str:
        subject = Subject("organisation")
        found = self._request(
            "GET", "/api/tenants", subject, {"where": query_strings.equals(slug=self.tenant), "limit": 1}
        )
        tenants = documents(found, f"GET {self.address}/api/tenants")
        if tenants:
            return str(tenants[0]["id"])
        every = self._request("GET", "/api/tenants", subject, {"limit": 50, "sort": "slug"})
        slugs = tuple(str(document.get("slug")) for document in documents(every, f"GET {self.address}/api/tenants"))
        raise TenantUnknown(self.tenant, slugs)

    def _why_forbidden(self, request: str) -> ControlPlaneError:
        """Find out, once, what a 403 means: the engine answers the same to a bad key and to a missing role."""
        with self._learnt.why_lock:
            if self._learnt.why_forbidden is None:
                self._learnt.why_forbidden = self._ask_who_i_am(request)
            known = self._learnt.why_forbidden
        return NotAllowed(request) if isinstance(known, NotAllowed) else known

    def _ask_who_i_am(self, request: str) -> ControlPlaneError:
        answer = self._exchange("GET", "/api/users/me", {}, None, "")
        try:
            body = meaning(answer, Subject("user"))
        except ControlPlaneError:
            # The engine re-reads the user under its own access rules, which let administrators alone read users.
            return RoleMissing(self.address)
        user = body.get("user")
        if not isinstance(user, dict):
            return KeyRejected(self.address)
        roles = user.get("role")
        if "admin" in (roles if isinstance(roles, list) else [roles]):
            return NotAllowed(request)
        return RoleMissing(self.address)

    def _why_missing(self, answer: Answer, error: RouteMissing) -> ControlPlaneError:
        """Find out what stands where a collection should be: another dialect, or another program."""
        newer = self._exchange("GET", "/api/applications", {"limit": 1}, None, "")
        known = self._exchange("GET", "/api/servers", {"limit": 1}, None, "")
        if newer.status in {200, 403} or known.status in {200, 403}:
            return UnknownDialect(
                self.address,
                f"{error.detail}; GET /api/applications gave HTTP {newer.status}, GET /api/servers HTTP {known.status}",
            )
        return NotDflow(answer.request, f"a Payload application without dFlow's collections ({error.detail})")


def documents(said: Said, request: str) -> list[dict[str, Any]]:
    """Return the documents of one page of a list."""
    found = said.body.get("docs")
    if not isinstance(found, list):
        raise NotDflow(request, "JSON without the list `docs` that dFlow's collections answer with")
    return [document for document in found if isinstance(document, dict)]
