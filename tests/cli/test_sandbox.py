"""`dflow-cdktf sandbox`: start, status, env, stop, and an installation that has none."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def variables_of(shell: str) -> dict[str, str]:
    """What a shell has in its environment after it evaluated the text."""
    ran = subprocess.run(
        ["sh", "-c", f"{shell}\nenv -0"], env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=True
    )
    return dict(line.split("=", 1) for line in ran.stdout.decode().split("\0") if line)


def test_a_sandbox_lives_from_start_to_stop(dflow_cdktf, tmp_path: Path):
    """In the background, found again by its directory; what it prints for a shell is what a stack needs."""
    where = ("--directory", str(tmp_path / "sandbox"))
    try:
        started = dflow_cdktf("sandbox", "start", *where)
        again = dflow_cdktf("sandbox", "start", *where)
        status = dflow_cdktf("sandbox", "status", *where)
        environment = variables_of(dflow_cdktf("sandbox", "env", *where).out)
    finally:
        stopped = dflow_cdktf("sandbox", "stop", *where)

    assert started.code == 0, started.err
    assert started.out == again.out == status.out
    assert {"DFLOW_ENDPOINT", "DFLOW_API_KEY", "DFLOW_TENANT", "AWS_ENDPOINT_URL_EC2"} <= set(environment)
    assert environment["DFLOW_ENDPOINT"] in status.out
    assert environment["DFLOW_API_KEY"] not in started.out + started.err + status.out
    assert stopped.out == "stopped\n"
    assert dflow_cdktf("sandbox", "status", *where).code == 1


def test_without_a_sandbox_each_command_says_so(dflow_cdktf, tmp_path: Path):
    """Stopping nothing is no failure; asking for what is not there is."""
    where = ("--directory", str(tmp_path))

    assert dflow_cdktf("sandbox", "stop", *where).code == 0
    for command in ("status", "env"):
        ran = dflow_cdktf("sandbox", command, *where)
        assert ran.code == 1
        assert ran.out == ""
        assert f"no sandbox runs in {tmp_path}; start one: dflow-cdktf sandbox start" in ran.err


def test_an_installation_without_the_sandbox_says_where_it_is():
    """The wheel has no sandbox, and a traceback would not say why."""
    program = (
        "import sys\n"
        "sys.path[:] = [entry for entry in sys.path if not entry.endswith('sandbox')]\n"
        "from dflow_cli.main import main\n"
        "sys.exit(main(['sandbox', 'start']))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)

    assert ran.returncode == 1
    assert "the sandbox is not part of the installed dflow-cdktf. Clone the repository" in ran.stderr
