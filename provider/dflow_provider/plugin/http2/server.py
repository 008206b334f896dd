"""A gRPC server on a unix socket, without gRPC: calls with one request and one response."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from dflow_provider.plugin.http2.channel import Channel
from dflow_provider.plugin.http2.grpc_messages import Status
from dflow_provider.plugin.http2.workers import Workers

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from dflow_provider.plugin.http2.stream import Call

_PROVIDER = "/tfplugin6.Provider/"
_SHUTDOWN = "/plugin.GRPCController/Shutdown"
_HEALTH = "/grpc.health.v1.Health/Check"
_SERVING = b"\x08\x01"
"""A HealthCheckResponse with status SERVING."""

_STREAMS = frozenset(("/plugin.GRPCStdio/StreamStdio", "/plugin.GRPCBroker/StartStream"))
"""Streams that go-plugin, which Terraform starts providers with, opens to any plugin: there is nothing to say on them,
and one that waited would hold a thread for as long as the process lives."""

_AT_ONCE = frozenset(
    f"{_PROVIDER}{name}"
    for name in (
        "GetMetadata",
        "GetProviderSchema",
        "GetResourceIdentitySchemas",
        "GetFunctions",
        "ValidateProviderConfig",
        "ValidateResourceConfig",
        "ValidateDataResourceConfig",
        "ValidateEphemeralResourceConfig",
        "UpgradeResourceState",
        "UpgradeResourceIdentity",
        "StopProvider",
    )
)
"""Calls that only compute: handing them to another thread would cost more than they do."""

BACKLOG = 128
NO_MORE_FILES_S = 0.1
"""How long to wait before accepting again when that failed."""


def _nothing(_: str) -> None:
    return None


class Dispatcher:
    """Gives each call to what answers it.

    Args:
        answer: takes the path of a call and the request, and returns nothing for a call it does not know.
        ended: called once Terraform has its answer to Shutdown.
        begin: takes the path of a call that is about to be answered, and may return a function, which is called when
            the answer has left, or the client has.
    """

    def __init__(
        self,
        answer: Callable[[str, bytes], bytes | None],
        ended: Callable[[], None],
        begin: Callable[[str], Callable[[], None] | None] = _nothing,
    ) -> None:
        self._answer = answer
        self._ended = ended
        self._begin = begin
        self._workers = Workers()

    def serve(self, peer: socket.socket, context: ssl.SSLContext | None) -> None:
        """Serve one accepted connection, to its end."""
        self.channel(peer, context).serve()

    def channel(self, peer: socket.socket, context: ssl.SSLContext | None) -> Channel:
        """Return a channel that gives its calls to this."""
        return Channel(peer, context, self._take, _STREAMS)

    def close(self) -> None:
        """Let the threads end."""
        self._workers.close()

    def _take(self, channel: Channel, call: Call) -> None:
        if call.path == _SHUTDOWN:
            channel.answer(call, b"", self._ended)
        elif call.path == _HEALTH:
            channel.answer(call, _SERVING)
        elif call.path in _STREAMS:
            channel.conclude(call, Status.OK)
        elif call.path in _AT_ONCE:
            self._work(channel, call)
        else:
            self._workers.run(lambda: self._work(channel, call))

    def _work(self, channel: Channel, call: Call) -> None:
        over = self._begin(call.path)
        try:
            answer = self._answer(call.path, call.request)
        except Exception as error:  # noqa: BLE001  # a thread that ends without an answer leaves Terraform waiting
            channel.conclude(call, Status.INTERNAL, f"{type(error).__name__} in {call.path}", over)
            return
        if answer is None:
            channel.conclude(call, Status.UNIMPLEMENTED, f"no call {call.path}", over)
        else:
            channel.answer(call, answer, over)


class Server:
    """A server for one socket; with `context` for those only who show what it demands."""

    def __init__(self, path: str, context: ssl.SSLContext | None) -> None:
        self._context = context
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._lock = threading.Lock()
        self._channels: set[Channel] | None = set()
        self._dispatcher: Dispatcher | None = None

    def start(
        self,
        answer: Callable[[str, bytes], bytes | None],
        ended: Callable[[], None],
        begin: Callable[[str], Callable[[], None] | None] = _nothing,
    ) -> None:
        """Serve until the process ends; the arguments are those of a Dispatcher."""
        self._dispatcher = Dispatcher(answer, ended, begin)
        self._listener.listen(BACKLOG)
        threading.Thread(target=self._accept, args=(self._dispatcher,), daemon=True).start()

    def close(self) -> None:
        """Stop listening and cut every connection; calls that run are left to finish unheard."""
        with self._lock:
            channels, self._channels = self._channels or set(), None
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        self._listener.close()
        for channel in channels:
            channel.hang_up()
        if self._dispatcher is not None:
            self._dispatcher.close()

    def _accept(self, dispatcher: Dispatcher) -> None:
        pause = threading.Event()
        while self._channels is not None:
            try:
                peer, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(peer, dispatcher), daemon=True).start()
            except (OSError, RuntimeError):  # closed; or no file or thread left, which passes
                pause.wait(NO_MORE_FILES_S)

    def _serve(self, peer: socket.socket, dispatcher: Dispatcher) -> None:
        try:
            channel = dispatcher.channel(peer, self._context)
        except OSError:  # no file left
            peer.close()
            return
        with self._lock:
            if self._channels is None:
                channel.hang_up()
            else:
                self._channels.add(channel)
        channel.serve()
        with self._lock:
            if self._channels is not None:
                self._channels.discard(channel)
