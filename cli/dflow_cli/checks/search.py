"""Where a program is, found without importing `shutil`: `dflow-cdktf tf` stands before every plan."""

from __future__ import annotations

import os
import stat


def terraform_names() -> tuple[str, ...]:
    """What the program that deploys is called: as TERRAFORM_BINARY_NAME says, which the CDK reads too, or as usual."""
    named = os.environ.get("TERRAFORM_BINARY_NAME")
    return (named,) if named else ("terraform", "tofu")


def found_on_path(name: str) -> str | None:
    """Return the path of the program that a shell would run by this name; nothing if there is none."""
    candidates = [name] if "/" in name else [f"{folder or '.'}/{name}" for folder in os.get_exec_path()]
    return next((path for path in candidates if os.access(path, os.X_OK) and not _is_directory(path)), None)


def _is_directory(path: str) -> bool:
    return stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116  # importing pathlib takes as long
