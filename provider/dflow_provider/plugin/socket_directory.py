"""A directory for one socket, that nobody else can enter."""

from __future__ import annotations

import os
import socket
import stat
import time
from contextlib import suppress

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "dflow-provider-"
SOCKET = "socket"
LONGEST_PATH = 100
"""Bytes; the kernel's limit for the path of a socket is 104 on macOS and 108 on Linux."""

STARTUP_S = 60
"""A directory this young may belong to a provider that has not opened its socket yet."""


class SocketDirectory:
    """A fresh directory with mode 0700."""

    def __init__(self, path: str) -> None:
        self.path = path

    @classmethod
    def create(cls, parent: str) -> SocketDirectory:
        """Make one below `parent`, or below /tmp where that would be too long for a socket.

        Raises:
            OSError: it cannot be made there.
        """
        name = f"{PREFIX}{os.getpid()}-{os.urandom(6).hex()}"
        if len(os.fsencode(f"{parent}/{name}/{SOCKET}")) > LONGEST_PATH:
            parent = "/tmp"  # noqa: S108  # the directory made in it is fresh and private
        path = f"{parent}/{name}"
        os.mkdir(path, 0o700)  # noqa: PTH102  # pathlib would cost 5 ms at each start
        return cls(path)

    @property
    def socket(self) -> str:
        """The path of the socket in it."""
        return f"{self.path}/{SOCKET}"

    @property
    def parent(self) -> str:
        """The folder it was made in."""
        return self.path.rpartition("/")[0]

    def remove(self) -> None:
        """Remove it with everything in it; gone already is as good."""
        with suppress(OSError):
            for entry in os.listdir(self.path):  # noqa: PTH208  # pathlib would cost 5 ms at each start
                os.unlink(f"{self.path}/{entry}")  # noqa: PTH108  # pathlib would cost 5 ms at each start
            os.rmdir(self.path)  # noqa: PTH106  # pathlib would cost 5 ms at each start


def sweep(parent: str) -> None:
    """Remove what providers left behind that were killed: directories of ours in which nobody listens."""
    for path in list(_ours(parent)):
        if not _in_use(path):
            SocketDirectory(path).remove()


def _ours(parent: str) -> Iterator[str]:
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and _is_stale_candidate(entry):
                yield entry.path


def _is_stale_candidate(entry: os.DirEntry[str]) -> bool:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return mine and found.st_mtime < time.time() - STARTUP_S


def _in_use(path: str) -> bool:
    """Knock at the socket: a process id would say nothing about another container that shares the directory."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
        try:
            knock.connect(f"{path}/{SOCKET}")
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:
            return True
    return True
