"""A client that says exactly what a test wants, well-formed or not."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import pytest

from dflow_provider.plugin.http2 import frames
from dflow_provider.plugin.http2.connection import Connection
from dflow_provider.plugin.http2.frames import PREFACE, Frame, frame
from dflow_provider.plugin.http2.hpack import Decoder, encode

PATH = "/tfplugin6.Provider/Echo"


def parsed(data: bytes) -> list[Frame]:
    """Cut the server's bytes into frames, of any size."""
    found = []
    while data:
        size = int.from_bytes(data[:3], "big")
        found.append(
            Frame(data[3], data[4], int.from_bytes(data[5:9], "big"), data[9 : 9 + size]),
        )
        assert len(found[-1].payload) == size
        data = data[9 + size :]
    return found


def request_headers(path: str = PATH, **changed: str | None) -> bytes:
    """Return a header block; a change to None leaves a header out."""
    headers = {
        ":method": "POST",
        ":scheme": "http",
        ":path": path,
        ":authority": "localhost",
        "content-type": "application/grpc",
        "te": "trailers",
        "grpc-timeout": "10S",
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    return encode([(name.encode(), value.encode()) for name, value in headers.items() if value is not None])


def message(content: bytes, compressed: int = 0) -> bytes:
    """Return a message with gRPC's prefix."""
    return struct.pack(">BL", compressed, len(content)) + content


@dataclass
class Client:
    """A client of a connection, without a socket between them."""

    connection: Connection = field(default_factory=lambda: Connection({"/stream"}))
    heard: list[Frame] = field(default_factory=list)
    calls: list = field(default_factory=list)
    decoder: Decoder = field(default_factory=lambda: Decoder(1 << 20))

    def say(self, *data: bytes) -> list[Frame]:
        """Send bytes and return the frames that come back at once."""
        self.calls += self.connection.receive(b"".join(data))
        return self.listen()

    def listen(self) -> list[Frame]:
        """Return the frames that the server has to send now."""
        found = parsed(self.connection.take_output())
        self.heard += found
        return found

    def greet(self, settings: bytes = b"") -> None:
        """Say hello."""
        self.say(PREFACE, frame(frames.SETTINGS, 0, 0, settings))

    def ask(self, stream: int, content: bytes = b"", path: str = PATH) -> list[Frame]:
        """Make a whole request in frames that fit into every window."""
        body = message(content)
        return self.say(
            frame(frames.HEADERS, frames.END_HEADERS, stream, request_headers(path)),
            frame(frames.DATA, frames.END_STREAM, stream, body),
        )

    def of(self, kind: int, stream: int) -> list[Frame]:
        """Return what was heard of a kind on a stream."""
        return [one for one in self.heard if one.kind == kind and one.stream == stream]

    def data(self, stream: int) -> bytes:
        """Return the data that was heard on a stream."""
        return b"".join(one.payload for one in self.of(frames.DATA, stream))

    def headers(self, stream: int) -> list[dict[str, str]]:
        """Return the header blocks that were heard on a stream."""
        return [
            {name.decode(): value.decode() for name, value in self.decoder.decode(one.payload)}
            for one in self.of(frames.HEADERS, stream)
        ]

    def goodbye(self) -> tuple[int, str] | None:
        """Return the code and the reason of a GOAWAY."""
        found = self.of(frames.GOAWAY, 0)
        return (int.from_bytes(found[-1].payload[4:8], "big"), found[-1].payload[8:].decode()) if found else None

    def reset(self, stream: int) -> int | None:
        """Return the code of a RST_STREAM."""
        found = self.of(frames.RST_STREAM, stream)
        return int.from_bytes(found[-1].payload, "big") if found else None


@pytest.fixture
def stranger() -> Client:
    """A client that has said nothing."""
    return Client()


@pytest.fixture
def client() -> Client:
    """A client that has said hello."""
    made = Client()
    made.greet()
    return made


@pytest.fixture
def headers_of():
    """Writes a header block of a request."""
    return request_headers


@pytest.fixture
def message_of():
    """Writes a message with its prefix."""
    return message


@pytest.fixture
def new_client():
    """Makes more clients."""
    return Client
