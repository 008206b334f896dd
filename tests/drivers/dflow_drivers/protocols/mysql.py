"""MySQL's protocol 10: a greeting, TLS on request, a login with `caching_sha2_password`."""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_drivers.stand_in import StrayError

if TYPE_CHECKING:
    from dflow_drivers.stand_in import Stream

_WITH_DATABASE = 1 << 3
_TLS = 1 << 11
_SECURE = 1 << 15
_PLUGIN = 1 << 19
_LENGTHS = 1 << 21
_OFFERED = 1 | 1 << 2 | _WITH_DATABASE | 1 << 9 | 1 << 13 | _SECURE | _PLUGIN | _LENGTHS
_NONCE = b"abcdefghijklmnopqrst"
_SHA2 = b"caching_sha2_password"
_END = b"\xfe\x00\x00\x02\x00"
_OK = b"\x00\x00\x00\x02\x00\x00\x00"


@dataclass(frozen=True)
class MySql:
    """As https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html describes it."""

    tls_first = False

    def serve(self, stream: Stream) -> None:
        """Let everybody in, note whether the proof was made with the account's password, and tell variables."""
        offered = _OFFERED | (_TLS if stream.side is not None else 0)
        _write(stream, 0, _greeting(offered))
        number, body = _read(stream)
        (wanted,) = struct.unpack("<I", body[:4])
        if wanted & _TLS:
            if stream.side is None or len(body) != 32:
                raise StrayError("TLS was asked for where none is offered, or together with the login")
            stream.start_tls()
            number, body = _read(stream)
            (wanted,) = struct.unpack("<I", body[:4])
        user, proof, database, plugin = _login(wanted, body[32:])
        if plugin != _SHA2:
            _write(stream, number + 1, b"\xfe" + _SHA2 + b"\0" + _NONCE + b"\0")
            number, proof = _read(stream)
        right = proof == _proof(stream.account.password)
        stream.note(user, stream.account.password if right else "(another)", database)
        _write(stream, number + 1, b"\x01\x03")  # the password is cached, and the proof is right
        _write(stream, number + 2, _OK)
        while True:
            _, body = _read(stream)
            if body == b"\x01":
                return
            if body.startswith(b"\x03SELECT"):
                _answer(stream, re.findall(rb"@@(\w+)", body))
            else:
                _write(stream, 1, _OK)


def _greeting(offered: int) -> bytes:
    return (
        b"\x0a8.4.0\0"
        + struct.pack("<I", 1)
        + _NONCE[:8]
        + b"\0"
        + struct.pack("<H", offered & 0xFFFF)
        + b"\xff"
        + struct.pack("<HH", 2, offered >> 16)
        + bytes([len(_NONCE) + 1])
        + bytes(10)
        + _NONCE[8:]
        + b"\0"
        + _SHA2
        + b"\0"
    )


def _login(wanted: int, body: bytes) -> tuple[str, bytes, str, bytes]:
    user, _, rest = body.partition(b"\0")
    if rest[0] >= 0xFB:
        raise StrayError("the proof is longer than any that the plugin makes")
    proof, rest = rest[1 : 1 + rest[0]], rest[1 + rest[0] :]
    database, _, rest = rest.partition(b"\0") if wanted & _WITH_DATABASE else (b"", b"", rest)
    plugin = rest.partition(b"\0")[0] if wanted & _PLUGIN else b""
    return user.decode(), proof, database.decode(), plugin


def _proof(password: str) -> bytes:
    once = hashlib.sha256(password.encode()).digest()
    mask = hashlib.sha256(hashlib.sha256(once).digest() + _NONCE).digest()
    return bytes(left ^ right for left, right in zip(once, mask, strict=True))


def _answer(stream: Stream, names: list[bytes]) -> None:
    """Tell the values of variables, in one row; all that matters of them is that they are numbers or zones of time."""
    columns = [b"\x03def\0\0\0" + _text(name) + b"\0\x0c!\0\xff\0\0\0\xfd\0\0\0\0\0" for name in names]
    row = b"".join(_text(b"SYSTEM" if name.endswith(b"zone") else b"1048576") for name in names)
    for number, body in enumerate([bytes([len(names)]), *columns, _END, row, _END], start=1):
        _write(stream, number, body)


def _text(value: bytes) -> bytes:
    return bytes([len(value)]) + value


def _write(stream: Stream, number: int, body: bytes) -> None:
    stream.write(struct.pack("<I", len(body))[:3] + bytes([number]) + body)


def _read(stream: Stream) -> tuple[int, bytes]:
    head = stream.read(4)
    return head[3], stream.read(int.from_bytes(head[:3], "little"))
