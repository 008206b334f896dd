"""Ephemeral resources, which `cdktf` 0.21 has no class for."""

from __future__ import annotations

from typing import Any, ClassVar

from dflow_cdk.element import Addressed


class EphemeralResource(Addressed):
    """An ephemeral resource: opened anew in every run, stored nowhere.

    To the CDK it is a resource of the type `ephemeral.<type>`, which makes every reference to it right; only the block
    it is written in is another one.
    """

    TF_EPHEMERAL_TYPE: ClassVar[str]
    """Terraform's name of the type, without `ephemeral.` in front."""

    def to_terraform(self) -> Any:
        """Return the block in Terraform's JSON."""
        fragment = super().to_terraform()
        return {"ephemeral": {self.TF_EPHEMERAL_TYPE: fragment["resource"][self.TF_RESOURCE_TYPE]}}
