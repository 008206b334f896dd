"""The protocol of Redis and Valkey: arrays of words, TLS from the first byte or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_drivers.stand_in import StrayError

if TYPE_CHECKING:
    from dflow_drivers.stand_in import Stream

_HELLO = b"*6\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$5\r\n7.4.0\r\n$5\r\nproto\r\n:%d\r\n"
_HELLO_3 = b"%%3\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$5\r\n7.4.0\r\n$5\r\nproto\r\n:%d\r\n"


@dataclass(frozen=True)
class Redis:
    """As https://redis.io/docs/latest/develop/reference/protocol-spec describes requests; noted is who sends `PING`."""

    tls_first = True

    def serve(self, stream: Stream) -> None:
        """Take names, passwords and numbers of databases; note them as soon as they are of use."""
        user = password = ""
        database = "0"
        while True:
            words = _command(stream)
            match words:
                case ["HELLO", version, *rest]:
                    if "AUTH" in rest:
                        at = rest.index("AUTH")
                        user, password = rest[at + 1], rest[at + 2]
                    stream.write((_HELLO_3 if version == "3" else _HELLO) % int(version))
                case ["AUTH", name, secret]:
                    user, password = name, secret
                    stream.write(b"+OK\r\n")
                case ["AUTH", secret]:
                    user, password = "default", secret
                    stream.write(b"+OK\r\n")
                case ["SELECT", number]:
                    database = number
                    stream.write(b"+OK\r\n")
                case ["CLIENT", *_]:
                    stream.write(b"+OK\r\n")
                case ["INFO", *_]:
                    stream.write(b"$11\r\nloading:0\r\n\r\n")
                case ["PING"]:
                    stream.note(user, password, database)
                    stream.write(b"+PONG\r\n")
                case ["QUIT"]:
                    stream.write(b"+OK\r\n")
                    return
                case _:
                    raise StrayError(f"no command that a client begins with: {words[0]}")


def _command(stream: Stream) -> list[str]:
    count = _number(stream, b"*")
    words = []
    for _ in range(count):
        size = _number(stream, b"$")
        words.append(stream.read(size + 2)[:-2].decode())
    return [words[0].upper(), *words[1:]]


def _number(stream: Stream, mark: bytes) -> int:
    line = b""
    while not line.endswith(b"\r\n"):
        line += stream.read(1)
    if not line.startswith(mark):
        raise StrayError(f"{line!r} begins no {mark!r}")
    return int(line[1:-2])
