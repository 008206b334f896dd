"""One HTTP/2 connection, seen from the server, without a socket: bytes in, calls and bytes out (RFC 9113).

Nothing in here waits or locks; whoever owns a connection sees to it that one thread at a time uses it.
"""

from __future__ import annotations

import struct

from dflow_provider.plugin.http2 import frames, settings
from dflow_provider.plugin.http2.faults import ConnectionFault, ErrorCode, StreamFault
from dflow_provider.plugin.http2.flow import INITIAL_WINDOW, ReceiveWindow, SendWindow
from dflow_provider.plugin.http2.frames import Frame, FrameReader, frame
from dflow_provider.plugin.http2.grpc_messages import (
    HEAD,
    TRAILERS,
    MalformedRequestError,
    Refusal,
    Status,
    WrongRequest,
    framed,
    http_status_alone,
    message_in,
    path_of,
    status_alone,
)
from dflow_provider.plugin.http2.hpack import FORGET, TABLE_SIZE, Decoder
from dflow_provider.plugin.http2.stream import Call, Stream

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Container

MOST_STREAMS = 4096
"""Calls at once on a connection: more than any `-parallelism`, or StopProvider would wait in line at Terraform's."""

MOST_HEADERS = 1 << 16
"""Bytes of headers in one request, compressed or not."""

MOST_FRAGMENTS = 64
"""Frames of one header block."""

MOST_UNREAD_REPLIES = 10_000
"""Replies to PING, SETTINGS and the like that may wait for a client that does not read."""

WINDOW = 4 << 20
"""Bytes of requests under way, for each stream and for the connection."""

LONGEST_PAYLOAD = 1 << 16
"""Bytes of DATA in a frame of ours, if the other side takes that much; calls take turns after each."""

_NUMBER = struct.Struct(">L")
_PING_SIZE = 8


class Connection:
    """A connection to one client.

    Args:
        without_request: paths of calls that are answered at once, whatever else their client has to say.
    """

    def __init__(self, without_request: Container[str] = ()) -> None:
        self.over = False
        """Whether the other side broke the rules; what is left to send says so, and nothing is read any more."""
        self._without_request = without_request
        self._reader = FrameReader()
        self._decoder = Decoder(MOST_HEADERS)
        self._streams: dict[int, Stream] = {}
        self._answers: dict[int, Stream] = {}
        self._calls: list[Call] = []
        self._running = 0
        self._last_stream = 0
        self._greeted = False
        self._block: tuple[Frame, list[bytes]] | None = None
        self._received = ReceiveWindow(WINDOW)
        self._sent = SendWindow(INITIAL_WINDOW)
        self._stream_window = INITIAL_WINDOW
        self._frame_size = frames.MOST_PAYLOAD
        self._forget = b""
        self._output: list[bytes] = []
        self._replies = 0
        own = {
            settings.MAX_CONCURRENT_STREAMS: MOST_STREAMS,
            settings.INITIAL_WINDOW_SIZE: WINDOW,
            settings.MAX_HEADER_LIST_SIZE: MOST_HEADERS,
        }
        self._send(frames.SETTINGS, 0, 0, settings.written(own))
        self._send(frames.WINDOW_UPDATE, 0, 0, _NUMBER.pack(WINDOW - INITIAL_WINDOW))

    @property
    def answering(self) -> bool:
        """Whether an answer waits for the other side to widen a window."""
        return bool(self._answers)

    def take_output(self) -> bytes:
        """Return what is to be sent now."""
        found = b"".join(self._output)
        self._output.clear()
        return found

    def output_is_sent(self) -> None:
        """Hear that everything taken so far has left this process."""
        self._replies = 0

    def receive(self, data: bytes) -> list[Call]:
        """Take in what arrived, and return the calls that are complete now; each must be answered or concluded once."""
        if self.over:
            return []
        try:
            for found in self._reader.feed(data):
                try:
                    self._take(found)
                except StreamFault as fault:
                    self._reset(fault.stream, fault.code)
        except ConnectionFault as fault:
            self.over = True
            payload = _NUMBER.pack(self._last_stream) + _NUMBER.pack(fault.code) + fault.reason.encode()
            self._send(frames.GOAWAY, 0, 0, payload)
            self._streams.clear()
            self._answers.clear()
        calls, self._calls = self._calls, []
        return calls

    def answer(self, call: Call, message: bytes) -> None:
        """Answer a call."""
        self._running -= 1
        stream = self._streams.get(call.stream)
        if stream is None:  # nobody waits for it any more
            return
        self._send_headers(0, call.stream, HEAD)
        stream.answer = memoryview(framed(message))
        self._answers[call.stream] = stream
        self._send_answers()

    def conclude(self, call: Call, status: Status, reason: str = "") -> None:
        """Give a call a status, and no message."""
        self._running -= 1
        if call.stream in self._streams:
            self._end(call.stream, status_alone(status, reason))

    # ---- frames that arrive

    def _take(self, found: Frame) -> None:
        if self._block is not None and (found.kind != frames.CONTINUATION or found.stream != self._block[0].stream):
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "a header block is interrupted")
        if not self._greeted and found.kind != frames.SETTINGS:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "the first frame is not SETTINGS")
        if found.kind < len(_TAKERS):  # RFC 9113 wants frames of other kinds ignored
            _TAKERS[found.kind](self, found)

    def _take_data(self, found: Frame) -> None:
        stream = self._known(found)
        size = len(found.payload)
        self._received.take(size)
        granted = self._received.grant()
        if granted:
            self._send(frames.WINDOW_UPDATE, 0, 0, _NUMBER.pack(granted))
        data = frames.without_padding(found)
        if stream is None:
            return  # sent before its client heard that the call is over
        if stream.heard_out:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "data after the end of a request")
        stream.received.take(size)
        if not stream.called:
            stream.body += data
        if found.flags & frames.END_STREAM:
            self._hear_out(stream)
            return
        granted = stream.received.grant()
        if granted:
            self._send(frames.WINDOW_UPDATE, 0, stream.number, _NUMBER.pack(granted))

    def _take_headers(self, found: Frame) -> None:
        if not found.stream % 2:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, f"HEADERS on stream {found.stream}")
        self._block = (found, [frames.header_block(found)])
        self._finish_block(found)

    def _take_continuation(self, found: Frame) -> None:
        if self._block is None:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "CONTINUATION of nothing")
        fragments = self._block[1]
        fragments.append(found.payload)
        if len(fragments) > MOST_FRAGMENTS or sum(map(len, fragments)) > MOST_HEADERS:
            raise ConnectionFault(ErrorCode.ENHANCE_YOUR_CALM, "too many headers")
        self._finish_block(found)

    def _finish_block(self, last: Frame) -> None:
        if self._block is None or not last.flags & frames.END_HEADERS:
            return
        (first, fragments), self._block = self._block, None
        headers = self._decoder.decode(b"".join(fragments))
        number = first.stream
        ends = bool(first.flags & frames.END_STREAM)
        if number <= self._last_stream:
            self._take_trailers(number, ends=ends)
            return
        self._last_stream = number
        if max(len(self._streams), self._running) >= MOST_STREAMS:
            raise StreamFault(number, ErrorCode.REFUSED_STREAM)
        stream = Stream(number, "", WINDOW, self._stream_window)
        self._streams[number] = stream
        try:
            stream.path = path_of(headers)
        except MalformedRequestError:
            raise StreamFault(number, ErrorCode.PROTOCOL_ERROR) from None
        except WrongRequest as wrong:
            stream.heard_out = ends
            self._end(number, http_status_alone(wrong.status))
            return
        if ends:
            self._hear_out(stream)
        elif stream.path in self._without_request:
            self._call(stream)

    def _take_trailers(self, number: int, *, ends: bool) -> None:
        stream = self._streams.get(number)
        if stream is None:
            return  # sent before its client heard that the call is over
        if stream.heard_out or not ends:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "HEADERS within a request")
        self._hear_out(stream)

    def _take_reset(self, found: Frame) -> None:
        self._known(found)
        _wants_size(found, _NUMBER.size)
        self._streams.pop(found.stream, None)
        self._answers.pop(found.stream, None)

    def _take_settings(self, found: Frame) -> None:
        if found.stream:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "SETTINGS on a stream")
        if found.flags & frames.ACK:
            _wants_size(found, 0)
            return
        self._greeted = True
        for name, value in settings.read(found.payload):
            if name == settings.INITIAL_WINDOW_SIZE:
                self._resize_windows(value)
            elif name == settings.MAX_FRAME_SIZE:
                self._frame_size = min(value, LONGEST_PAYLOAD)
            elif name == settings.HEADER_TABLE_SIZE and value < TABLE_SIZE:
                self._forget = FORGET
        self._reply(frames.SETTINGS, b"")
        self._send_answers()

    def _resize_windows(self, size: int) -> None:
        difference = size - self._stream_window
        self._stream_window = size
        for stream in self._streams.values():
            if not stream.sent.widen(difference):
                raise ConnectionFault(ErrorCode.FLOW_CONTROL_ERROR, "a window of more than 2 GiB")

    def _take_ping(self, found: Frame) -> None:
        if found.stream:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "PING on a stream")
        _wants_size(found, _PING_SIZE)
        if not found.flags & frames.ACK:
            self._reply(frames.PING, found.payload)

    def _take_goodbye(self, found: Frame) -> None:
        if found.stream or len(found.payload) < 2 * _NUMBER.size:
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "malformed GOAWAY")

    def _take_window_update(self, found: Frame) -> None:
        _wants_size(found, _NUMBER.size)
        width = _NUMBER.unpack(found.payload)[0] & 0x7FFF_FFFF
        if not found.stream:
            if not width or not self._sent.widen(width):
                raise ConnectionFault(ErrorCode.FLOW_CONTROL_ERROR, f"a window wider by {width}")
        else:
            stream = self._known(found)
            if not width or (stream is not None and not stream.sent.widen(width)):
                raise StreamFault(found.stream, ErrorCode.FLOW_CONTROL_ERROR)
        self._send_answers()

    def _take_priority(self, found: Frame) -> None:
        """Ignore it, as everyone does by now."""

    def _take_push(self, found: Frame) -> None:
        raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, f"PUSH_PROMISE from a client, on stream {found.stream}")

    def _known(self, found: Frame) -> Stream | None:
        """Return the stream of a frame, or nothing if it is over."""
        stream = self._streams.get(found.stream)
        if stream is None and (found.stream > self._last_stream or not found.stream % 2):
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, f"stream {found.stream} was never opened")
        return stream

    # ---- calls

    def _hear_out(self, stream: Stream) -> None:
        stream.heard_out = True
        if not stream.called:
            self._call(stream)

    def _call(self, stream: Stream) -> None:
        stream.called = True
        try:
            request = message_in(stream.body)
        except Refusal as refusal:
            self._end(stream.number, status_alone(refusal.status, refusal.reason))
            return
        stream.body = bytearray()
        self._running += 1
        self._calls.append(Call(stream.number, stream.path, request))

    # ---- frames to send

    def _send(self, kind: int, flags: int, stream: int, payload: bytes | memoryview) -> None:
        self._output.append(frame(kind, flags, stream, payload))

    def _reply(self, kind: int, payload: bytes) -> None:
        self._replies += 1
        if self._replies > MOST_UNREAD_REPLIES:
            raise ConnectionFault(ErrorCode.ENHANCE_YOUR_CALM, "asks without reading the answers")
        self._send(kind, frames.ACK, 0, payload)

    def _send_headers(self, flags: int, stream: int, block: bytes) -> None:
        self._send(frames.HEADERS, flags | frames.END_HEADERS, stream, self._forget + block)
        self._forget = b""

    def _send_answers(self) -> None:
        """Send as much of the answers as the windows allow, one frame of each in turn."""
        progress = True
        while progress and self._sent.left > 0:
            progress = False
            for stream in list(self._answers.values()):
                progress = self._send_some(stream) or progress

    def _send_some(self, stream: Stream) -> bool:
        rest = stream.answer
        if rest is None:
            return False
        size = min(len(rest), self._frame_size, stream.sent.left, self._sent.left)
        if size <= 0:
            return False
        self._send(frames.DATA, 0, stream.number, rest[:size])
        stream.sent.left -= size
        self._sent.left -= size
        stream.answer = rest[size:]
        if not stream.answer:
            self._end(stream.number, TRAILERS)
        return True

    def _end(self, number: int, block: bytes) -> None:
        """Send the last headers; a client that still speaks is told that nobody listens."""
        self._send_headers(frames.END_STREAM, number, block)
        stream = self._streams.pop(number)
        self._answers.pop(number, None)
        if not stream.heard_out:
            self._send(frames.RST_STREAM, 0, number, _NUMBER.pack(ErrorCode.NO_ERROR))

    def _reset(self, number: int, code: ErrorCode) -> None:
        self._streams.pop(number, None)
        self._answers.pop(number, None)
        self._replies += 1
        if self._replies > MOST_UNREAD_REPLIES:
            raise ConnectionFault(ErrorCode.ENHANCE_YOUR_CALM, "breaks rules without reading what is said of it")
        self._send(frames.RST_STREAM, 0, number, _NUMBER.pack(code))


def _wants_size(found: Frame, size: int) -> None:
    if len(found.payload) != size:
        raise ConnectionFault(ErrorCode.FRAME_SIZE_ERROR, f"frame of kind {found.kind}: {len(found.payload)} bytes")


_TAKERS: tuple[Callable[[Connection, Frame], None], ...] = (  # by the number of the kind
    Connection._take_data,  # noqa: SLF001  # ours
    Connection._take_headers,  # noqa: SLF001
    Connection._take_priority,  # noqa: SLF001
    Connection._take_reset,  # noqa: SLF001
    Connection._take_settings,  # noqa: SLF001
    Connection._take_push,  # noqa: SLF001
    Connection._take_ping,  # noqa: SLF001
    Connection._take_goodbye,  # noqa: SLF001
    Connection._take_window_update,  # noqa: SLF001
    Connection._take_continuation,  # noqa: SLF001
)
