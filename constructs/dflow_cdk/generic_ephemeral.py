"""Ephemeral blocks of any type, for providers that have no generated classes here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii

from dflow_cdk import cdk
from dflow_cdk.element import address
from dflow_cdk.inputs import terraform_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct


class GenericEphemeral(cdk.TerraformResource):
    """An ephemeral resource of any type. Nothing is checked: whoever writes the arguments answers for them.

    Args:
        scope: the construct it belongs to.
        id_: its id there.
        terraform_type: Terraform's name of the type: `aws_secretsmanager_secret_version`.
        arguments: what it is given.
        provider: the provider configuration to use, if not the default one.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        terraform_type: str,
        arguments: Mapping[str, Any],
        provider: cdk.TerraformProvider | None = None,
    ) -> None:
        self._type = terraform_type
        self._arguments = dict(arguments)
        config = {
            "terraformResourceType": f"ephemeral.{terraform_type}",
            **({} if provider is None else {"provider": provider}),
        }
        jsii.create(type(self), self, [scope, id_, config])

    @property
    def address(self) -> str:
        """Where Terraform finds it within the stack: `ephemeral.aws_ssm_parameter.orders`."""
        return address(self)

    def to_terraform(self) -> Any:
        """Return the block in Terraform's JSON."""
        (blocks,) = super().to_terraform()["resource"].values()
        return {"ephemeral": {self._type: blocks}}

    def _synthesize_attributes(self) -> Mapping[str, Any]:
        return {name: terraform_value(value) for name, value in self._arguments.items()}
