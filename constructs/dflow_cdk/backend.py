"""State backends of any type, and the remote state that other stacks read from them.

The CDK's own classes know the arguments of an older Terraform, and ask for credentials that Terraform takes from its
environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii

from dflow_cdk import cdk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct


class GenericBackend(cdk.TerraformBackend):
    """Where a stack's state is kept.

    Args:
        stack: the stack.
        name: Terraform's name of the type: `s3`.
        arguments: what stands in the block.
        read_by: what other stacks need to read the state, if that is not the same.
    """

    def __init__(
        self,
        stack: Construct,
        name: str,
        arguments: Mapping[str, Any],
        read_by: Mapping[str, Any] | None = None,
    ) -> None:
        self._type = name
        self._arguments = dict(arguments)
        self._read_by = dict(arguments if read_by is None else read_by)
        jsii.create(type(self), self, [stack, "backend", name])

    def get_remote_state_data_source(
        self,
        scope: Construct,
        name: str,
        from_stack: str,  # noqa: ARG002 - as the CDK has it
    ) -> cdk.TerraformRemoteState:
        """Return what another stack reads the state by; the CDK asks for it where a reference crosses stacks."""
        return GenericRemoteState(scope, name, self._type, self._read_by)

    def _synthesize_attributes(self) -> Mapping[str, Any]:
        return self._arguments


class GenericRemoteState(cdk.TerraformRemoteState):
    """The outputs of another stack, as its state has them."""

    def __init__(self, scope: Construct, id_: str, backend: str, config: Mapping[str, Any]) -> None:
        self._type = backend
        self._config = dict(config)
        jsii.create(type(self), self, [scope, id_, backend, {}])

    def to_terraform(self) -> Any:
        """Return the block in Terraform's JSON."""
        block = {"backend": self._type, "config": self._config}
        return {"data": {"terraform_remote_state": {self.friendly_unique_id: block}}}
