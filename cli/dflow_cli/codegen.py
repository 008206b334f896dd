"""Write typed Python bindings of a Terraform provider's schema.

Without arguments, in a clone of the repository: the bindings of the dflow provider, in constructs/dflow_bindings.
For any other provider, name the three: the output of `terraform providers schema -json`, which provider of it, and
where the Python package goes:

    terraform providers schema -json > schema.json
    dflow-cdktf codegen --schema schema.json --provider hashicorp/random --output random_bindings

With --docs, in a clone of the repository: the reference pages of the dflow provider, in docs/reference, from its schema
and the examples in examples/.
"""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dflow_cli import launcher
from dflow_cli.failure import CommandError, ExitCode
from dflow_cli.version import installed_version

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from dflow_codegen import Difference

REPOSITORY = Path(__file__).resolve().parents[2]

PARTS = ("--schema", "--provider", "--output")


@dataclass(frozen=True)
class Job:
    """What to make of what, where it goes, and the words that do the same again.

    Args:
        make: gives the files, as text by path.
        compare: finds what in the output is not as made.
        write: makes it so, and returns what had to change.
        output: the directory.
        origin: what the files are made from, for messages.
        command: makes them again.
    """

    make: Callable[[], dict[str, str]]
    compare: Callable[[dict[str, str], Path], list[Difference]]
    write: Callable[[dict[str, str], Path], list[Difference]]
    output: Path
    origin: str
    command: str


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--schema", metavar="FILE", help="output of `terraform providers schema -json`; - for stdin")
    parser.add_argument("--provider", metavar="SOURCE", help="source address of the provider, such as hashicorp/random")
    parser.add_argument("--output", type=Path, metavar="DIRECTORY", help="the Python package to write")
    parser.add_argument("--version", metavar="CONSTRAINT", help="provider version that the package asks Terraform for")
    parser.add_argument("--docs", action="store_true", help="write the dflow provider's reference pages instead")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything would change")


def run(arguments: argparse.Namespace) -> int:
    """Generate, and write or compare."""
    from dflow_codegen import Change, CodegenError  # noqa: PLC0415 - only this needs it

    job = _job(arguments)
    try:
        files = job.make()
        found = (job.compare if arguments.check else job.write)(files, job.output)
    except CodegenError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"cannot write {error.filename or job.output}: {error.strerror}") from error
    done = {Change.ADD: "added", Change.REPLACE: "rewritten", Change.REMOVE: "removed"}
    for difference in found:
        print(difference if arguments.check else f"{difference.path}: {done[difference.change]}")
    if arguments.check and found:
        raise CommandError(f"{job.output} is not what {job.origin}; run: {job.command}")
    print(f"{job.output}: {len(files)} files, {f'{len(found)} changed' if found else 'nothing to change'}")
    return ExitCode.DONE


def _job(arguments: argparse.Namespace) -> Job:
    given = [part for part in PARTS if getattr(arguments, part[2:]) is not None]
    if arguments.docs and given:
        raise CommandError(f"--docs is for the dflow provider alone; leave out {', '.join(given)}", ExitCode.MISUSED)
    if given and len(given) < len(PARTS):
        missing = [part for part in PARTS if part not in given]
        raise CommandError(
            f"{' and '.join(given)} without {' and '.join(missing)}; the three go together", ExitCode.MISUSED
        )
    if given:
        return _bindings_of_another_provider(arguments)
    if not (REPOSITORY / "pyproject.toml").exists():
        raise CommandError(
            f"the bindings and the reference of the dflow provider come with dflow-cdktf and are made in a clone of "
            f"its repository; for bindings of another provider give {', '.join(PARTS)}"
        )
    return _our_reference() if arguments.docs else _our_bindings()


def _our_bindings() -> Job:
    from dflow_provider.provider import DflowProvider  # noqa: PLC0415 - only here is it needed
    from dflow_provider.schema.document import schema_document  # noqa: PLC0415 - as above

    return _bindings(
        document=schema_document(DflowProvider()),
        provider=launcher.SOURCE,
        version=installed_version(),
        output=REPOSITORY / "constructs" / "dflow_bindings",
        command="dflow-cdktf codegen",
    )


def _our_reference() -> Job:
    from dflow_cli.our_reference import our_reference  # noqa: PLC0415 - only here is it needed
    from dflow_codegen.reference import reference_differences, write_reference  # noqa: PLC0415 - as above

    return Job(
        make=our_reference,
        compare=reference_differences,
        write=write_reference,
        output=REPOSITORY / "docs" / "reference",
        origin="the schema and the examples give",
        command="dflow-cdktf codegen --docs",
    )


def _bindings_of_another_provider(arguments: argparse.Namespace) -> Job:
    words = ["--schema", arguments.schema, "--provider", arguments.provider, "--output", str(arguments.output)]
    if arguments.version is not None:
        words += ["--version", arguments.version]
    return _bindings(
        document=_read(arguments.schema),
        provider=arguments.provider,
        version=arguments.version,
        output=arguments.output,
        command=shlex.join(["dflow-cdktf", "codegen", *words]),
    )


def _bindings(document: dict[str, Any], provider: str, version: str | None, output: Path, command: str) -> Job:
    from dflow_codegen import differences, generate, write_tree  # noqa: PLC0415 - only this needs it

    return Job(
        make=lambda: generate(document, provider, version=version, command=command),
        compare=differences,
        write=write_tree,
        output=output,
        origin="the schema gives",
        command=command,
    )


def _read(file: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        document = json.loads(text)
    except OSError as error:
        raise CommandError(f"cannot read {file}: {error.strerror}") from error
    except ValueError as error:
        raise CommandError(
            f"{file} is not JSON ({error}); write it with: terraform providers schema -json > {file}"
        ) from error
    if not isinstance(document, dict):
        raise CommandError(f"{file} holds no JSON object; write it with: terraform providers schema -json > {file}")
    return document
