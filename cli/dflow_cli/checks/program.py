"""A program that a deploy needs: where it is and which version it says it has."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dflow_cli.checks.search import found_on_path

Version = tuple[int, int, int]

ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Program:
    """A program that answered when it was asked for its version."""

    path: Path
    version: Version

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.version))} ({self.path})"


class ProgramMissing(Exception):  # noqa: N818 - it is a state of the machine, not an error of ours
    """There is no such program, or it does not answer; the message says what was seen."""


def locate(*names: str, folders: tuple[Path, ...] = ()) -> Path:
    """Find the first program of these names, on PATH and then in the folders.

    Raises:
        ProgramMissing: there is none.
    """
    for name in names:
        found = found_on_path(name) or next(
            (str(folder / name) for folder in folders if (folder / name).exists()), None
        )
        if found is not None:
            return Path(found)
    raise ProgramMissing(f"no {' and no '.join(f'`{name}`' for name in names)} on PATH")


def find_program(*names: str, folders: tuple[Path, ...] = (), question: str = "--version") -> Program:
    """Find a program as `locate` does, and ask it for its version.

    Raises:
        ProgramMissing: no name is found, or what is found says no version.
    """
    path = locate(*names, folders=folders)
    return Program(path, _asked(str(path), question))


def _asked(path: str, question: str) -> Version:
    try:
        answered = subprocess.run(
            [path, question],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=ANSWER_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise ProgramMissing(f"`{path} {question}` did not answer within {ANSWER_SECONDS} s") from error
    except OSError as error:
        raise ProgramMissing(f"`{path}` cannot be started: {error.strerror}") from error
    version = re.search(r"(\d+)\.(\d+)\.(\d+)", answered.stdout)
    if answered.returncode != 0 or version is None:
        said = (answered.stderr or answered.stdout).strip().splitlines() or ["nothing"]
        raise ProgramMissing(f"`{path} {question}` said: {said[0]}")
    major, minor, patch = map(int, version.groups())
    return major, minor, patch
