"""Finding a vendor's row; each row is a module that is imported when it is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from dflow_vendors import rows
from dflow_vendors.vendor import Vendor


@cache
def vendor_named(key: str) -> Vendor:
    """Return the row of a vendor: `neon`, `aws_security_group`.

    Raises:
        KeyError: there is no such vendor.
    """
    try:
        module = import_module(f"{rows.__name__}.{key}")
    except ModuleNotFoundError as missing:
        raise KeyError(key) from missing
    row = getattr(module, key.upper())
    if not isinstance(row, Vendor):
        raise TypeError(f"{module.__name__}.{key.upper()} is no Vendor")
    return row


@cache
def all_vendors() -> tuple[Vendor, ...]:
    """Return every row, sorted by key. Imports all of them."""
    return tuple(vendor_named(key) for key in sorted(module.name for module in iter_modules(rows.__path__)))
