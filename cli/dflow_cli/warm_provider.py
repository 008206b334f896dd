"""A provider process that serves several Terraform commands, or several phases of one, instead of one each."""

from __future__ import annotations

import importlib.util
import json
import os
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
    from dflow_provider.plugin.handshake import (  # noqa: PLC0415 - only `tf` needs the provider's package
        CLIENT_CERTIFICATE,
        COOKIE,
        COOKIE_NAME,
        LAUNCHER_VERSION,
        PROTOCOL,
        PROTOCOL_VERSIONS,
    )

    environment = {
        name: value for name, value in os.environ.items() if name not in {CLIENT_CERTIFICATE, LAUNCHER_VERSION}
    }
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "dflow_provider.plugin.main"],
        env={**environment, COOKIE_NAME: COOKIE, PROTOCOL_VERSIONS: PROTOCOL},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        attachment = json.dumps(dict.fromkeys(_addresses(), _attachment(process)))
        yield {VARIABLE: attachment}
    finally:
        _end(process)


def _addresses() -> tuple[str, ...]:
    return tuple(f"{host}/{launcher.SOURCE}" for host in launcher.HOSTS)


def _attachment(process: subprocess.Popen[str]) -> dict[str, object]:
    """Read the handshake, and say what Terraform has to know to use a process that it did not start."""
    line = process.stdout.readline().strip() if process.stdout else ""
    match line.split("|"):
        case ["1", protocol, network, address, transport, _] if protocol.isdecimal():
            return {
                "Protocol": transport,
                "ProtocolVersion": int(protocol),
                "Pid": process.pid,
                "Test": True,  # Terraform leaves the process alone when it is done with it
                "Addr": {"Network": network, "String": address},
            }
    raise CommandError(f"the provider does not start; it said: {line or 'nothing'}")


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
