"""A PostgreSQL server of a test's own, on a free port of 127.0.0.1 and gone with the test."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_acceptance.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPRIVILEGED = "nobody"
"""Whom the server runs as where the tests run as root, for which PostgreSQL refuses to."""


class PostgresMissingError(Exception):
    """What is missing here, as a reason to skip a test."""


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server with an empty database and give its connection string.

    Raises:
        PostgresMissingError: there is no PostgreSQL on this machine, or nobody it could run as.
    """
    programs, user = _programs(), _user()
    directory = Path(tempfile.mkdtemp(prefix="dflow-pg-"))  # not below pytest's, which is closed to other users
    try:
        os.chown(directory, user.pw_uid, user.pw_gid)
        data = directory / "data"
        made = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "dflow", "-A", "trust", "--no-sync", "--no-instructions"],
            **_as(user, directory),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if made.returncode:
            raise PostgresMissingError(f"initdb failed: {made.stdout}")
        yield from _serving(programs, data, user, directory)
    finally:
        shutil.rmtree(directory)


def _serving(programs: Path, data: Path, user: pwd.struct_passwd, directory: Path) -> Iterator[str]:
    port = _free_port()
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "port": str(port)}
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (directory / "log").open("wb") as log:
        server = subprocess.Popen([programs / "postgres", "-D", data, *words], **_as(user, directory), stderr=log)
    try:
        ask = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-t", "1"]
        wait_until(
            lambda: server.poll() is not None or subprocess.run(ask, check=False).returncode == 0,
            "PostgreSQL takes connections",
        )
        assert server.poll() is None, (directory / "log").read_text()
        yield f"postgres://dflow@127.0.0.1:{port}/postgres?sslmode=disable"
    finally:
        with suppress(ProcessLookupError):
            server.send_signal(signal.SIGQUIT)
        server.wait(timeout=60)


def _as(user: pwd.struct_passwd, directory: Path) -> dict[str, object]:
    environment = {"LANG": "C.UTF-8", "PATH": os.environ["PATH"], "HOME": str(directory)}
    common: dict[str, object] = {"env": environment, "cwd": directory, "stdin": subprocess.DEVNULL}
    if user.pw_uid == os.getuid():
        return common
    return {**common, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    raise PostgresMissingError("no PostgreSQL server (`initdb`) on this machine")


def _user() -> pwd.struct_passwd:
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    try:
        return pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise PostgresMissingError(f"PostgreSQL does not run as root, and there is no user {UNPRIVILEGED!r}") from None


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
