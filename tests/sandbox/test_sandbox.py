"""Starting and stopping: what is needed, what is left behind."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from dflow_sandbox import Sandbox, SandboxError
from dflow_sandbox.control_plane import check_node, check_packages, start_control_plane
from dflow_sandbox.process_identity import ProcessIdentity

# Starts a sandbox, says where it is, and waits to be killed.
HOLDER = """
import json, sys
from pathlib import Path
from dflow_sandbox import Sandbox
with Sandbox.start(Path(sys.argv[1])) as sandbox:
    print(json.dumps({"pids": sandbox.pids, "endpoint": sandbox.endpoint}), flush=True)
    sys.stdin.read()
"""


def listens(endpoint: str) -> bool:
    address = urlsplit(endpoint)
    with socket.socket() as probe:
        return probe.connect_ex((address.hostname, address.port)) == 0


def test_two_sandboxes_side_by_side_know_nothing_of_each_other(sandbox, operator, tmp_path):
    with Sandbox.start(tmp_path) as second:
        assert second.endpoint != sandbox.endpoint
        assert second.api_key != sandbox.api_key
        assert second.tenant_id != sandbox.tenant_id
        refused = operator("GET", "/api/servers", Authorization=f"users API-Key {second.api_key}")
        assert refused.status == 403
        assert second.is_running()

    assert not second.is_running()
    assert not listens(second.endpoint)
    assert not listens(second.aws_endpoint)
    second.stop()  # once more does no harm
    assert listens(sandbox.endpoint)


def test_a_directory_belongs_to_one_sandbox_at_a_time(sandbox):
    with pytest.raises(SandboxError, match="belongs to a running sandbox"):
        Sandbox.start(sandbox.directory)

    assert sandbox.is_running()


@pytest.mark.skipif(sys.platform != "linux", reason="watches processes through Linux's pidfd")
def test_killing_the_parent_leaves_no_server_behind(tmp_path):
    """SIGKILL cannot be handled, so this cannot depend on any clean-up code."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        started = json.loads(holder.stdout.readline())
        watched = [os.pidfd_open(pid) for pid in started["pids"]]
        try:
            assert listens(started["endpoint"])
            holder.kill()
            for pidfd in watched:
                ended, _, _ = select.select([pidfd], [], [], 20)  # readable once the process is gone
                assert ended
        finally:
            for pidfd in watched:
                os.close(pidfd)
    assert not listens(started["endpoint"])


def test_a_taken_port_is_an_error_with_the_servers_own_words(sandbox, tmp_path):
    taken = urlsplit(sandbox.endpoint).port

    with pytest.raises(SandboxError, match="EADDRINUSE"):
        Sandbox.start(tmp_path, control_plane_port=taken)


def test_chosen_ports_are_used_and_the_directory_is_for_its_owner_alone(tmp_path):
    ports = []
    for _ in range(2):
        with socket.create_server(("127.0.0.1", 0)) as free:
            ports.append(free.getsockname()[1])

    with Sandbox.start(tmp_path / "new", control_plane_port=ports[0], aws_port=ports[1]) as sandbox:
        assert sandbox.endpoint.endswith(f":{ports[0]}")
        assert sandbox.aws_endpoint.endswith(f":{ports[1]}")
        assert sandbox.directory.stat().st_mode & 0o777 == 0o700


def test_a_server_that_hangs_at_the_start_is_given_up(tmp_path):
    with pytest.raises(SandboxError, match="the control plane was not ready in time"):
        Sandbox.start(tmp_path, timeout_seconds=0.0)


def test_node_has_to_be_there(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SandboxError, match="no `node` on PATH"):
        check_node()


@pytest.mark.parametrize("version", ["v18.20.4", "something else"])
def test_node_has_to_be_recent(monkeypatch, tmp_path, version):
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\necho '{version}'\n")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SandboxError, match=rf"Node.js 20 or later; .*/node is {version}"):
        check_node()


@pytest.mark.parametrize(("installed", "state"), [(None, "is not installed"), ("3.0.0", "is installed as 3.0.0")])
def test_missing_packages_are_named_with_the_remedy(tmp_path, installed, state):
    (tmp_path / "package.json").write_text('{"dependencies": {"payload": "3.54.0"}}')
    if installed is not None:
        manifest = tmp_path / "node_modules" / "payload" / "package.json"
        manifest.parent.mkdir(parents=True)
        manifest.write_text(json.dumps({"version": installed}))

    with pytest.raises(SandboxError, match=rf"payload 3\.54\.0, which {state} .*Run `make install`"):
        check_packages(tmp_path)
    with pytest.raises(SandboxError, match="make install"):
        start_control_plane(tmp_path, port=0, secret="unused", program=tmp_path)


def test_a_process_is_recognised_and_a_later_one_with_its_pid_is_not():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        identity = ProcessIdentity.of(process.pid)

        assert identity is not None
        assert identity.is_alive()
        assert not ProcessIdentity(process.pid, "another moment").is_alive()

        process.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # ended, and not reaped yet
        assert not identity.is_alive()
    assert ProcessIdentity.of(identity.pid) is None
