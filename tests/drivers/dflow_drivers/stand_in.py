"""A stand-in for a database, which speaks the beginning of its protocol and notes who logs in."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

LONGEST = 20.0
"""Seconds after which a silent client is given up."""

_HANDSHAKE = b"\x16"


class StrayError(Exception):
    """A client said what the protocol does not have at this point."""


@dataclass(frozen=True)
class Login:
    """What a client said of itself, and whether somebody on the way could read it."""

    encrypted: bool
    user: str
    password: str
    database: str


@dataclass(frozen=True)
class Account:
    """Whom a stand-in knows; where a protocol sends no password, it says whether the proof is this one's."""

    user: str
    password: str


@dataclass
class Stream:
    """One connection, in clear text until TLS is started."""

    raw: socket.socket
    side: ssl.SSLContext | None
    account: Account
    logins: list[Login]
    encrypted: bool = False

    def start_tls(self) -> None:
        """Go on in TLS; raises `ssl.SSLError` or `ConnectionError` where the client does not like the certificate."""
        assert self.side is not None
        self.raw = self.side.wrap_socket(self.raw, server_side=True, do_handshake_on_connect=False)
        self.raw.do_handshake()
        self.encrypted = True

    def read(self, count: int) -> bytes:
        """Return exactly so many bytes."""
        found = b""
        while len(found) < count:
            more = self.raw.recv(count - len(found))
            if not more:
                raise ConnectionResetError("the client has gone")
            found += more
        return found

    def write(self, data: bytes) -> None:
        """Send everything."""
        self.raw.sendall(data)

    def note(self, user: str, password: str, database: str) -> None:
        """Note a login, before the client learns of its success."""
        self.logins.append(Login(self.encrypted, user, password, database))


class Speaks(Protocol):
    """The beginning of a protocol, seen from the server."""

    tls_first: bool
    """Whether TLS is there from the first byte, or asked for within the protocol."""

    def serve(self, stream: Stream) -> None:
        """Talk until the client goes, which ends in `ConnectionError`."""


@dataclass
class StandIn:
    """A server on a free port of 127.0.0.1, with TLS if it has a side of it to show."""

    speaks: Speaks
    side: ssl.SSLContext | None
    account: Account
    _logins: list[Login] = field(default_factory=list)
    _strays: list[Exception] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _open: list[Stream] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.logins()

    def logins(self) -> list[Login]:
        """Close, and return every login there was; raises what a client said out of turn."""
        _close(self._listening)
        self._threads[0].join(LONGEST)  # no connection comes from now on
        for stream in self._open:
            _close(stream.raw)
        for thread in self._threads:
            thread.join(LONGEST)
            assert not thread.is_alive(), "a connection did not end"
        if self._strays:
            raise self._strays[0]
        return self._logins

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type] # any callable
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:  # closed
                return
            connection.settimeout(LONGEST)
            stream = Stream(connection, self.side, self.account, self._logins)
            self._open.append(stream)
            self._start(self._serve, stream)

    def _serve(self, stream: Stream) -> None:
        try:
            if self.speaks.tls_first and self.side is not None:
                stream.start_tls()
            elif self.speaks.tls_first and stream.raw.recv(1, socket.MSG_PEEK) == _HANDSHAKE:
                return  # as servers do that take TLS for nonsense
            self.speaks.serve(stream)
        except OSError:
            pass  # the client has gone, or takes no such certificate
        except Exception as stray:  # noqa: BLE001 - raised again for the test, from `logins`
            self._strays.append(stray)
        finally:
            stream.raw.close()


def _close(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side was faster
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
