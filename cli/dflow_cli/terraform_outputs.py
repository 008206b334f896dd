"""The outputs of stacks, from files and from Terraform itself."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dflow_cli.checks.program import ProgramMissing, locate
from dflow_cli.checks.search import terraform_names
from dflow_cli.failure import CommandError
from dflow_cli.terraform_answer import terraform_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STANDARD_INPUT = "-"

OUTBOUND_ADDRESSES = "outbound_addresses"
DATABASE_ACCESS = "database_access"
"""The names of the outputs that `AccessOutputs` makes."""

_SYNTHESIZED = "cdk.tf.json"
_HOW = "Write it with `terraform output -json > outputs.json` where the stack is deployed."
_NONE = (
    "Write AccessOutputs(stack) into the program, deploy it, and ask for the outputs again; a stack that has it has "
    "the outputs once it is deployed."
)


class Outputs(NamedTuple):
    """The two outputs of a stack.

    Attributes:
        where: the file or directory, for messages.
        outbound_addresses: the value of the output of that name, whatever it is.
        database_access: the value of the output of that name, whatever it is.
    """

    where: str
    outbound_addresses: object
    database_access: object


def read_outputs(sources: Sequence[str]) -> list[Outputs]:
    """Read what `AccessOutputs` put out, from files, directories and the standard input.

    Stacks in a directory that have no AccessOutputs are named on the standard error and left out.

    Raises:
        CommandError: something cannot be read, is not what Terraform prints, has no such outputs, or is secret.
    """
    return [outputs for source in sources for outputs in _at(source)]


def _at(source: str) -> Iterator[Outputs]:
    if source == STANDARD_INPUT:
        yield _outputs(sys.stdin.buffer.read(), "the standard input")
    elif Path(source).is_dir():
        yield from _of_directory(Path(source))
    else:
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            raise CommandError(f"{source} cannot be read: {error.strerror}. {_HOW}") from None
        yield _outputs(data, source)


def _of_directory(place: Path) -> Iterator[Outputs]:
    stacks = [
        directory
        for directory in (place, *sorted(place.glob("stacks/*")), *sorted(place.glob("cdktf.out/stacks/*")))
        if any(directory.glob("*.tf")) or any(directory.glob("*.tf.json"))
    ]
    if not stacks:
        raise CommandError(
            f"{place} is no stack, and has none in stacks/ or cdktf.out/stacks/. Run `cdktf synth` first, or give a "
            "file that `terraform output -json` wrote."
        )
    asked = [directory for directory in stacks if _has_access_outputs(directory)]
    if not asked:
        raise CommandError(f"no stack in {place} has AccessOutputs. {_NONE}")
    for directory in stacks:
        if directory in asked:
            yield _outputs(_said_by_terraform(directory), str(directory))
        else:
            print(f"{directory} is left out: the stack has no AccessOutputs", file=sys.stderr)


def _has_access_outputs(directory: Path) -> bool:
    file = directory / _SYNTHESIZED
    if not file.exists():
        return True  # a configuration written by hand may pass on the outputs of a module, and only Terraform knows
    try:
        return OUTBOUND_ADDRESSES in json.loads(file.read_bytes()).get("output", {})
    except (OSError, ValueError, AttributeError, RecursionError, TypeError):
        raise CommandError(f"{file} cannot be read as Terraform JSON; run `cdktf synth` again.") from None


def _said_by_terraform(directory: Path) -> bytes:
    try:
        program = locate(*terraform_names())
    except ProgramMissing as missing:
        raise CommandError(f"{missing}; `dflow-cdktf doctor` helps. Or give files of outputs. {_HOW}") from None
    return terraform_answer(
        [str(program), "output", "-json", "-no-color"],
        f"{program.name} cannot tell the outputs of {directory}. Deploy the stack, or run `{program.name} init` there, "
        "and ask again.",
        directory,
    )


def _outputs(data: bytes, where: str) -> Outputs:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        raise CommandError(f"{where} is no JSON in UTF-8. {_HOW}") from None
    if not isinstance(document, dict) or any(
        not isinstance(output, dict) or "value" not in output for output in document.values()
    ):
        raise CommandError(f"{where} is not what Terraform prints for outputs. {_HOW}")
    missing = [name for name in (OUTBOUND_ADDRESSES, DATABASE_ACCESS) if name not in document]
    if missing:
        raise CommandError(f"{where} has no output {' and no output '.join(missing)}. {_NONE}")
    for name in (OUTBOUND_ADDRESSES, DATABASE_ACCESS):
        if document[name].get("sensitive"):
            raise CommandError(
                f"the output {name} of {where} is marked sensitive, and a page would show it to everybody. Take what "
                "is secret out of the program's hosts and addresses, and the mark off the output; nothing was written."
            )
    return Outputs(where, document[OUTBOUND_ADDRESSES]["value"], document[DATABASE_ACCESS]["value"])
