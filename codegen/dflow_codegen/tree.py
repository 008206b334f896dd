"""Generated files and the directory they belong in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dflow_codegen.errors import CodegenError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MARKS = (
    "# Generated from the schema of the Terraform provider ",
    "<!-- Generated from the schema of the Terraform provider ",
)
_OURS_WITHOUT_MARK = frozenset({"py.typed"})


class Change(Enum):
    """What writing would do to a file."""

    ADD = "missing"
    REPLACE = "different"
    REMOVE = "no longer generated"


@dataclass(frozen=True)
class Difference:
    """One file that is not as generated; `str()` is a line for people."""

    path: str
    change: Change

    def __str__(self) -> str:
        return f"{self.path}: {self.change.value}"


def differences(files: Mapping[str, str], directory: Path, suffix: str = ".py") -> list[Difference]:
    """Compare a directory with what was generated, sorted by path; nothing is written.

    Files that no generator wrote are nobody's business and left out, as are subdirectories and files that do not end
    in `suffix`.
    """
    found = []
    for path, text in files.items():
        target = directory / path
        if not target.is_file():
            found.append(Difference(path, Change.ADD))
        elif target.read_bytes() != text.encode():
            found.append(Difference(path, Change.REPLACE))
    found += [Difference(path, Change.REMOVE) for path in _generated(directory, suffix) if path not in files]
    return sorted(found, key=lambda difference: difference.path)


def write_tree(files: Mapping[str, str], directory: Path, suffix: str = ".py") -> list[Difference]:
    """Make a directory hold what was generated, and return what had to change.

    Generated files ending in `suffix` that are no longer generated are removed; files of other origin stay.

    Raises:
        CodegenError: a file of other origin stands where a generated one belongs. Nothing was written.
    """
    changes = differences(files, directory, suffix)
    for difference in changes:
        target = directory / difference.path
        if difference.change is Change.REPLACE and not _is_generated(target):
            raise CodegenError(
                "File is not generated",
                f"{target} does not begin with the generator's mark, so it was written by someone else; "
                "choose another directory, or move the file away",
            )
    for difference in changes:
        target = directory / difference.path
        if difference.change is Change.REMOVE:
            target.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files[difference.path].encode())
    return changes


def _generated(directory: Path, suffix: str) -> list[str]:
    if not directory.is_dir():
        return []
    return [path.name for path in sorted(directory.glob(f"*{suffix}")) if _is_generated(path)]


def _is_generated(path: Path) -> bool:
    if path.name in _OURS_WITHOUT_MARK:
        return True
    with path.open("rb") as file:
        return file.readline().startswith(tuple(mark.encode() for mark in _MARKS))
