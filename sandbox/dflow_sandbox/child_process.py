"""A server of the sandbox as a child process that cannot outlive its parent."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dflow_sandbox.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

STOP_WITH_STDIN = "DFLOW_SANDBOX_STOP_WITH_STDIN"

_GRACE_SECONDS = 5.0
_LOG_TAIL = 2_000


class ChildProcess:
    """A running server.

    The child gets the reading end of a pipe as standard input and stops when it closes. The kernel closes it when
    this process ends, however it ends, so not even SIGKILL leaves a server behind.
    """

    def __init__(self, name: str, command: Sequence[str], *, environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self._log = log
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                command,
                env={**os.environ, **environment, STOP_WITH_STDIN: "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def is_running(self) -> bool:
        """Whether the server has not ended."""
        return self._process.poll() is None

    def wait_until_ready(self, deadline: float) -> dict[str, Any]:
        """The JSON object the server announces itself with; raises when it ends, or at `deadline` (monotonic)."""
        output = self._process.stdout
        assert output is not None  # noqa: S101  # stdout=PIPE above
        line = b""
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise SandboxError(f"{self.name} was not ready in time. {self._log_tail()}")
                chunk = os.read(output.fileno(), 65_536)
                if not chunk:
                    status = self._process.wait()
                    raise SandboxError(
                        f"{self.name} ended with status {status} before it was ready. {self._log_tail()}"
                    )
                line += chunk
        announced: dict[str, Any] = json.loads(line)
        return announced

    def stop(self) -> None:
        """Ends the server, politely first, and waits for it. Stopping it again does nothing."""
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _signal(self, number: int) -> None:
        if self.is_running():
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    def _log_tail(self) -> str:
        tail = self._log.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL:].strip()
        return f"The end of its log, {self._log}:\n{tail}" if tail else f"Its log, {self._log}, is empty."
