"""A connection on its socket: a thread that reads, and whoever has an answer writes."""

from __future__ import annotations

import os
import select
import socket
import threading
from contextlib import suppress

from dflow_provider.importing import IMPORTING
from dflow_provider.plugin.http2.connection import Connection
from dflow_provider.plugin.http2.plain import CHUNK, HungUpError, Plain

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Container

    from dflow_provider.plugin.http2.grpc_messages import Status
    from dflow_provider.plugin.http2.stream import Call
    from dflow_provider.plugin.http2.tls import Secured


class Channel:
    """Serves one client until either side ends it.

    Args:
        peer: the accepted socket, which is closed at the end.
        context: what its client must show; nothing without TLS.
        take: starts a call, and must not wait for it.
        without_request: paths that are answered before their request has ended.
    """

    def __init__(
        self,
        peer: socket.socket,
        context: ssl.SSLContext | None,
        take: Callable[[Channel, Call], None],
        without_request: Container[str] = (),
    ) -> None:
        peer.setblocking(False)  # noqa: FBT003  # a standard method
        self._socket = peer
        self._take = take
        self._wire = Plain() if context is None else _secured(context)
        self._connection = Connection(without_request)
        self._lock = threading.Lock()
        self._unsent = bytearray()
        self._open = True
        self._after: list[Callable[[], None]] = []
        self._awake, self._wake = os.pipe()
        os.set_blocking(self._wake, False)  # a standard function; one byte wakes as well as many

    def serve(self) -> None:
        """Return once the connection is over, however that came."""
        waker = select.poll()
        waker.register(self._awake, select.POLLIN)
        try:
            with suppress(OSError, HungUpError):
                self._flush()
                self._serve(waker)
            with self._lock, suppress(OSError):
                self._send()  # a last word, such as TLS's refusal
        finally:
            self._end()

    def _serve(self, waiting: select.poll) -> None:
        number = self._socket.fileno()
        wanted = 0
        while not (self._connection.over and not self._unsent):
            wants = (0 if self._connection.over else select.POLLIN) | (select.POLLOUT if self._unsent else 0)
            if wants != wanted:
                waiting.register(number, wants)
                wanted = wants
            ready = dict(waiting.poll())
            if self._awake in ready:
                os.read(self._awake, CHUNK)
            if number not in ready:
                continue
            if wants & select.POLLIN == 0 and ready[number] & (select.POLLHUP | select.POLLERR):
                return
            for call in self._receive(bool(wants & select.POLLIN)):
                self._take(self, call)

    def _receive(self, reads: bool) -> list[Call]:  # noqa: FBT001  # private
        try:
            data = self._socket.recv(CHUNK) if reads else None
        except BlockingIOError:
            data = None
        if data == b"":
            raise HungUpError
        with self._lock:
            calls = self._connection.receive(self._wire.receive(data)) if data else []
        self._flush()
        return calls

    def answer(self, call: Call, message: bytes, then: Callable[[], None] | None = None) -> None:
        """Answer a call, from any thread; `then` is called when the answer has left, or the client has."""
        with self._lock:
            self._connection.answer(call, message)
            gone = self._afterwards(then)
        self._flush_elsewhere()
        if then is not None and gone:
            then()

    def conclude(self, call: Call, status: Status, reason: str = "", then: Callable[[], None] | None = None) -> None:
        """Give a call a status instead of an answer, from any thread; `then` is as above."""
        with self._lock:
            self._connection.conclude(call, status, reason)
            gone = self._afterwards(then)
        self._flush_elsewhere()
        if then is not None and gone:
            then()

    def _afterwards(self, then: Callable[[], None] | None) -> bool:
        """Note what to do once everything is sent; say whether that moment is past, because nobody is there."""
        if then is not None and self._open:
            self._after.append(then)
        return not self._open

    def hang_up(self) -> None:
        """End the connection from any thread."""
        with self._lock, suppress(OSError):
            if self._open:
                self._socket.shutdown(socket.SHUT_RDWR)

    def _flush_elsewhere(self) -> None:
        with suppress(OSError):  # the reading thread comes across it too
            self._flush()

    def _flush(self) -> None:
        """Send what can be sent now, and leave the rest to the thread that reads."""
        with self._lock:
            if not self._open:
                return
            self._send()
            if self._unsent:
                with suppress(BlockingIOError):
                    os.write(self._wake, b"\0")
                return
            done = [] if self._connection.answering else self._after
            if done:
                self._after = []
        for then in done:
            then()

    def _send(self) -> None:
        output = self._connection.take_output()
        if output:
            self._wire.send(output)
        self._unsent += self._wire.take_output()
        while self._unsent:
            try:
                sent = self._socket.send(self._unsent)
            except BlockingIOError:
                return
            del self._unsent[:sent]
        self._connection.output_is_sent()

    def _end(self) -> None:
        with self._lock:
            self._open = False
            self._socket.close()
            os.close(self._awake)
            os.close(self._wake)
            after, self._after = self._after, []
        for then in after:
            then()


def _secured(context: ssl.SSLContext) -> Secured:
    with IMPORTING:
        from dflow_provider.plugin.http2.tls import Secured  # noqa: PLC0415  # Terraform uses no TLS with a warm provider

    return Secured(context)
