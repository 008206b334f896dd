"""Where Terraform finds a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dflow_cdk import cdk


def address_of(resource: cdk.TerraformResource) -> str:
    """Return a resource's address within its stack, `dflow_environment.production`."""
    return f"{resource.terraform_resource_type}.{resource.friendly_unique_id}"
