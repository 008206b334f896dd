"""An HTTP proxy that breaks chosen exchanges on the wire."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from dflow_sandbox.fault_script import FaultScript, RequestPattern
from dflow_sandbox.faults import Fault, Hang
from dflow_sandbox.proxy_server import ProxyServer


@dataclass(frozen=True)
class SeenRequest:
    """A request that came in. Bodies may hold secrets, so they are kept out of the representation.

    Attributes:
        method: As sent.
        path: As sent, with the query.
        body: As sent.
        status: What the client was answered with; None when no complete answer was sent.
        forwarded: Whether the server got to see it.
    """

    method: str
    path: str
    status: int | None
    forwarded: bool
    body: bytes = field(repr=False)


class FaultProxy:
    """Listens on 127.0.0.1 and forwards to one server. A context manager: listening starts and ends with it.

    Example:
        with FaultProxy(sandbox.endpoint) as proxy:
            lost = proxy.script(Reset(Moment.AFTER), method="POST", path="^/api/services")
    """

    def __init__(self, target: str) -> None:
        address = urlsplit(target)
        if address.scheme != "http" or not address.netloc:
            raise ValueError(f"a fault proxy forwards to http://host:port, not to {target!r}")
        self._lock = threading.Lock()
        self._scripts: list[FaultScript] = []
        self._requests: list[SeenRequest] = []
        self._server = ProxyServer(address.netloc, fault_for=self._fault_for, record=self._record)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def endpoint(self) -> str:
        """Base URL to give to the client."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def requests(self) -> tuple[SeenRequest, ...]:
        """Every request whose exchange is over, in that order."""
        with self._lock:
            return tuple(self._requests)

    def script(
        self,
        fault: Fault,
        *,
        method: str | None = None,
        path: str = "",
        body: bytes = b"",
        skip: int = 0,
        times: int | None = 1,
    ) -> FaultScript:
        """Plans a fault. Of several that fit a request, the one planned first befalls it.

        Args:
            fault: What shall happen.
            method: Only to requests with this method; absent: any.
            path: Only where this regular expression is found in path and query.
            body: Only where the request's body contains this.
            skip: How many fitting requests to let pass first.
            times: How many requests it befalls after that; None: all of them.
        """
        planned = FaultScript(fault, RequestPattern(method, re.compile(path), body), skip=skip, times=times)
        with self._lock:
            self._scripts.append(planned)
        return planned

    def clear(self) -> None:
        """Forgets the planned faults and the requests seen; what hangs is released."""
        with self._lock:
            scripts, self._scripts, self._requests = self._scripts, [], []
        for script in scripts:
            if isinstance(script.fault, Hang):
                script.fault.release()

    def close(self) -> None:
        """Stops listening, releases what hangs, drops open connections and waits for all of it."""
        self.clear()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.drop_connections()
        self._server.server_close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _fault_for(self, method: str, path: str, body: bytes) -> Fault | None:
        with self._lock:
            return next((each.fault for each in self._scripts if each.claims(method, path, body)), None)

    def _record(self, method: str, path: str, body: bytes, *, status: int | None, forwarded: bool) -> None:
        with self._lock:
            self._requests.append(SeenRequest(method, path, status, forwarded, body))
