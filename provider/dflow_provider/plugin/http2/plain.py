"""Nothing between a connection's bytes and its socket, and what that has in common with TLS."""

from __future__ import annotations

CHUNK = 1 << 16
"""Bytes that are read at a time."""


class HungUpError(Exception):
    """The other side has ended the connection, or may not have one."""


class Plain:
    """No TLS: the client starts with HTTP/2 right away."""

    def __init__(self) -> None:
        self._output: list[bytes] = []

    def receive(self, data: bytes) -> bytes:
        """Return what is in received bytes."""
        return data

    def send(self, data: bytes) -> None:
        """Take bytes to send."""
        self._output.append(data)

    def take_output(self) -> bytes:
        """Return what the socket is to send."""
        found = b"".join(self._output)
        self._output.clear()
        return found
