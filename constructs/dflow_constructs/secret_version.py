"""What tells Terraform that a secret, of which it keeps no copy, is another one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from dflow_constructs.variable_value import VariableValue

if TYPE_CHECKING:
    from dflow_constructs.secret import Secret


def secret_version(secret: Secret) -> str:
    """Return a text that changes with the secret's name and version, and tells nothing of its value."""
    return hashlib.sha256(VariableValue.of(secret).outline.encode()).hexdigest()[:16]
