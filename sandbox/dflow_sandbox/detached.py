"""A sandbox that outlives the command that started it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from dflow_sandbox.errors import SandboxError
from dflow_sandbox.state_file import read_state, remove_state

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_sandbox.access import SandboxAccess
    from dflow_sandbox.process_identity import ProcessIdentity

LOG = "supervisor.log"
READY = "ready"
"""What the supervisor reports when the sandbox can be used; anything else is an error for people."""

_GRACE_SECONDS = 20.0
_POLL_SECONDS = 0.02


def start_detached(directory: Path, *, control_plane_port: int = 0, aws_port: int = 0) -> SandboxAccess:
    """Starts a sandbox in the background and returns once it is ready; one that runs already is returned as it is.

    Args:
        directory: Keeps the database, the logs and the state, which holds the credentials (mode 0600).
        control_plane_port: Port on 127.0.0.1; 0 takes a free one.
        aws_port: Port on 127.0.0.1; 0 takes a free one.

    Raises:
        SandboxError: It could not be started; nothing is left running.
    """
    directory = directory.absolute()
    running = status(directory)
    if running is not None:
        return running
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    ports = json.dumps({"control_plane_port": control_plane_port, "aws_port": aws_port})
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as report:
        with os.fdopen(writing, "w"), (directory / LOG).open("wb") as log:
            subprocess.run(
                [sys.executable, "-m", "dflow_sandbox.supervisor", str(directory), ports, str(writing)],
                check=True,
                pass_fds=[writing],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        outcome = report.read()
    started = status(directory)
    if outcome != READY or started is None:
        raise SandboxError(outcome or f"The sandbox ended while it was starting; see {directory / LOG}.")
    return started


def status(directory: Path) -> SandboxAccess | None:
    """How to reach the detached sandbox of `directory`; None when none is running there."""
    state = read_state(directory)
    return state.access if state is not None and state.supervisor.is_alive() else None


def stop(directory: Path) -> bool:
    """Stops the detached sandbox of `directory` and waits for it; False when none was running.

    A process is only signalled when it started at the recorded moment, so a pid given to another program since is
    left alone.
    """
    state = read_state(directory)
    if state is None:
        return False
    was_running = state.supervisor.is_alive()
    # The servers end when the supervisor does; asking each of them as well covers one that hangs.
    for process in (state.supervisor, *state.servers):
        _end(process)
    remove_state(directory)
    return was_running


def _end(process: ProcessIdentity) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.is_alive():
            with suppress(ProcessLookupError):
                os.kill(process.pid, number)
            _wait_for_end(process)


def _wait_for_end(process: ProcessIdentity) -> None:
    deadline = time.monotonic() + _GRACE_SECONDS
    while process.is_alive() and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
