"""A relay of bytes that treats every answer in a way of its own, for what an HTTP proxy cannot do to one."""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum, auto
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

from dflow_acceptance.listening import Listening

_STATUS_LINE = re.compile(rb"HTTP/1\.1 \d{3}[^\r]*\r\n")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END_OF_HEADERS = b"\r\n\r\n"
_RESET_WHEN_CLOSED = struct.pack("ii", 1, 0)
_SLOW_PIECE = 24
_SLOW_PAUSE_S = 0.02


class Habit(Enum):
    """What a relay does to answers."""

    FAITHFUL = auto()
    SLOW_HEADERS = auto()
    """The headers come in drops."""
    RESET_WHERE_BODY_BREAKS = auto()
    """Where the server stops in the middle of a body, the connection is reset instead of closed."""


@dataclass
class _Answers:
    """The answers on one connection, as far as they have come."""

    habit: Habit
    clock: timedelta | None
    missing: int = 0

    def pass_on(self, piece: bytes, client: socket.socket) -> None:
        status_line = _STATUS_LINE.match(piece)
        if status_line is None:
            self.missing -= len(piece)
            client.sendall(piece)
            return
        headers, _, body = piece.partition(_END_OF_HEADERS)
        length = _LENGTH.search(headers)
        self.missing = (int(length[1]) if length else 0) - len(body)
        if self.clock is not None:
            date = format_datetime(datetime.now(UTC) + self.clock, usegmt=True).encode()
            headers = headers.replace(b"\r\n", b"\r\nDate: " + date + b"\r\n", 1)
        if self.habit is Habit.SLOW_HEADERS:
            for start in range(0, len(headers), _SLOW_PIECE):
                client.sendall(headers[start : start + _SLOW_PIECE])
                time.sleep(_SLOW_PAUSE_S)
            headers = b""
        client.sendall(headers + _END_OF_HEADERS + body)


class _Connection(BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        client: socket.socket = self.request
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        answers = _Answers(self.server.habit, self.server.clock)
        with socket.create_connection(self.server.target) as upstream:
            there = threading.Thread(target=_copy, args=(client, upstream))
            there.start()
            try:
                with suppress(OSError):
                    while piece := upstream.recv(65_536):
                        answers.pass_on(piece, client)
                if answers.missing > 0 and answers.habit is Habit.RESET_WHERE_BODY_BREAKS:
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_WHEN_CLOSED)
                    client.shutdown(socket.SHUT_RD)  # nobody may be waiting on a socket whose close is to reset it
                    there.join()
                    client.close()
            finally:
                for end in (client, upstream):
                    with suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                there.join()


def _copy(client: socket.socket, upstream: socket.socket) -> None:
    with suppress(OSError):
        while piece := client.recv(65_536):
            upstream.sendall(piece)
    with suppress(OSError):
        upstream.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, target: tuple[str, int], habit: Habit, clock: timedelta | None) -> None:
        self.target = target
        self.habit = habit
        self.clock = clock
        super().__init__(("127.0.0.1", 0), _Connection)


class Relay(Listening):
    """Listens on 127.0.0.1 and passes on to a server whose answers come with their headers in one piece."""

    def __init__(self, target: str, habit: Habit, clock: timedelta | None) -> None:
        address = urlsplit(target)
        assert address.hostname is not None
        assert address.port is not None
        super().__init__(_Server((address.hostname, address.port), habit, clock))
