"""One call on a connection, from its headers to the end of its answer."""

from __future__ import annotations

from dflow_provider.plugin.http2.flow import ReceiveWindow, SendWindow


class Call:
    """A request that arrived wholly."""

    __slots__ = ("path", "request", "stream")

    def __init__(self, stream: int, path: str, request: bytes) -> None:
        self.stream = stream
        self.path = path
        self.request = request


class Stream:
    """What is known of a call that is not over."""

    def __init__(self, number: int, path: str, receive_window: int, send_window: int) -> None:
        self.number = number
        self.path = path
        self.body = bytearray()
        self.called = False
        """Whether the call was passed on; what still arrives is thrown away."""
        self.heard_out = False
        """Whether the other side has said all it has to say."""
        self.received = ReceiveWindow(receive_window)
        self.sent = SendWindow(send_window)
        self.answer: memoryview | None = None
        """The rest of the answer; nothing before there is one."""
