"""Run Terraform or OpenTofu against one provider process that stays warm.

Every word after `tf` goes to the program: `dflow-cdktf tf plan -out=plan`. It runs `terraform`, else `tofu`, or what
TERRAFORM_BINARY_NAME names, and ends with its exit code. The provider is the one installed with this command: version
constraints and the lock file do not apply to it, and `init` is needed only for other providers and the backend.
"""

from __future__ import annotations

import os

from dflow_cli.checks.search import found_on_path, terraform_names
from dflow_cli.failure import CommandError
from dflow_cli.in_terminal import run_in_terminal
from dflow_cli.warm_provider import warm_provider

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("words", nargs="*", metavar="ARGUMENT", help="what Terraform is to do")


def run(arguments: argparse.Namespace) -> int:
    """Do as `pass_on`; what argparse has left of the words is all of them."""
    return pass_on(arguments.words)


def pass_on(words: Sequence[str]) -> int:
    """Start the provider and Terraform side by side, end the provider after Terraform, and return its exit code."""
    names = terraform_names()
    terraform = next((found for found in map(found_on_path, names) if found is not None), None)
    if terraform is None:
        from dflow_cli.checks.terraform import INSTALL_TERRAFORM  # noqa: PLC0415  # brings along what only doctor needs

        raise CommandError(f"no {' and no '.join(f'`{name}`' for name in names)} on PATH. {INSTALL_TERRAFORM}")
    with warm_provider() as attachment:
        return run_in_terminal([terraform, *words], {**os.environ, **attachment})
