"""Say who can reach which database after a change, from the plan alone.

Every FILE is the JSON of a plan, as `terraform show -json PLANFILE` or `tofu show -json PLANFILE` prints it; or a
directory of cdktf, whose stacks have such files; or `-`. No credentials are needed, and nothing leaves this machine.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from dflow_cli.failure import CommandError, ExitCode
from dflow_cli.standard_output import write_to_standard_output

if TYPE_CHECKING:
    import argparse

    from dflow_review.finding import Severity
    from dflow_review.review import Review

MISUSE = ExitCode.FAILED
"""What wrong arguments end with: 2 means that something is widened."""

_EXIT_CODES = """\
exit codes:
  0  nothing is widened
  1  error: there is no review
  2  a database can be reached from more addresses or Environments than before; a destroy that opens one counts
  3  cannot tell: addresses or nodes are known only after apply, or the plan is incomplete, and nothing known widens
  4  findings at or above --fail-on, which wins over 2 and 3
"""


class Format(Enum):
    """What a review can be written as, and how a file of it ends."""

    TERMINAL = (".txt",)
    MARKDOWN = (".md", ".markdown")
    JSON = (".json",)
    SARIF = (".sarif", ".sarif.json")
    JUNIT = (".xml",)
    HTML = (".html", ".htm")
    SVG = (".svg",)
    PNG = (".png",)
    MERMAID = (".mmd", ".mermaid")

    @classmethod
    def named(cls, name: str) -> Format:
        """Return the form of a name on the command line."""
        return cls[name.upper()]

    @classmethod
    def of(cls, file: Path) -> Format:
        """Return the form that a file's ending asks for.

        Raises:
            CommandError: it asks for none.
        """
        fitting = [(len(ending), each) for each in cls for ending in each.value if file.name.lower().endswith(ending)]
        if not fitting:
            endings = ", ".join(each.value[0] for each in cls)
            raise CommandError(
                f"--output {file} does not say what to write: let the name end in one of {endings}, or give --format.",
                MISUSE,
            )
        return max(fitting, key=lambda pair: pair[0])[1]


_MODULES = {
    Format.TERMINAL: "terminal",
    Format.MARKDOWN: "markdown",
    Format.JSON: "json",
    Format.SARIF: "sarif",
    Format.JUNIT: "junit",
    Format.HTML: "html",
    Format.SVG: "picture",
    Format.PNG: "png",
    Format.MERMAID: "mermaid",
}


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    formats = [each.name.lower() for each in Format]
    parser.epilog = _EXIT_CODES
    parser.add_argument("files", nargs="+", metavar="FILE", help="the JSON of a plan, a directory of cdktf, or -")
    parser.add_argument(
        "--synth",
        action="store_true",
        help="read the Terraform JSON that `cdktf synth` wrote, instead of plans: no state, so everything is new",
    )
    parser.add_argument(
        "--base",
        action="append",
        default=[],
        metavar="FILE",
        help="compare with this one, of the same kind; repeatable",
    )
    parser.add_argument(
        "--format",
        type=_named_format,
        metavar="FORMAT",
        help=f"what to write: {', '.join(formats)}; default: terminal, and for --output what the file's ending says",
    )
    parser.add_argument(
        "--output",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="write to this file, besides the terminal form unless --format is given; repeatable",
    )
    parser.add_argument(
        "--fail-on",
        type=_severity_name,
        metavar="SEVERITY",
        help="end with 4 if a finding is at least info, low, medium, high or critical; default: never",
    )
    parser.add_argument(
        "--acknowledge",
        type=Path,
        metavar="FILE",
        help="findings that somebody has accepted; default: dflow-review.toml, if there is one here",
    )
    parser.add_argument(
        "--today", type=_day, metavar="DAY", help="the day by which entries and acknowledgements end; default: today"
    )
    parser.add_argument(
        "--plan-sha256",
        action="store_true",
        help="end the terminal form with the whole sha256 of every plan; JSON and Markdown always have it",
    )


def run(arguments: argparse.Namespace) -> int:
    """Read, review, write, and return what the review says to a pipeline."""
    from dflow_review.collection import paused_collection  # noqa: PLC0415  # the list of subcommands needs none of it
    from dflow_review.errors import ReviewError  # noqa: PLC0415
    from dflow_review.finding import Severity  # noqa: PLC0415
    from dflow_review.reading import Form, read_plans  # noqa: PLC0415
    from dflow_review.review_of import review_of  # noqa: PLC0415

    _can_be_written(arguments)
    fail_on = Severity[arguments.fail_on] if arguments.fail_on else None
    try:
        with paused_collection():
            plans = read_plans(
                arguments.files, form=Form.SYNTHESIZED if arguments.synth else Form.PLAN, base=arguments.base
            )
            review = review_of(
                plans,
                acknowledgements=arguments.acknowledge or _usual_acknowledgements(),
                today=arguments.today or dt.datetime.now(dt.UTC).date(),
            )
            _write(review, arguments, fail_on)
    except ReviewError as error:
        raise CommandError(f"{error.title}: {error.detail}") from None
    return review.exit_code(fail_on)


def _write(review: Review, arguments: argparse.Namespace, fail_on: Severity | None) -> None:
    forms = [(file, arguments.format or Format.of(file)) for file in arguments.output]
    # Nothing is written before everything could be: some forms need libraries that may be missing.
    done = [(file, _rendered(review, form, fail_on, with_sha256=arguments.plan_sha256)) for file, form in forms]
    for file, written in done:
        try:
            file.write_bytes(written)
        except OSError as error:
            raise CommandError(f"cannot write {file}: {error.strerror}. Name another file with --output.") from None
    if arguments.output and arguments.format:
        return
    if arguments.format not in (None, Format.TERMINAL):
        write_to_standard_output(_rendered(review, arguments.format, fail_on, with_sha256=False))
        return
    from dflow_review.outputs.terminal import palette_for, render  # noqa: PLC0415

    width = shutil.get_terminal_size((100, 24)).columns
    text = render(review, width=width, palette=palette_for(sys.stdout, os.environ))
    write_to_standard_output((text + (_sums(review) if arguments.plan_sha256 else "")).encode())


def _rendered(review: Review, form: Format, fail_on: Severity | None, *, with_sha256: bool) -> bytes:
    """Return the bytes of a file; each form's module is imported when it is asked for."""
    module = import_module(f"dflow_review.outputs.{_MODULES[form]}")
    written: str | bytes = module.render(review, fail_on=fail_on) if form is Format.JSON else module.render(review)
    data = written.encode() if isinstance(written, str) else written
    return data + _sums(review).encode() if form is Format.TERMINAL and with_sha256 else data


def _sums(review: Review) -> str:
    return "".join(f"{plan.sha256}  {plan.name}\n" for plan in review.plans)


def _can_be_written(arguments: argparse.Namespace) -> None:
    """Refuse before anything is read what could not be written."""
    if arguments.format is Format.PNG and not arguments.output and sys.stdout.isatty():
        raise CommandError("a PNG picture is not written to a terminal; name a file with --output.", MISUSE)
    if arguments.format and len(arguments.output) > 1:
        raise CommandError(
            "--format is given with several --output; leave it out, and each file gets what its ending says.", MISUSE
        )
    if not arguments.format:
        for file in arguments.output:
            Format.of(file)


def _usual_acknowledgements() -> Path | None:
    from dflow_review.acknowledgements import USUAL_NAME  # noqa: PLC0415

    usual = Path(USUAL_NAME)
    return usual if usual.exists() else None


def _named_format(name: str) -> Format:
    try:
        return Format.named(name)
    except KeyError:
        _refuse(f"{name!r} is none of {', '.join(each.name.lower() for each in Format)}")


def _severity_name(name: str) -> str:
    if name not in ("info", "low", "medium", "high", "critical"):
        _refuse(f"{name!r} is none of info, low, medium, high, critical")
    return name.upper()


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        _refuse(f"{text!r} is no day; write one such as 2026-12-31")


def _refuse(message: str) -> NoReturn:
    import argparse  # noqa: PLC0415  # it is imported already where this can be called

    raise argparse.ArgumentTypeError(message)
