"""Running a command and saying how long it took and how much memory it and its children held."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SAMPLE_EVERY_S = 0.01
_PAGE = os.sysconf("SC_PAGE_SIZE")
_RESIDENT = 1  # position in /proc/<pid>/statm
_SHOWN_OF_A_FAILURE = 500
PATIENCE_S = 900
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class CannotMeasureError(Exception):
    """Something a measurement needs is not there; the message says what, in a sentence."""


@dataclass(frozen=True)
class Run:
    """One finished run of a command.

    Args:
        seconds: wall time from before the start to after the end.
        peak: the largest sum of resident memory that the command and its descendants were seen with, in bytes; memory
            that two of them share counts twice. 0 where it was not asked for.
        output: what it printed.
        cpu: how long it and those of its descendants that it waited for kept a processor busy, in seconds. Says more
            than the wall time where many want the same processors, and nothing about waiting.
    """

    seconds: float
    peak: float
    output: str
    cpu: float = 0.0


def timed(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str], allowed: Sequence[int] = (0,)) -> Run:
    """Run a command to its end.

    Raises:
        CannotMeasureError: it does not exist, or ended with another exit code; the message has the end of its output.
    """
    return _run(command, cwd=cwd, env=env, allowed=allowed, meter=None)


def weighed(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str], allowed: Sequence[int] = (0,)) -> Run:
    """Run a command to its end and watch its memory, which costs both sides of a comparison the same little time.

    Raises:
        CannotMeasureError: as `timed`, or there is no /proc to read memory from.
    """
    if not Path("/proc/self/statm").exists():
        raise CannotMeasureError("memory of a process tree is read from /proc, which this system does not have")
    return _run(command, cwd=cwd, env=env, allowed=allowed, meter=_Meter())


def end(process: subprocess.Popen[bytes]) -> float:
    """Wait until a process has ended, and say how long it kept a processor busy, in seconds."""
    _, status, usage = os.wait4(process.pid, 0)  # without a timeout: that would poll, and round the time up
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def resident(pid: int) -> float:
    """How much memory a process holds now, in bytes; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[_RESIDENT]) * _PAGE
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


class _Meter:
    """Watches a process tree from a thread, until told to end."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, pid: int) -> None:
        self._thread = threading.Thread(target=self._sample, args=(pid,), daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._end.set()
        if self._thread is not None:
            self._thread.join()
        return self.peak

    def _sample(self, pid: int) -> None:
        while not self._end.is_set():
            self.peak = max(self.peak, sum(resident(member) for member in _tree(pid)))
            self._end.wait(SAMPLE_EVERY_S)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return
    for thread in threads:
        try:
            children = (thread / "children").read_text(encoding="ascii").split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in children:
            yield from _tree(int(child))


def _what_went_wrong(output: str) -> str:
    """From the first error on, or the end of what was printed."""
    output = _COLOUR.sub("", output)
    start = output.find("Error: ")
    shown = output[-_SHOWN_OF_A_FAILURE:] if start < 0 else output[start : start + _SHOWN_OF_A_FAILURE]
    return shown.strip()


def _run(
    command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str], allowed: Sequence[int], meter: _Meter | None
) -> Run:
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        except FileNotFoundError as missing:
            raise CannotMeasureError(f"there is no {command[0]}") from missing
        guard = threading.Timer(PATIENCE_S, process.kill)
        guard.start()
        if meter is not None:
            meter.watch(process.pid)
        try:
            cpu = end(process)
            seconds = time.perf_counter() - start
        except BaseException:
            process.terminate()
            process.wait()
            raise
        finally:
            guard.cancel()
            peak = meter.stop() if meter is not None else 0.0
        output.seek(0)
        text = output.read().decode(errors="replace")
    if (code := process.returncode) not in allowed:
        raise CannotMeasureError(f"`{Path(command[0]).name}` ended with {code}: {_what_went_wrong(text)}")
    return Run(seconds, peak, text, cpu)
