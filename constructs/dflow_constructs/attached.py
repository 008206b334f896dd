"""An Environment that exists, on whatever Worker Node it is attached to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Attached:
    """The Worker Node that an Environment is attached to in dFlow when Terraform plans.

    The Environment has to exist and is left as it is. The key of its allowlist entries is its name in dFlow, so another
    node, or another address of the node, is a changed entry and no new one.
    """
