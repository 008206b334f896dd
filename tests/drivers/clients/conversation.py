"""One attempt for each line: the variables of a service in, what the driver said out."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def converse(attempt: Callable[[Mapping[str, str]], None]) -> None:
    """Answer every line; an attempt that raises nothing has logged in."""
    for line in sys.stdin:
        error = None
        try:
            attempt(json.loads(line))
        except Exception as raised:  # noqa: BLE001 - whatever a driver raises is the answer
            error = f"{type(raised).__name__}: {raised}"
        print(json.dumps({"error": error}), flush=True)
