"""The one place that decides which CDK for Terraform is used: `cdktf` 0.21 or its successor `cdktn` 0.24.

The two have the same classes and the same logical ids, but they cannot be mixed within one program. The choice is, in
this order: what the environment variable `DFLOW_CDK` names, what the program imported already, what is installed
(`cdktf` where both are).
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from typing import TYPE_CHECKING

_KNOWN = ("cdktf", "cdktn")


def _chosen() -> str:
    named = os.environ.get("DFLOW_CDK", "")
    if named:
        if named not in _KNOWN:
            raise ImportError(f"DFLOW_CDK is {named!r}; set it to 'cdktf' or 'cdktn', or leave it unset")
        return named
    for name in _KNOWN:
        if name in sys.modules:
            return name
    for name in _KNOWN:
        if importlib.util.find_spec(name) is not None:
            return name
    raise ImportError(
        "neither cdktf nor cdktn is installed: "
        "run `pip install 'dflow-cdktf[cdktf]'` or `pip install 'dflow-cdktf[cdktn]'`"
    )


if TYPE_CHECKING:
    import cdktf as cdk
else:
    cdk = importlib.import_module(_chosen())

__all__ = ["cdk"]
