"""One import at a time, where several calls of Terraform's are answered at once.

Two threads that begin to import a package at different ends, `urllib3` here and `urllib3.exceptions` there, each wait
for what the other holds. Python notices and lets one of them fail. So whatever is imported after the start is imported
under this lock.
"""

from __future__ import annotations

from importlib import import_module
from threading import RLock

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from types import ModuleType

IMPORTING = RLock()


def imported(module: str) -> ModuleType:
    """Import a module by its full name, or return it if it is imported."""
    with IMPORTING:
        return import_module(module)
