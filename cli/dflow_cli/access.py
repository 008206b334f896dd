"""Write a page for those who run databases: which addresses Environments leave from, and what to let in where.

Every SOURCE is a file that `terraform output -json` or `tofu output -json` wrote; or the directory of a stack or of
cdktf, whose stacks are asked for their outputs; or `-` for the standard input. The stacks have to have AccessOutputs
and be deployed: the page says what the last deployment left. The same outputs make the same page to the byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dflow_cli.failure import CommandError, ExitCode
from dflow_cli.standard_output import write_to_standard_output

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "sources",
        nargs="*",
        default=["."],
        metavar="SOURCE",
        help="a file of outputs, a directory, or -; default: this directory",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--output", type=Path, metavar="FILE", help="write the page to this file, whatever it held")
    where.add_argument(
        "--check", type=Path, metavar="FILE", help="write nothing; fail if this file is not the page that is right now"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read the outputs, and write the page or compare it."""
    from dflow_cli.access_facts import Access  # noqa: PLC0415  # the list of subcommands needs none of it
    from dflow_cli.access_page import access_page  # noqa: PLC0415
    from dflow_cli.terraform_outputs import read_outputs  # noqa: PLC0415

    access = Access()
    for outputs in read_outputs(arguments.sources):
        access.add(outputs)
    page = access_page(access).encode()
    if arguments.check is not None:
        _check(arguments.check, page)
    elif arguments.output is not None:
        try:
            arguments.output.write_bytes(page)
        except OSError as error:
            raise CommandError(f"cannot write {arguments.output}: {error.strerror}. Name another file.") from None
    else:
        write_to_standard_output(page)
    return ExitCode.DONE


def _check(file: Path, page: bytes) -> None:
    remedy = f"write it with --output {file} in place of --check, and commit it."
    try:
        found = file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}; {remedy}") from None
    if found == page:
        return
    there, right = found.split(b"\n"), page.split(b"\n")
    line = next((number for number, pair in enumerate(zip(there, right, strict=False)) if pair[0] != pair[1]), None)
    place = min(len(there), len(right)) if line is None else line
    raise CommandError(f"{file} is not what the outputs say, from line {place + 1} on; {remedy}")
