"""ClickHouse's native protocol: a hello with user, password and database; TLS from the first byte or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_drivers.stand_in import StrayError

if TYPE_CHECKING:
    from dflow_drivers.stand_in import Stream

_REVISION = 54058  # before time zones and names of servers
_HELLO = 0
_PING = 4
_PONG = 4


@dataclass(frozen=True)
class ClickHouse:
    """As https://clickhouse.com/docs/native-protocol/client and `/server` describe it."""

    tls_first = True

    def serve(self, stream: Stream) -> None:
        """Let everybody in, then answer pings."""
        if _number(stream) != _HELLO:
            raise StrayError("the first packet is no hello")
        _text(stream)
        for _ in range(3):
            _number(stream)
        database, user, password = _text(stream), _text(stream), _text(stream)
        stream.note(user, password, database)
        name = b"ClickHouse"
        stream.write(_packed(_HELLO) + _packed(len(name)) + name + _packed(24) + _packed(8) + _packed(_REVISION))
        stream.write(_packed(len(b"UTC")) + b"UTC")
        while True:
            if _number(stream) != _PING:
                raise StrayError("only pings are expected")
            stream.write(_packed(_PONG))


def _number(stream: Stream) -> int:
    found = shift = 0
    while True:
        (byte,) = stream.read(1)
        found |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return found
        shift += 7


def _packed(number: int) -> bytes:
    found = b""
    while number > 0x7F:
        found += bytes([number & 0x7F | 0x80])
        number >>= 7
    return found + bytes([number])


def _text(stream: Stream) -> str:
    return stream.read(_number(stream)).decode()
