"""What all generated classes share: how they come to be, and how their inputs reach Terraform's JSON.

The CDK asks a resource for its attributes when it synthesizes. The classes here answer from a plain dict that may
change until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

import jsii
from constructs import Construct

from dflow_cdk import cdk
from dflow_cdk.importable import ImportableConfig
from dflow_cdk.inputs import Kind, check, terraform_value

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONFIG_KEYS = {
    "count": "count",
    "depends_on": "dependsOn",
    "for_each": "forEach",
    "lifecycle": "lifecycle",
    "provider": "provider",
}


class _Inputs:
    """The attributes an element was given, under Terraform's names."""

    TF_RESOURCE_TYPE: ClassVar[str]
    """Terraform's name of the type: `dflow_environment`."""

    KINDS: ClassVar[Mapping[str, Kind]]
    """The attributes that can be given, and what each may be."""

    GENERATOR: ClassVar[Mapping[str, str]]
    """The provider these classes were generated for; the CDK refuses a stack that lacks it."""

    _inputs: dict[str, Any]
    _owner: str

    def _begin(self, scope: Construct, id_: str, inputs: Mapping[str, Any]) -> None:
        check(self.TF_RESOURCE_TYPE, "id_", id_, Kind.STRING)
        self._owner = f"{self.TF_RESOURCE_TYPE} {id_!r}"
        if not isinstance(scope, Construct):
            raise TypeError(
                f"{self._owner}: scope is of type {type(scope).__name__}; pass the stack or construct it belongs to"
            )
        self._inputs = {name: value for name, value in inputs.items() if value is not None}
        self._check()

    def _check(self) -> None:
        for name, value in self._inputs.items():
            if name not in self.KINDS:
                known = ", ".join(sorted(self.KINDS))
                raise TypeError(f"{self._owner}: {name!r} is no attribute that can be given; there are {known}")
            check(self._owner, name, value, self.KINDS[name])

    def _config(self, terraform_type: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        given = {_CONFIG_KEYS[name]: value for name, value in arguments.items() if value is not None}
        return {"terraformResourceType": terraform_type, "terraformGeneratorMetadata": dict(self.GENERATOR), **given}

    def _attributes(self) -> dict[str, Any]:
        self._check()
        return {name: terraform_value(value) for name, value in self._inputs.items() if value is not None}

    def _refuse_hcl(self) -> NoReturn:
        raise NotImplementedError(
            f"{self._owner}: HCL output is not supported, since the CDK writes it incompletely; "
            "synthesize without --hcl, to Terraform's JSON"
        )


def address(element: cdk.TerraformResource | cdk.TerraformDataSource) -> str:
    """Return the address of a resource or data source within its stack: `data.dflow_worker_node.fra`."""
    if not isinstance(element, cdk.TerraformResource | cdk.TerraformDataSource):
        raise TypeError(f"depend_on takes resources and data sources, not a {type(element).__name__}")
    prefix = "data." if isinstance(element, cdk.TerraformDataSource) else ""
    return f"{prefix}{element.terraform_resource_type}.{element.friendly_unique_id}"


def _with_addresses(
    present: list[str] | None, others: tuple[cdk.TerraformResource | cdk.TerraformDataSource, ...]
) -> list[str]:
    return list(dict.fromkeys([*(present or ()), *map(address, others)]))


# The constructors go straight to the kernel with a finished configuration: the constructors of the CDK's classes would
# check every argument once more in Python, at about a third of what creating a resource costs.


class Addressed(_Inputs, cdk.TerraformResource):
    """What the CDK takes for a resource."""

    def depend_on(self, *others: cdk.TerraformResource | cdk.TerraformDataSource) -> None:
        """Have Terraform create this after others and destroy it before them; naming one twice changes nothing."""
        self.depends_on = _with_addresses(self.depends_on, others)

    def __init__(self, scope: Construct, id_: str, *, inputs: Mapping[str, Any], **arguments: Any) -> None:
        self._begin(scope, id_, inputs)
        jsii.create(type(self), self, [scope, id_, self._config(self.TF_RESOURCE_TYPE, arguments)])

    def _synthesize_attributes(self) -> Mapping[str, Any]:
        return self._attributes()

    def _synthesize_hcl_attributes(self) -> Mapping[str, Any]:
        self._refuse_hcl()


class Resource(Addressed):
    """A managed resource."""

    @classmethod
    def generate_config_for_import(
        cls, scope: Construct, import_to_id: str, import_from_id: str, provider: cdk.TerraformProvider | None = None
    ) -> cdk.ImportableResource:
        """Have `terraform plan -generate-config-out` write the configuration of an object that exists already."""
        config = ImportableConfig(cls.TF_RESOURCE_TYPE, import_from_id, provider)
        return cdk.ImportableResource(scope, import_to_id, config)


class DataSource(_Inputs, cdk.TerraformDataSource):
    """A data source."""

    def depend_on(self, *others: cdk.TerraformResource | cdk.TerraformDataSource) -> None:
        """Have Terraform read this after others were created; naming one twice changes nothing."""
        self.depends_on = _with_addresses(self.depends_on, others)

    def __init__(self, scope: Construct, id_: str, *, inputs: Mapping[str, Any], **arguments: Any) -> None:
        self._begin(scope, id_, inputs)
        jsii.create(type(self), self, [scope, id_, self._config(self.TF_RESOURCE_TYPE, arguments)])

    def _synthesize_attributes(self) -> Mapping[str, Any]:
        return self._attributes()

    def _synthesize_hcl_attributes(self) -> Mapping[str, Any]:
        self._refuse_hcl()


class Provider(_Inputs, cdk.TerraformProvider):
    """A provider configuration."""

    SOURCE: ClassVar[str]
    """Where Terraform finds the provider: `dflow-cdktf/dflow`."""

    _alias: str | None

    def __init__(self, scope: Construct, id_: str, *, inputs: Mapping[str, Any], alias: str | None) -> None:
        self._begin(scope, id_, inputs)
        self._alias = alias
        config = {**self._config(self.TF_RESOURCE_TYPE, {}), "terraformProviderSource": self.SOURCE}
        jsii.create(type(self), self, [scope, id_, config])

    @property
    def alias(self) -> str | None:
        """The name by which resources choose this configuration over the default one."""
        return self._alias

    @alias.setter
    def alias(self, value: str | None) -> None:
        self._alias = value

    def _synthesize_attributes(self) -> Mapping[str, Any]:
        # A provider's attributes, unlike a resource's, have all their keys turned into snake case by the CDK,
        # those of maps included; what stands behind a token is left alone.
        return {
            name: cdk.Token.as_any(value) if isinstance(value, dict) else value
            for name, value in self._attributes().items()
        }

    def _synthesize_hcl_attributes(self) -> Mapping[str, Any]:
        self._refuse_hcl()
