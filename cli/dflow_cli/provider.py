"""Put the provider where Terraform and OpenTofu look for it by themselves.

On Linux, `pip install --user` and an environment named in XDG_DATA_DIRS need none of this: the wheel brings the
launcher along. On macOS, and where several environments share one launcher, run `dflow-cdktf provider install`.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_cli import launcher
from dflow_cli.failure import CommandError, ExitCode
from dflow_cli.version import installed_version

if TYPE_CHECKING:
    import argparse

ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    install = commands.add_parser(
        "install",
        help="write the launcher of the provider",
        description="Write the provider's launcher, for Terraform and for OpenTofu.",
        allow_abbrev=False,
    )
    install.add_argument(
        "--directory",
        type=Path,
        metavar="DIRECTORY",
        help="where to write; default: the directory that Terraform searches without being told",
    )
    install.add_argument(
        "--mirror",
        action="store_true",
        help="write the launchers of all platforms, for a directory that several machines use",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the launcher and say what to do next."""
    version = installed_version()
    directory = (arguments.directory or implied_directory()).expanduser().absolute()
    platforms = launcher.PLATFORMS if arguments.mirror else (this_platform(),)
    try:
        written = launcher.write(directory, version, platforms)
    except FileExistsError as error:
        raise CommandError(
            f"{error.filename} is not a launcher of dflow-cdktf; nothing was written. Move that file away, "
            "or name another place with --directory."
        ) from error
    except OSError as error:
        raise CommandError(
            f"cannot write below {directory}: {error.strerror}. Name another place with --directory."
        ) from error
    for path in written:
        print(f"wrote {path}")
    print()
    print(_next_steps(directory, version))
    return ExitCode.DONE


def implied_directory() -> Path:
    """The directory of the person's own plugins that Terraform and OpenTofu search on this system."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "io.terraform" / "plugins"
    own = Path.home() / ".terraform.d"
    data = Path(os.environ.get("XDG_DATA_HOME", ""))
    if data.is_absolute() and not own.exists():
        # A new ~/.terraform.d would make OpenTofu forget the settings and plugins it has in the XDG directories.
        return data / "terraform" / "plugins"
    return own / "plugins"


def shared_directories() -> list[Path]:
    """The directories of everybody's plugins that Terraform and OpenTofu search on this system: for Linux alone."""
    if sys.platform != "linux":
        return []
    named = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(each) / "terraform" / "plugins" for each in named.split(":") if each]


def this_platform() -> str:
    """Terraform's name for this system: `linux_amd64`."""
    found = f"{platform.system().lower()}_{ARCHITECTURES.get(platform.machine().lower(), platform.machine().lower())}"
    if found not in launcher.PLATFORMS:
        raise CommandError(
            f"this system is {found}; the launcher is a shell script for {', '.join(launcher.PLATFORMS)}. "
            "On Windows, work inside WSL."
        )
    return found


def _next_steps(directory: Path, version: str) -> str:
    requirement = f'provider "{launcher.SOURCE}" {version} is found by `terraform init` and `tofu init`'
    if directory == implied_directory() or directory in shared_directories():
        return (
            f"The {requirement}, unless your CLI configuration has a provider_installation block.\n"
            "Run Terraform with the environment of dflow-cdktf active, or set DFLOW_PROVIDER_BIN to its "
            "terraform-provider-dflow."
        )
    hosts = ", ".join(f'"{host}/{launcher.SOURCE}"' for host in launcher.HOSTS)
    return (
        f"The {requirement} once your CLI configuration (~/.terraformrc, ~/.tofurc) says:\n\n"
        "provider_installation {\n"
        "  filesystem_mirror {\n"
        f'    path    = "{directory}"\n'
        f"    include = [{hosts}]\n"
        "  }\n"
        "  direct {\n"
        f"    exclude = [{hosts}]\n"
        "  }\n"
        "}"
    )
