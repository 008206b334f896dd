"""Telling a process from a later one that was given the same pid."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

_STATE, _START_TIME = 2, 21  # positions in /proc/<pid>/stat, counted from 0


@dataclass(frozen=True)
class ProcessIdentity:
    """A pid together with when the process started, as the operating system words it."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> ProcessIdentity | None:
        """The process that has this pid now; None when there is none, or only a zombie."""
        started = _started(pid)
        return None if started is None else cls(pid, started)

    def is_alive(self) -> bool:
        """Whether this very process still runs."""
        return ProcessIdentity.of(self.pid) == self


def _started(pid: int) -> str | None:
    if Path("/proc/self/stat").exists():
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return None
        name_end = stat.rindex(")")  # the name may hold spaces and parentheses
        fields = ["", "", *stat[name_end + 2 :].split()]
        return None if fields[_STATE] == "Z" else fields[_START_TIME]
    shown = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, check=False, text=True
    ).stdout.strip()
    return None if not shown or shown.startswith("Z") else shown.split(maxsplit=1)[1]
