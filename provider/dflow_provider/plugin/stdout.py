"""Standard output belongs to the handshake: one stray line before it, and Terraform gives up on the provider."""

from __future__ import annotations

import os
import sys


def take_stdout() -> int:
    """Return a descriptor of what Terraform reads, and send everything else that is printed to stderr.

    The descriptor itself is exchanged, so that a C library's output goes astray as little as a `print`.
    """
    sys.stdout.flush()
    terraform = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return terraform


def write_line(descriptor: int, line: str) -> None:
    """Write one line, wholly, and nothing else."""
    rest = f"{line}\n".encode()
    while rest:
        rest = rest[os.write(descriptor, rest) :]
