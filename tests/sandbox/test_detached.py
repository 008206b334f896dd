"""A sandbox in the background, as the command line uses it."""

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

from dflow_sandbox import Sandbox, SandboxError, start_detached, status, stop
from dflow_sandbox.process_identity import ProcessIdentity
from dflow_sandbox.state_file import STATE_FILE, read_state

START = """
import sys
from pathlib import Path
from dflow_sandbox import start_detached
start_detached(Path(sys.argv[1]))
"""


@pytest.fixture
def directory(tmp_path):
    """A directory in which nothing runs any more when the test is over."""
    path = tmp_path / "sandbox"
    yield path
    stop(path)


def processes(directory) -> list[ProcessIdentity]:
    state = read_state(directory)
    return [state.supervisor, *state.servers]


def wait_until_gone(watched: list[ProcessIdentity]) -> None:
    for each in watched:
        with suppress(ProcessLookupError):
            pidfd = os.pidfd_open(each.pid)
            with os.fdopen(pidfd):
                ended, _, _ = select.select([pidfd], [], [], 30)  # readable once the process is gone
            assert ended


def test_it_outlives_the_command_that_started_it_and_stops_on_request(directory):
    subprocess.run([sys.executable, "-c", START, str(directory)], check=True, timeout=120)
    running = status(directory)
    watched = processes(directory)

    assert running is not None
    assert len(watched) == 3
    assert all(each.is_alive() for each in watched)
    assert start_detached(directory) == running  # starting it again is no second one
    with pytest.raises(SandboxError, match="belongs to a running sandbox"):
        Sandbox.start(directory)

    assert (directory / STATE_FILE).stat().st_mode & 0o777 == 0o600
    assert running.api_key not in repr(running)

    assert stop(directory)
    assert not any(each.is_alive() for each in watched)
    assert status(directory) is None
    assert not stop(directory)


watches_processes = pytest.mark.skipif(sys.platform != "linux", reason="watches processes through Linux's pidfd")


@watches_processes
def test_killing_the_supervisor_ends_the_servers_and_a_new_start_works(directory):
    first = start_detached(directory)
    watched = processes(directory)

    os.kill(watched[0].pid, signal.SIGKILL)
    wait_until_gone(watched)

    assert status(directory) is None
    second = start_detached(directory)
    assert second.api_key != first.api_key


@watches_processes
def test_a_server_that_dies_takes_the_sandbox_down(directory):
    start_detached(directory)
    watched = processes(directory)

    os.kill(watched[1].pid, signal.SIGKILL)
    wait_until_gone(watched)

    assert status(directory) is None


def test_a_recycled_pid_is_never_signalled(directory):
    """The recorded pid may belong to anybody by now."""
    start_detached(directory)
    stop_me = processes(directory)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as bystander:
        state = json.loads((directory / STATE_FILE).read_text())
        state["supervisor"]["pid"] = bystander.pid
        state["servers"] = []
        original = (directory / STATE_FILE).read_text()
        (directory / STATE_FILE).write_text(json.dumps(state))

        assert status(directory) is None
        assert not stop(directory)
        assert bystander.poll() is None

        (directory / STATE_FILE).write_text(original)
        bystander.communicate(b"\n")
    assert stop(directory)
    assert not any(each.is_alive() for each in stop_me)


def test_a_failed_start_says_why_and_leaves_nothing_running(sandbox, directory):
    taken = int(sandbox.endpoint.rpartition(":")[2])

    with pytest.raises(SandboxError, match="EADDRINUSE"):
        start_detached(directory, control_plane_port=taken)

    assert status(directory) is None
