"""What a subcommand writes for other programs: bytes of UTF-8, whatever the locale."""

from __future__ import annotations

import io
import os
import sys


def write_to_standard_output(data: bytes) -> None:
    """Write all of it; a reader that has gone away is no error."""
    try:
        sys.stdout.flush()
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(data.decode())
        sys.stdout.flush()
    except BrokenPipeError:
        # What Python flushes at its end must not fail either, or the exit code would be lost.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
