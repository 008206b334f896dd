"""A program that uses a driver the way a service does: it is told its variables, and says what came of it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dflow_drivers.java import java

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLIENTS = Path(__file__).resolve().parent.parent / "clients"


@dataclass(frozen=True)
class Client:
    """A running program that tries one connection after the other.

    One line in, the variables as JSON; one line out, `{"error": null}` or what the driver said.
    """

    process: subprocess.Popen[str]

    def tries(self, variables: Mapping[str, str]) -> str | None:
        """Connect and log in; return what the driver said if it did not."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(dict(variables)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the program has ended, with exit code {self.process.wait(timeout=20)}"
        answer: dict[str, Any] = json.loads(line)
        return answer["error"]


@contextlib.contextmanager
def client(program: str, system: Path) -> Iterator[Client]:
    """Start a program of `clients/`, on a system that trusts one authority.

    OpenSSL is told so by `SSL_CERT_FILE`, Node by `NODE_EXTRA_CA_CERTS`, Java by a property.
    """
    match Path(program).suffix:
        case ".py":
            interpreter = [sys.executable]
        case ".java":
            interpreter = java(system)
        case _:
            interpreter = ["node"]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(system.parent),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(CLIENTS),
        "SSL_CERT_FILE": str(system),
        "SSL_CERT_DIR": str(system.parent / "no-directory"),
        "NODE_EXTRA_CA_CERTS": str(system),
    }
    with subprocess.Popen(
        [*interpreter, CLIENTS / program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        cwd=system.parent,
        text=True,
    ) as process:
        try:
            yield Client(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
