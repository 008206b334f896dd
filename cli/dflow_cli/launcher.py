"""The provider's launcher and where Terraform and OpenTofu look for it.

The build hook loads this file by its path, before anything is installed: it imports the standard library alone.
"""

from __future__ import annotations

import errno
import os

TYPE_CHECKING = False  # `typing` and `pathlib` would cost every `dflow-cdktf tf` 10 ms
if TYPE_CHECKING:
    from pathlib import Path, PurePosixPath

HOSTS = ("registry.terraform.io", "registry.opentofu.org")
"""What `dflow-cdktf/dflow` means depends on who reads it: Terraform or OpenTofu."""

SOURCE = "dflow-cdktf/dflow"

PLATFORMS = ("linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64")

MARK = b"# dflow-cdktf provider launcher:"
"""Stands in the launcher of every version; a file without it is somebody else's."""


def script() -> Path:
    """The text of the launcher."""
    from pathlib import Path  # noqa: PLC0415  # see above

    return Path(__file__).with_name("launcher.sh")


def places(version: str, platforms: tuple[str, ...] = PLATFORMS) -> list[PurePosixPath]:
    """Where the launcher of a version lies below a directory of plugins, once for each host and platform."""
    from pathlib import PurePosixPath  # noqa: PLC0415  # see above

    return [
        PurePosixPath(host, SOURCE, version, platform, f"terraform-provider-dflow_v{version}")
        for host in HOSTS
        for platform in platforms
    ]


def write(directory: Path, version: str, platforms: tuple[str, ...] = PLATFORMS) -> list[Path]:
    """Write the launcher of a version below a directory of plugins, executable, and say where.

    Raises:
        FileExistsError: a file that is not a launcher of ours stands in the way; nothing was written. `filename` is it.
        OSError: the directory cannot be written.
    """
    text = script().read_bytes()
    targets = [directory / place for place in places(version, platforms)]
    for target in targets:
        if target.is_symlink() or (target.exists() and not (target.is_file() and MARK in target.read_bytes())):
            raise FileExistsError(errno.EEXIST, "not a launcher of dflow-cdktf", str(target))
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the package directory, whose checksum Terraform takes, and then in one step: it may be running.
        staged = target.parent.parent / f".{target.parent.name}.{os.getpid()}"
        staged.write_bytes(text)
        staged.chmod(0o755)
        staged.replace(target)
    return targets
