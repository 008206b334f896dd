"""Apply a plan, if it is the very one that was reviewed.

The review is the JSON that `dflow-cdktf review plan.json --output review.json` wrote; PLANFILE is the file of
`terraform plan -out PLANFILE`, in the directory it was made in. Any other plan is refused, and nothing is applied.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dflow_cli.checks.search import found_on_path, terraform_names
from dflow_cli.failure import CommandError
from dflow_cli.in_terminal import run_in_terminal
from dflow_cli.terraform_answer import terraform_answer

if TYPE_CHECKING:
    import argparse

_LARGEST_REVIEW = 1 << 28
_HOW = "Write it with `dflow-cdktf review plan.json --format json --output review.json`."


class _Reviewed(NamedTuple):
    name: str
    sha256: str


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--reviewed", required=True, type=Path, metavar="REVIEW", help="the review, as JSON")
    parser.add_argument("plan", type=Path, metavar="PLANFILE", help="what `terraform plan -out PLANFILE` wrote")


def run(arguments: argparse.Namespace) -> int:
    """Compare the plan with the review, apply it, and return Terraform's exit code."""
    reviewed = _reviewed(arguments.reviewed)
    terraform = _terraform()
    with tempfile.TemporaryDirectory() as private:
        # What is compared is what is applied: nobody else writes to this copy.
        plan = Path(private, "plan")
        try:
            plan.write_bytes(arguments.plan.read_bytes())
        except OSError as error:
            raise CommandError(f"{arguments.plan} cannot be read: {error.strerror}.") from None
        sha256 = hashlib.sha256(_as_json(terraform, plan, arguments.plan)).hexdigest()
        if sha256 not in {each.sha256 for each in reviewed}:
            raise CommandError(_other_plan(arguments, sha256, reviewed))
        return run_in_terminal([terraform, "apply", "-input=false", str(plan)], dict(os.environ))


def _terraform() -> str:
    names = terraform_names()
    found = next((path for path in map(found_on_path, names) if path is not None), None)
    if found is None:
        raise CommandError(f"no {' and no '.join(f'`{name}`' for name in names)} on PATH; `dflow-cdktf doctor` helps.")
    return found


def _as_json(terraform: str, plan: Path, given: Path) -> bytes:
    return terraform_answer(
        [terraform, "show", "-json", str(plan)],
        f"{Path(terraform).name} cannot read {given}; nothing was applied. Give the file of `plan -out`, not its JSON, "
        "and run this where it was made.",
    )


def _reviewed(file: Path) -> list[_Reviewed]:
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST_REVIEW + 1)
    except OSError as error:
        raise CommandError(f"the review {file} cannot be read: {error.strerror}. {_HOW}") from None
    try:
        content = json.loads(data)
        plans = [_Reviewed(str(plan["name"]), str(plan["sha256"])) for plan in content["plans"]]
        version = str(content["format_version"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CommandError(f"{file} is no review of dflow-cdktf as JSON; nothing was applied. {_HOW}") from None
    if version.partition(".")[0] != "1":
        raise CommandError(
            f"the review {file} has format {version}, and this dflow-cdktf reads 1.x; nothing was applied. Review and "
            "apply with the same version."
        )
    return plans


def _other_plan(arguments: argparse.Namespace, sha256: str, reviewed: list[_Reviewed]) -> str:
    plans = "\n".join(f"  {each.sha256}  {each.name}" for each in reviewed) or "  none"
    return (
        f"{arguments.plan} is not a plan that was reviewed; nothing was applied. As JSON it has the sha256\n"
        f"  {sha256}\nand {arguments.reviewed} reviews\n{plans}\n"
        "Review the JSON exactly as `terraform show -json` prints it, with the same Terraform, and apply the plan file "
        "it was made from."
    )
