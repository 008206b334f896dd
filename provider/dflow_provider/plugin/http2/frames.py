"""HTTP/2 frames: nine bytes of header, then the payload (RFC 9113, sections 4 and 6)."""

from __future__ import annotations

import struct

from dflow_provider.plugin.http2.faults import ConnectionFault, ErrorCode

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterator

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
"""What a client says first."""

MOST_PAYLOAD = 1 << 14
"""The longest payload we accept, in bytes; RFC 9113 wants no less."""

# Plain numbers: they are compared several times for each frame.
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)

END_STREAM = ACK = 0x01
END_HEADERS = 0x04
PADDED = 0x08
PRIORITIZED = 0x20

_HEADER = struct.Struct(">HBBBL")
_HEADER_SIZE = 9
_STREAM_BITS = 0x7FFF_FFFF
_PRIORITY_SIZE = 5


class Frame:
    """One frame; `kind` may be one that nobody knows."""

    __slots__ = ("flags", "kind", "payload", "stream")

    def __init__(self, kind: int, flags: int, stream: int, payload: bytes) -> None:
        self.kind = kind
        self.flags = flags
        self.stream = stream
        self.payload = payload


def frame(kind: int, flags: int, stream: int, payload: bytes | memoryview = b"") -> bytes:
    """Write a frame."""
    size = len(payload)
    return _HEADER.pack(size >> 8, size & 0xFF, kind, flags, stream) + payload


class FrameReader:
    """Cuts what arrives into the client's preface and frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._missing = PREFACE

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Yield the frames that are complete now.

        Raises:
            ConnectionFault: no preface, or a frame longer than we accept.
        """
        buffer = self._buffer
        buffer += data
        if self._missing:
            self._read_preface()
        start, end = 0, len(buffer)
        try:
            while end - start >= _HEADER_SIZE:
                high, low, kind, flags, stream = _HEADER.unpack_from(buffer, start)
                size = high << 8 | low
                if size > MOST_PAYLOAD:
                    raise ConnectionFault(ErrorCode.FRAME_SIZE_ERROR, f"a frame of {size} bytes")
                first = start + _HEADER_SIZE
                if end - first < size:
                    return
                start = first + size
                yield Frame(kind, flags, stream & _STREAM_BITS, bytes(buffer[first:start]))
        finally:
            del buffer[:start]

    def _read_preface(self) -> None:
        found = bytes(self._buffer[: len(self._missing)])
        if not self._missing.startswith(found):
            raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "no HTTP/2 preface")
        self._missing = self._missing[len(found) :]
        del self._buffer[: len(found)]


def without_padding(found: Frame) -> bytes:
    """Return the payload of a DATA or HEADERS frame without its padding.

    Raises:
        ConnectionFault: more padding than payload.
    """
    payload = found.payload
    if not found.flags & PADDED:
        return payload
    if not payload or payload[0] >= len(payload):
        raise ConnectionFault(ErrorCode.PROTOCOL_ERROR, "more padding than payload")
    return payload[1 : len(payload) - payload[0]]


def header_block(found: Frame) -> bytes:
    """Return the fragment of a header block in a HEADERS frame, without padding and priority.

    Raises:
        ConnectionFault: the frame is too short for what its flags announce.
    """
    fragment = without_padding(found)
    if not found.flags & PRIORITIZED:
        return fragment
    if len(fragment) < _PRIORITY_SIZE:
        raise ConnectionFault(ErrorCode.FRAME_SIZE_ERROR, "HEADERS too short for its priority")
    return fragment[_PRIORITY_SIZE:]
