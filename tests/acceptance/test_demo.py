"""`make demo`: Ctrl-C leaves nothing running, the next run holds what it promises, and no secret is left behind."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from dflow_acceptance.leaks import leaks
from dflow_acceptance.processes import MARK, marked, wait_until
from dflow_acceptance.synthesis import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not (ROOT / "node_modules" / ".bin" / "cdktf").exists(), reason="cdktf-cli is not installed"),
]


class Demo:
    """The demo under way, in a process group of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.mark = uuid.uuid4().hex
        self.output = directory.with_suffix(f".{self.mark}.said")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dflow_sandbox.demo", "--directory", str(directory)],
                cwd=ROOT,
                env={**os.environ, MARK: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def has_said(self, words: str) -> bool:
        assert self.process.poll() is None, f"it has ended:\n{self.output.read_text()}"
        return words in self.output.read_text()

    def secret(self, name: str) -> str:
        """The value of an environment variable of one of its commands, as soon as one has it; else nothing."""
        for process in marked(self.mark):
            try:
                variables = Path(f"/proc/{process.pid}/environ").read_bytes().split(b"\0")
            except OSError:
                continue
            for variable in variables:
                key, _, value = variable.partition(b"=")
                if key == name.encode():
                    return value.decode()
        return ""

    def end(self) -> None:
        for process in marked(self.mark):
            os.kill(process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[object]:
    """Start the demo, in the same directory each time."""
    started: list[Demo] = []

    def start() -> Demo:
        started.append(Demo(tmp_path / "demo"))
        return started[-1]

    yield start
    for each in started:
        each.end()


def test_after_ctrl_c_nothing_runs_on_and_the_next_run_holds_what_it_promises(demo, tmp_path: Path):
    interrupted = demo()
    wait_until(lambda: interrupted.has_said("created"), "an object is created", patience_s=240)

    os.kill(interrupted.process.pid, signal.SIGINT)
    code = interrupted.process.wait(timeout=120)

    assert code == 130, interrupted.output.read_text()
    assert "Interrupted: everything that was started has been stopped" in interrupted.output.read_text()
    wait_until(lambda: not marked(interrupted.mark), f"nothing is left running: {marked(interrupted.mark)}")

    full = demo()
    passwords: list[str] = []
    wait_until(
        lambda: passwords or passwords.extend(filter(None, [full.secret("ORDERS_PASSWORD")])),
        "a command has the password",
        patience_s=120,
    )
    code = full.process.wait(timeout=600)

    said = full.output.read_text()
    assert code == 0, said
    assert "Everything held" in said
    wait_until(lambda: not marked(full.mark), f"nothing is left running: {marked(full.mark)}")
    found = leaks(passwords[0], tmp_path)
    sandbox = str(tmp_path / "demo" / "sandbox")  # that is dFlow and the cloud, which are meant to know it
    assert [place for place in found if not place.startswith(sandbox)] == []
