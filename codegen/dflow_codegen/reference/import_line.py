"""The lines of an `import.sh`."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from dflow_codegen.errors import CodegenError

_WORDS = ("terraform", "import")


@dataclass(frozen=True)
class ImportLine:
    """One `terraform import`: the address in the configuration, and the id that it is found by."""

    address: str
    id: str


def import_lines(text: str, terraform_type: str, file: str) -> tuple[ImportLine, ...]:
    """Read the commands of a file; comments are for readers.

    Raises:
        CodegenError: there is none, or one is not `terraform import <type>.<name> <id>`.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            words = shlex.split(line, comments=True)
        except ValueError:
            words = [line]
        if not words:
            continue
        if len(words) != 4 or tuple(words[:2]) != _WORDS or not words[2].startswith(f"{terraform_type}."):
            raise CodegenError(
                "Malformed import line",
                f"{file}, line {number} is {line!r}; write `terraform import {terraform_type}.<name> <id>`, or a "
                "comment that begins with #",
            )
        found.append(ImportLine(address=words[2], id=words[3]))
    if not found:
        raise CodegenError(
            "No import line", f"{file} has only comments; add `terraform import {terraform_type}.<name> <id>`"
        )
    return tuple(found)
