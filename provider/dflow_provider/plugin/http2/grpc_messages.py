"""How gRPC writes calls in HTTP/2: a request's headers, messages with a prefix, a status in the trailers."""

from __future__ import annotations

import struct
from enum import IntEnum

from dflow_provider.plugin.http2.hpack import encode

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.plugin.http2.hpack import Header

PREFIX = struct.Struct(">BL")
"""Compressed or not, and the length of the message in bytes."""

CONTENT_TYPE = b"application/grpc"
_PRINTABLE = range(0x20, 0x7F)


class Status(IntEnum):
    """The gRPC statuses this side gives."""

    OK = 0
    UNIMPLEMENTED = 12
    INTERNAL = 13


class Refusal(Exception):  # noqa: N818  # it is an answer
    """A request that gets a status instead of an answer."""

    def __init__(self, status: Status, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class WrongRequest(Exception):  # noqa: N818  # as above
    """A request that is not gRPC, with the HTTP status it gets."""

    def __init__(self, status: bytes) -> None:
        super().__init__(status)
        self.status = status


class MalformedRequestError(ValueError):
    """Headers that HTTP/2 does not allow."""


def path_of(headers: Sequence[Header]) -> str:
    """Return the path of a call; whatever else the headers say, timeouts included, is not looked at.

    Raises:
        MalformedRequestError: not what HTTP/2 allows.
        WrongRequest: another method than POST, or another type than gRPC.
    """
    pseudo: dict[bytes, bytes] = {}
    content_type = b""
    regular = False
    for name, value in headers:
        if name.startswith(b":"):
            if regular or name in pseudo or name not in _PSEUDO_HEADERS:
                raise MalformedRequestError(name)
            pseudo[name] = value
            continue
        regular = True
        if name != name.lower() or not name or name in _CONNECTION_HEADERS:
            raise MalformedRequestError(name)
        if name == b"content-type":
            content_type = value
    path = pseudo.get(b":path", b"")
    if not path or b":method" not in pseudo or b":scheme" not in pseudo:
        raise MalformedRequestError(path)
    if pseudo[b":method"] != b"POST":
        raise WrongRequest(b"405")
    if not content_type.startswith(CONTENT_TYPE):
        raise WrongRequest(b"415")
    return path.decode("ascii", "replace")


_PSEUDO_HEADERS = frozenset((b":method", b":scheme", b":authority", b":path"))
_CONNECTION_HEADERS = frozenset((b"connection", b"proxy-connection", b"keep-alive", b"transfer-encoding", b"upgrade"))


def message_in(body: bytes | bytearray) -> bytes:
    """Return the one message in the body of a request; no message at all is an empty one.

    Raises:
        Refusal: compressed, cut short, or more than one.
    """
    if not body:
        return b""
    if len(body) < PREFIX.size:
        raise Refusal(Status.INTERNAL, f"the request ends within the prefix of its message, after {len(body)} bytes")
    compressed, size = PREFIX.unpack_from(body)
    if compressed:
        raise Refusal(Status.UNIMPLEMENTED, "the request is compressed; this server takes only what is not")
    found = len(body) - PREFIX.size
    if found != size:
        raise Refusal(Status.INTERNAL, f"the request has {found} bytes of message, and announces one of {size}")
    return bytes(memoryview(body)[PREFIX.size :])


def framed(message: bytes) -> bytes:
    """Return a message with its prefix."""
    return PREFIX.pack(0, len(message)) + message


HEAD = encode([(b":status", b"200"), (b"content-type", CONTENT_TYPE)])
"""The headers before an answer."""

TRAILERS = encode([(b"grpc-status", b"0")])
"""The headers after an answer."""


def status_alone(status: Status, reason: str) -> bytes:
    """Return the headers of an answer without a message."""
    message = [(b"grpc-message", percent_encoded(reason))] if reason else []
    return HEAD + encode([(b"grpc-status", b"%d" % status), *message])


def http_status_alone(status: bytes) -> bytes:
    """Return the headers for a request that was not gRPC."""
    return encode([(b":status", status)])


def percent_encoded(text: str) -> bytes:
    """Write a text as gRPC wants it in a header: printable ASCII, everything else and `%` as %XX of UTF-8."""
    raw = text.encode("utf-8", "replace")
    return b"".join(b"%c" % byte if byte in _PRINTABLE and byte != 0x25 else b"%%%02X" % byte for byte in raw)
