"""The listening half of the fault proxy: one thread per connection, one exchange after the other on it."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Protocol

from dflow_sandbox.faults import Answer, Delay, Fault, Hang, Moment, ReplaceBody, Reset, Truncate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HOP_BY_HOP = frozenset({"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"})
_RESET_WHEN_CLOSED = struct.pack("ii", 1, 0)
_SERVER_TIMEOUT_SECONDS = 120


class Recorder(Protocol):
    """Is told of every exchange once it is clear how it ends, before the client can see the end."""

    def __call__(self, method: str, path: str, body: bytes, *, status: int | None, forwarded: bool) -> None:
        """Remembers the exchange."""


@dataclass(frozen=True)
class ServerAnswer:
    """A complete answer of the server."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class ProxyServer(ThreadingHTTPServer):
    """Accepts connections on a free port of 127.0.0.1."""

    daemon_threads = False  # closing waits for the exchanges in progress
    request_queue_size = 128

    def __init__(self, target: str, *, fault_for: Callable[[str, str, bytes], Fault | None], record: Recorder) -> None:
        self.fault_for = fault_for
        self.record = record
        self.closing = threading.Event()
        self._target = target
        self._connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Exchange)

    def forward(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> ServerAnswer:
        """Asks the server behind the proxy."""
        connection = http.client.HTTPConnection(self._target, timeout=_SERVER_TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            headers_kept = tuple(each for each in response.getheaders() if each[0].lower() not in _HOP_BY_HOP)
            return ServerAnswer(response.status, headers_kept, response.read())
        finally:
            connection.close()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        """Accepts a connection and remembers it for `drop_connections`."""
        connection, address = super().get_request()
        self._connections = {each for each in self._connections if each.fileno() >= 0} | {connection}
        return connection, address

    def drop_connections(self) -> None:
        """Ends delays and wakes the threads that wait for another request on an idle connection."""
        self.closing.set()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave in one piece
    server: ProxyServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Nothing is logged: tests look at `requests`."""

    def handle(self) -> None:
        with suppress(ConnectionError):  # the client left, which is its right
            super().handle()

    def _exchange(self) -> None:
        body = self._read_body()
        fault = self.server.fault_for(self.command, self.path, body)
        if not self._before(fault, body):
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
        try:
            answer = self.server.forward(self.command, self.path, {**headers, "Connection": "close"}, body)
        except (OSError, http.client.HTTPException):
            self._record(body, status=None, forwarded=True)
            self._reset()
            return
        self._after(fault, body, answer)

    def _before(self, fault: Fault | None, body: bytes) -> bool:
        """What happens before the server is asked; returns whether it shall be."""
        match fault:
            case Delay(seconds, Moment.BEFORE):
                self.server.closing.wait(seconds)
            case Hang(Moment.BEFORE):
                fault.hang()
            case Reset(Moment.BEFORE):
                self._record(body, status=None, forwarded=False)
                self._reset()
                return False
            case Answer(status, headers, content, Moment.BEFORE):
                self._record(body, status=status, forwarded=False)
                self._send(ServerAnswer(status, tuple(headers.items()), content))
                return False
            case _:
                pass
        return True

    def _after(self, fault: Fault | None, body: bytes, answer: ServerAnswer) -> None:
        match fault:
            case Delay(seconds, Moment.AFTER):
                self.server.closing.wait(seconds)
            case Hang(Moment.AFTER):
                fault.hang()
            case Reset(Moment.AFTER):
                self._record(body, status=None, forwarded=True)
                self._reset()
                return
            case Truncate(after_bytes):
                self._record(body, status=None, forwarded=True)
                self._send(answer, only=after_bytes)
                return
            case Answer(status, headers, content, Moment.AFTER):
                answer = ServerAnswer(status, tuple(headers.items()), content)
            case ReplaceBody(content, content_type):
                answer = ServerAnswer(answer.status, (("Content-Type", content_type),), content)
            case _:
                pass
        self._record(body, status=answer.status, forwarded=True)
        self._send(answer)

    def _read_body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        chunks = []
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():  # trailers
            pass
        return b"".join(chunks)

    def _send(self, answer: ServerAnswer, *, only: int | None = None) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status not in {204, 304}:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body[:only])
        self.wfile.flush()
        if only is not None:
            self.close_connection = True

    def _record(self, body: bytes, *, status: int | None, forwarded: bool) -> None:
        self.server.record(self.command, self.path, body, status=status, forwarded=forwarded)

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_WHEN_CLOSED)
        self.connection.close()  # takes effect once the two files made from it are closed, right after this
        self.close_connection = True

    do_DELETE = do_GET = do_HEAD = do_OPTIONS = do_PATCH = do_POST = do_PUT = _exchange  # noqa: N815  # http.server's names
