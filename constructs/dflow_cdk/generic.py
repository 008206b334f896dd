"""Blocks of any type, for providers that have no generated classes here.

Nothing is checked and nothing is imported: whoever writes the arguments answers for them. They are read when the stack
is synthesized, so a dict may be filled until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii

from dflow_cdk import cdk
from dflow_cdk.element import address
from dflow_cdk.inputs import terraform_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct


class GenericResource(cdk.TerraformResource):
    """A managed resource of any type.

    Args:
        scope: the construct it belongs to.
        id_: its id there.
        terraform_type: Terraform's name of the type: `hcloud_firewall`.
        provider: the provider configuration to use, if not the default one.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        terraform_type: str,
        provider: cdk.TerraformProvider | None = None,
    ) -> None:
        self.arguments: dict[str, Any] = {}
        self.meta: dict[str, Any] = {}
        config = {"terraformResourceType": terraform_type, **({} if provider is None else {"provider": provider})}
        jsii.create(type(self), self, [scope, id_, config])

    @property
    def address(self) -> str:
        """Where Terraform finds it within the stack: `hcloud_firewall.orders`."""
        return address(self)

    def to_terraform(self) -> Any:
        """Return the block in Terraform's JSON, with `for_each` and `lifecycle` as `meta` has them."""
        fragment = super().to_terraform()
        # The CDK takes an iterator of its own for the one and has no expressions in the other.
        for block in fragment["resource"][self.terraform_resource_type].values():
            block.update({name: terraform_value(value) for name, value in self.meta.items() if value})
        return fragment

    def _synthesize_attributes(self) -> Mapping[str, Any]:
        return {name: terraform_value(value) for name, value in self.arguments.items()}


class GenericProvider(cdk.TerraformProvider):
    """The default configuration of any provider, which gives way to one that the program has itself.

    Args:
        scope: the stack.
        id_: its id there.
        name: the provider's local name: `hcloud`.
        source: where Terraform finds it: `hetznercloud/hcloud`.
        versions: which versions fit: `>= 1.50, < 2`.
        arguments: what it cannot do without.
    """

    _alias: str | None = None

    def __init__(
        self, scope: Construct, id_: str, *, name: str, source: str, versions: str, arguments: Mapping[str, Any]
    ) -> None:
        self._name = name
        self._versions = [versions]
        self._arguments = dict(arguments)
        config = {
            "terraformResourceType": name,
            "terraformProviderSource": source,
            "terraformGeneratorMetadata": {"providerName": name, "providerVersionConstraint": versions},
        }
        jsii.create(type(self), self, [scope, id_, config])

    @property
    def alias(self) -> str | None:
        """None: it is the default one."""
        return self._alias

    @alias.setter
    def alias(self, value: str | None) -> None:
        self._alias = value

    def to_terraform(self) -> Any:
        """Return the block and the requirement, or nothing where the program configures the provider itself."""
        for other in cdk.TerraformStack.of(self).all_providers():
            if other.terraform_resource_type == self._name and other.node.path != self.node.path and not other.alias:
                return {}
        fragment = super().to_terraform()
        if len(self._versions) > 1:
            fragment["terraform"]["required_providers"][self._name]["version"] = ", ".join(self._versions)
        return fragment

    def narrow(self, versions: str) -> None:
        """Require versions that fit this range as well."""
        if versions not in self._versions:
            self._versions.append(versions)

    def _synthesize_attributes(self) -> Mapping[str, Any]:
        return self._arguments


class Local(cdk.TerraformElement):
    """A local value.

    Args:
        scope: the construct it belongs to.
        id_: its id there; the value's name follows from it.
    """

    def __init__(self, scope: Construct, id_: str) -> None:
        self.value: Any = {}
        jsii.create(type(self), self, [scope, id_])
        self.name = self.friendly_unique_id

    @property
    def address(self) -> str:
        """Where Terraform finds it within the stack: `local.orders`."""
        return f"local.{self.name}"

    def to_terraform(self) -> Any:
        """Return the block in Terraform's JSON."""
        return {"locals": {self.name: terraform_value(self.value)}}
