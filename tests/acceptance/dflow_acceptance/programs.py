"""What the suite is run with: Terraform, OpenTofu, or one after the other."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAMS = ("terraform", "tofu")

CHOICE = "DFLOW_ACCEPTANCE_PROGRAM"
"""The environment variable that names the only program to use; by default every one on PATH is."""

VARIABLE = "TERRAFORM_BINARY_NAME"
"""The environment variable that names the program of a workspace. `cdktf` and `dflow-cdktf tf` heed it as well."""


def programs(environment: Mapping[str, str]) -> list[str]:
    """Return the programs to run every test with.

    Raises:
        LookupError: there is none; the message says what to do.
    """
    path = environment.get("PATH", "")
    chosen = environment.get(CHOICE)
    found = [name for name in ([chosen] if chosen else PROGRAMS) if shutil.which(name, path=path)]
    if not found:
        asked = f"`{chosen}`, which {CHOICE} names," if chosen else "`terraform` and no `tofu`"
        raise LookupError(f"no {asked} on PATH; run `make install-terraform`")
    return found
