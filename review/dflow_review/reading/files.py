"""Which files a reviewer means, and what they are called."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from dflow_review.errors import ReviewError
from dflow_review.reading.document import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STANDARD_INPUT: Final = "-"

_PIECE: Final = 1 << 20
_SYNTHESIZED: Final = "cdk.tf.json"
_PLAN_NAMES: Final = ("plan.json", "tfplan.json")
_PLAN_ENDINGS: Final = (".plan.json", ".tfplan.json")


class Form(Enum):
    """What files are read for."""

    PLAN = "plan"
    """What Terraform would do, as `terraform show -json` prints it."""
    SYNTHESIZED = "synthesized"
    """What a program wants, as cdktf synthesizes it: no state, so everything is new."""


@dataclass(frozen=True)
class Input:
    """One file to read.

    Args:
        where: what it is called in messages: its path.
        name: what its plan is called: the stack's name or the file's.
        path: the file; nothing for the standard input.
    """

    where: str
    name: str
    path: Path | None

    def read(self) -> bytes:
        """Return its bytes, and not many more than a plan may have.

        Raises:
            ReviewError: it cannot be read.
        """
        try:
            if self.path is None:
                return _up_to(sys.stdin.buffer, LARGEST + 1)
            with self.path.open("rb") as file:
                return _up_to(file, LARGEST + 1)
        except OSError as error:
            raise ReviewError(
                "plan cannot be read",
                f"{self.where} cannot be read: {error.strerror or error}. Give the JSON of a plan, or a directory of "
                "cdktf with such files in it.",
            ) from None


def _up_to(file: BinaryIO, most: int) -> bytes:
    """Read in pieces: room for everything that may come would be asked for at once, whatever does."""
    pieces: list[bytes] = []
    while most > 0 and (piece := file.read(min(most, _PIECE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def inputs(paths: Iterable[str | Path], form: Form) -> tuple[Input, ...]:
    """Return the files that paths stand for, in the given order, those of a directory by name.

    Raises:
        ReviewError: there is nothing at a path, or nothing to review in a directory.
    """
    found: dict[str, Input] = {}
    for path in paths:
        for each in _at(str(path), form):
            found.setdefault(each.where, each)
    if not found:
        raise ReviewError("nothing to review", "No file was given. Give the JSON of one plan or more.")
    return _told_apart(tuple(found.values()))


def _at(path: str, form: Form) -> Iterator[Input]:
    if path == STANDARD_INPUT:
        yield Input("standard input", "standard input", None)
        return
    place = Path(path)
    if not place.is_dir():
        yield _input(place)
        return
    files = sorted(set(_in_directory(place, form)))
    if not files:
        wanted = (
            f"{_SYNTHESIZED}, as `cdktf synth` writes it"
            if form is Form.SYNTHESIZED
            else "plan.json, tfplan.json, *.plan.json or *.tfplan.json; write one in each stack with "
            "`terraform plan -out plan && terraform show -json plan > plan.json`, or review the synthesized JSON "
            "with --synth"
        )
        raise ReviewError("nothing to review", f"{place} and its stacks/ have no file that is named {wanted}.")
    for file in files:
        yield _input(file)


def _in_directory(place: Path, form: Form) -> Iterator[Path]:
    for directory in (place, *sorted(place.glob("stacks/*")), *sorted(place.glob("cdktf.out/stacks/*"))):
        if form is Form.SYNTHESIZED:
            yield from (each for each in (directory / _SYNTHESIZED,) if each.is_file())
        elif directory.is_dir():
            for file in directory.iterdir():
                if file.is_file() and (file.name in _PLAN_NAMES or file.name.endswith(_PLAN_ENDINGS)):
                    yield file


def _input(file: Path) -> Input:
    speaks = file.name not in (*_PLAN_NAMES, _SYNTHESIZED)
    name = file.name if speaks else file.absolute().parent.name or file.name
    for ending in (*_PLAN_ENDINGS, ".json"):
        if speaks and name.endswith(ending) and len(name) > len(ending):
            name = name[: -len(ending)]
            break
    return Input(file.as_posix(), name, file)


def _told_apart(found: tuple[Input, ...]) -> tuple[Input, ...]:
    names = [each.name for each in found]
    return tuple(each if names.count(each.name) == 1 else Input(each.where, each.where, each.path) for each in found)
