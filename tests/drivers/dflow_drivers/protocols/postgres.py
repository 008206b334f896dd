"""PostgreSQL's protocol 3.0: TLS on request, a password in the clear of whatever carries it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_drivers.stand_in import StrayError

if TYPE_CHECKING:
    from dflow_drivers.stand_in import Stream

_TLS_REQUEST = 80877103
_GSS_REQUEST = 80877104
_VERSION = 3
_KNOWN = {"user", "database", "client_encoding", "application_name", "DateStyle", "TimeZone", "extra_float_digits"}
_SETTINGS = {
    "server_version": "17.2",
    "server_encoding": "UTF8",
    "client_encoding": "UTF8",
    "DateStyle": "ISO, MDY",
    "integer_datetimes": "on",
    "standard_conforming_strings": "on",
    "TimeZone": "UTC",
}


@dataclass(frozen=True)
class Postgres:
    """As https://www.postgresql.org/docs/17/protocol-flow.html describes the start-up."""

    tls_first = False

    def serve(self, stream: Stream) -> None:
        """Let everybody in who sends a password, then take settings, and answer queries with nothing."""
        facts = self._start_up(stream)
        stream.write(_message(b"R", struct.pack("!i", 3)))
        kind, body = _read(stream)
        if kind != b"p" or not body.endswith(b"\0"):
            raise StrayError(f"a password was asked for, and {kind!r} came")
        if set(facts) - _KNOWN:
            raise StrayError(f"parameters that a server refuses as unknown: {sorted(set(facts) - _KNOWN)}")
        stream.note(facts["user"], body[:-1].decode(), facts.get("database", facts["user"]))
        stream.write(_message(b"R", struct.pack("!i", 0)))
        for name, value in _SETTINGS.items():
            stream.write(_message(b"S", f"{name}\0{value}\0".encode()))
        stream.write(_message(b"K", struct.pack("!ii", 1, 1)) + _READY)
        while True:
            kind, _ = _read(stream)
            if kind == b"X":
                return
            if kind not in _ANSWERS:
                raise StrayError(f"{kind!r} came, and only settings and empty queries are expected")
            stream.write(_ANSWERS[kind])

    def _start_up(self, stream: Stream) -> dict[str, str]:
        while True:
            (length,) = struct.unpack("!i", stream.read(4))
            body = stream.read(length - 4)
            (code,) = struct.unpack("!i", body[:4])
            if code == _TLS_REQUEST and stream.side is not None:
                stream.write(b"S")
                stream.start_tls()
            elif code in {_TLS_REQUEST, _GSS_REQUEST}:
                stream.write(b"N")
            elif code >> 16 == _VERSION:
                parts = body[4:].rstrip(b"\0").decode().split("\0")
                return dict(zip(parts[::2], parts[1::2], strict=True))
            else:
                raise StrayError(f"{code} is no start of a connection")


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


_READY = _message(b"Z", b"I")
_ANSWERS = {
    b"Q": _message(b"I", b"") + _READY,
    b"P": _message(b"1", b""),
    b"B": _message(b"2", b""),
    b"D": _message(b"n", b""),
    b"E": _message(b"C", b"SET\0"),
    b"S": _READY,
}
"""What is said to each message once somebody has logged in: that a setting was taken, or that a query was empty."""


def _read(stream: Stream) -> tuple[bytes, bytes]:
    kind = stream.read(1)
    (length,) = struct.unpack("!i", stream.read(4))
    return kind, stream.read(length - 4)
