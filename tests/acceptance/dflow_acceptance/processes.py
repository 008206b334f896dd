"""Which processes a test has started, however deep: they all inherited its mark."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = "DFLOW_ACCEPTANCE_MARK"
"""The environment variable that marks what a test starts."""

PATIENCE_S = 60.0
"""How long anything may take that should take a moment; the machine may be busy with other things."""


@dataclass(frozen=True)
class Process:
    """A process that was alive a moment ago."""

    pid: int
    command: str

    @property
    def is_provider(self) -> bool:
        """Whether it serves Terraform as a provider, whichever way it was started."""
        return "terraform-provider-dflow" in self.command or "dflow_provider.plugin.main" in self.command


def marked(mark: str) -> list[Process]:
    """The living processes with this mark in their environment."""
    needle = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        with suppress(OSError):
            if needle in (folder / "environ").read_bytes().split(b"\0"):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                found.append(Process(int(folder.name), command))
    return found


def wait_until(holds: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Look again and again until something holds."""
    deadline = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < deadline, f"after {patience_s:.0f} s still not: {what}"
        time.sleep(0.02)


def assert_none_left(mark: str) -> None:
    """Nothing with this mark lives on, after the moment that an orderly end takes."""
    wait_until(lambda: not marked(mark), f"no process is left behind; there are {marked(mark)}", patience_s=15)
