"""Import blocks for which Terraform writes the configuration (`terraform plan -generate-config-out`)."""

from __future__ import annotations

import jsii

from dflow_cdk import cdk


@jsii.implements(cdk.IImportableConfig)
class ImportableConfig:
    """What to import. The CDK knows this as an interface only, and asks for each part when it synthesizes."""

    def __init__(self, terraform_resource_type: str, import_id: str, provider: cdk.TerraformProvider | None) -> None:
        self._terraform_resource_type = terraform_resource_type
        self._import_id = import_id
        self._provider = provider

    @property
    def terraform_resource_type(self) -> str:
        """Terraform's name of the type."""
        return self._terraform_resource_type

    @terraform_resource_type.setter
    def terraform_resource_type(self, value: str) -> None:
        self._terraform_resource_type = value

    @property
    def import_id(self) -> str:
        """The id, or the readable name, that the provider imports by."""
        return self._import_id

    @import_id.setter
    def import_id(self, value: str) -> None:
        self._import_id = value

    @property
    def provider(self) -> cdk.TerraformProvider | None:
        """The provider configuration to import with, if not the default one."""
        return self._provider

    @provider.setter
    def provider(self, value: cdk.TerraformProvider | None) -> None:
        self._provider = value
