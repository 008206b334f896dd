"""Ctrl-C, a stop, a killed Terraform: the real terraform, a create that takes as long as the test wants."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.parametrize("transport", ["http2", "grpcio"], indirect=True),
    pytest.mark.acceptance,
    pytest.mark.skipif(not Path("/proc").exists(), reason="looks processes up in /proc"),
]

WAITING = 'resource "shelf_object" "one" {\n  name = "one"\n  behavior = "wait"\n}'


def providers(workspace):
    """Return the ids of the provider processes that belong to a workspace."""
    marker = f"TMPDIR={workspace.environment['TMPDIR']}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command, environment = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
        except OSError:
            continue
        if b"shelf_provider" in command and marker in environment.split(b"\0"):
            found.append(int(entry.name))
    return found


@pytest.fixture
def applying(workspace, until):
    """An apply that waits in the middle of a create, in a process group of its own."""
    workspace.write(WAITING)
    process = subprocess.Popen(
        workspace.command("apply", "-auto-approve", "-no-color"),
        env=workspace.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert until((workspace.objects / "waiting").exists)
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    if not process.stdout.closed:
        process.communicate()
    for pid in providers(workspace):
        os.kill(pid, signal.SIGKILL)


def test_ctrl_c_keeps_the_object_that_is_being_created(applying, workspace, until):
    """The terminal signals the whole group; the hook hears of the stop and returns what it has."""
    os.killpg(applying.pid, signal.SIGINT)
    out, _ = applying.communicate(timeout=60)

    assert applying.returncode == 1
    assert "execution halted" in out
    assert workspace.attributes("one")["id"] == workspace.stored()["one"]["id"]
    assert until(lambda: not providers(workspace))
    assert list(Path(workspace.environment["TMPDIR"]).iterdir()) == []


def test_a_killed_terraform_leaves_no_provider_and_no_socket(applying, workspace, until):
    """The create is brought to its end first."""
    assert providers(workspace)
    applying.kill()
    applying.communicate()

    assert until(lambda: not providers(workspace))
    assert workspace.stored().keys() == {"one"}
    assert list(Path(workspace.environment["TMPDIR"]).iterdir()) == []
