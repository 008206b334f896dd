"""A provider process that serves several Terraform commands, or several phases of one, instead of one each."""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dflow_cli import launcher
from dflow_cli.failure import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "TF_REATTACH_PROVIDERS"
END_SECONDS = 120
"""How long to wait for a change under way before the provider is ended by force."""


@contextmanager
def warm_provider() -> Iterator[dict[str, str]]:
    """Start the provider, and give the variable that makes Terraform and OpenTofu use it. Ends it afterwards.

    Without TLS: the provider listens on a socket in a directory that only this user can enter.

    Raises:
        ModuleNotFoundError: a package of the extra `provider` is missing.
        CommandError: the provider does not start.
    """
    for package in ("grpc", "msgpack", "google.protobuf"):
        if importlib.util.find_spec(package) is None:
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "dflow_provider.plugin.main", "--serve"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield {VARIABLE: _for_both_registries(process)}
    finally:
        _end(process)


def _for_both_registries(process: subprocess.Popen[str]) -> str:
    """Read where the provider listens, which it says for Terraform alone, and say it for OpenTofu too."""
    line = process.stdout.readline() if process.stdout else ""
    try:
        (attachment,) = json.loads(line).values()
    except ValueError as error:
        raise CommandError(f"the provider does not start; it said: {line.strip() or 'nothing'}") from error
    return json.dumps({f"{host}/{launcher.SOURCE}": attachment for host in launcher.HOSTS})


def _end(process: subprocess.Popen[str]) -> None:
    """Let the provider finish what it is doing, then make sure that it is gone."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        if process.stdout:
            process.stdout.close()
