"""How far a deployment is."""

from __future__ import annotations

from enum import Enum


class DeploymentStatus(Enum):
    """How far a deployment is. `queued` may last for ever: dFlow neither cancels nor repeats one."""

    QUEUED = "queued"
    BUILDING = "building"
    FAILED = "failed"
    SUCCESS = "success"

    @property
    def is_final(self) -> bool:
        """Say whether nothing follows."""
        return self in {DeploymentStatus.FAILED, DeploymentStatus.SUCCESS}
