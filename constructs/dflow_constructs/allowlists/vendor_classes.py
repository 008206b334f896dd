"""Finding a vendor's class by its name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from dflow_constructs import allowlists

if TYPE_CHECKING:
    from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


def class_named(name: str) -> type[VendorAllowlist]:
    """Return the class of that name, `GoogleCloudSql`, from the module that is called like it, `google_cloud_sql`.

    Raises:
        AttributeError: there is none.
    """
    module = _modules().get(name.lower())
    if module is None:
        raise AttributeError(f"module 'dflow_constructs' has no attribute {name!r}", name=name)
    found: type[VendorAllowlist] = getattr(import_module(f"{allowlists.__name__}.{module}"), name)
    return found


@cache
def _modules() -> dict[str, str]:
    return {module.name.replace("_", ""): module.name for module in iter_modules(allowlists.__path__)}
