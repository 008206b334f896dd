"""A value that must never stand in the program's output."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Never

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.secret_origin import Derived, Literal, ProcessEnvironment, ProcessFile

if TYPE_CHECKING:
    from dflow_cdk import cdk
    from dflow_constructs.secret_origin import SecretOrigin

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LABEL = re.compile(r"[A-Za-z0-9_.-]+")
_SHORTEST, _LONGEST = 32, 128


class OnePasswordField(Enum):
    """A field of a 1Password item; the value is its name in 1Password's Terraform provider."""

    PASSWORD = "password"  # noqa: S105 - the name of a field, no password
    CREDENTIAL = "credential"
    NOTE = "note_value"


@dataclass(frozen=True)
class Secret:
    """A secret by the place that Terraform reads it from while it runs; use one of the `from_…` methods.

    Terraform reads the value through an ephemeral block and hands it on through a write-only argument: it stands
    neither in the synthesized configuration nor in plan or state. Because Terraform keeps no copy, it cannot see that
    the value in that place has changed: give another `version` whenever it has, and the services get the new one.

    A secret store is read with the vendor's own Terraform provider, configured from Terraform's environment unless
    `provider` says otherwise. To name a version of the store's own (`stored_version`) counts as a `version` as well.
    """

    name: str
    version: str = "1"
    read_from: SecretOrigin | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.read_from is None and not _NAME.fullmatch(self.name):
            raise ConfigurationError(
                "Secret.from_environment(…)",
                "the argument is not the name of an environment variable (letters, digits and _, not a digit first). "
                "If it was the secret itself: put it in an environment variable, "
                'and name that one here, Secret.from_environment("ORDERS_PASSWORD")',
            )

    @classmethod
    def from_environment(cls, name: str, *, version: str = "1") -> Secret:
        """Take the value of the environment variable `name` of the Terraform process, at plan and at apply.

        Args:
            name: the environment variable; absent or empty at run time is an error of Terraform that names it.
            version: any text; change it when the value behind the name was changed.
        """
        return cls(name, version)

    @classmethod
    def from_file(cls, path: str, *, version: str = "1") -> Secret:
        """Take the text of a file on the machine that runs Terraform, without one line break at its end.

        Args:
            path: from the root, `/run/secrets/orders`, or from the home folder, `~/orders`; absent or empty at run time
                is an error of Terraform that names it.
            version: any text; change it when the file was changed.
        """
        if not path.startswith(("/", "~/")) or path.endswith("/") or "\n" in path:
            raise ConfigurationError(
                "Secret.from_file(…)",
                "the argument is no path from the root or the home folder, and Terraform runs in a folder of the CDK's "
                'that relative paths were not written for; give the whole path, Secret.from_file("/run/secrets/orders")'
                ". If it was the secret itself: put it in a file, and name that one here",
            )
        return cls(path, version, ProcessFile(path))

    @classmethod
    def from_aws_secrets_manager(
        cls,
        secret: str,
        *,
        key: str | None = None,
        stored_version: str | None = None,
        region: str | None = None,
        provider: cdk.TerraformProvider | None = None,
        version: str = "1",
    ) -> Secret:
        """Take a secret of AWS Secrets Manager.

        Args:
            secret: its name or ARN: `shop/orders`.
            key: the field to take where the secret is a JSON object, such as `password` of one that RDS keeps.
            stored_version: the id of a version; the current one unless given.
            region: where it is; the provider's own region unless given.
            provider: the configuration of `hashicorp/aws` to use.
            version: any text; change it when the secret was changed.
        """
        from dflow_constructs import secret_stores  # noqa: PLC0415 - for those who use one

        return cls(
            secret,
            version,
            secret_stores.aws_secrets_manager(
                secret, key=key, stored_version=stored_version, region=region, provider=provider
            ),
        )

    @classmethod
    def from_aws_ssm(cls, arn: str, *, provider: cdk.TerraformProvider | None = None, version: str = "1") -> Secret:
        """Take a parameter of the AWS Systems Manager Parameter Store.

        Args:
            arn: its ARN, `arn:aws:ssm:eu-central-1:123456789012:parameter/shop/orders`.
            provider: the configuration of `hashicorp/aws` to use.
            version: any text; change it when the parameter was changed.
        """
        from dflow_constructs import secret_stores  # noqa: PLC0415 - for those who use one

        return cls(arn, version, secret_stores.aws_ssm(arn, provider=provider))

    @classmethod
    def from_google_secret_manager(
        cls,
        secret: str,
        *,
        project: str | None = None,
        key: str | None = None,
        stored_version: str = "latest",
        provider: cdk.TerraformProvider | None = None,
        version: str = "1",
    ) -> Secret:
        """Take a secret of Google's Secret Manager.

        Args:
            secret: its name: `shop-orders`.
            project: its project; the provider's own unless given.
            key: the field to take where the secret is a JSON object.
            stored_version: a version's number; the latest unless given.
            provider: the configuration of `hashicorp/google` to use.
            version: any text; change it when the secret was changed.
        """
        from dflow_constructs import secret_stores  # noqa: PLC0415 - for those who use one

        return cls(
            secret,
            version,
            secret_stores.google_secret_manager(
                secret, project=project, key=key, stored_version=stored_version, provider=provider
            ),
        )

    @classmethod
    def from_azure_key_vault(
        cls,
        key_vault_id: str,
        name: str,
        *,
        stored_version: str | None = None,
        provider: cdk.TerraformProvider | None = None,
        version: str = "1",
    ) -> Secret:
        """Take a secret of an Azure Key Vault.

        Args:
            key_vault_id: the vault's resource id, `/subscriptions/…/vaults/shop`.
            name: the secret's name: `orders`.
            stored_version: the id of a version; the current one unless given.
            provider: the configuration of `hashicorp/azurerm` to use.
            version: any text; change it when the secret was changed.
        """
        from dflow_constructs import secret_stores  # noqa: PLC0415 - for those who use one

        return cls(
            name,
            version,
            secret_stores.azure_key_vault(key_vault_id, name, stored_version=stored_version, provider=provider),
        )

    @classmethod
    def from_vault(
        cls,
        mount: str,
        name: str,
        *,
        key: str,
        stored_version: int | None = None,
        provider: cdk.TerraformProvider | None = None,
        version: str = "1",
    ) -> Secret:
        """Take one value of a secret in a key-value store, version 2, of HashiCorp Vault.

        Args:
            mount: where the store is mounted: `kv`.
            name: the secret's path in it, without `data`: `shop/orders`.
            key: which of its values: `password`.
            stored_version: the number of a version; the current one unless given.
            provider: the configuration of `hashicorp/vault` to use.
            version: any text; change it when the value was changed.
        """
        from dflow_constructs import secret_stores  # noqa: PLC0415 - for those who use one

        return cls(
            f"{mount}/{name}",
            version,
            secret_stores.vault(mount, name, key=key, stored_version=stored_version, provider=provider),
        )

    @classmethod
    def from_onepassword(
        cls,
        vault: str,
        *,
        title: str | None = None,
        uuid: str | None = None,
        field: OnePasswordField = OnePasswordField.PASSWORD,
        provider: cdk.TerraformProvider | None = None,
        version: str = "1",
    ) -> Secret:
        """Take a field of an item in 1Password.

        Args:
            vault: the vault's UUID.
            title: the item's title; give this or `uuid`.
            uuid: the item's UUID.
            field: which of its fields.
            provider: the configuration of `1Password/onepassword` to use.
            version: any text; change it when the item was changed.
        """
        from dflow_constructs import secret_stores  # noqa: PLC0415 - for those who use one

        return cls(
            title or uuid or "",
            version,
            secret_stores.onepassword(vault, title=title, uuid=uuid, field=field.value, provider=provider),
        )

    @classmethod
    def derived(cls, seed: Secret, label: str, *, length: int = 64, version: str = "1") -> Secret:
        """Have Terraform compute a secret from another one: the same label and seed always give the same value.

        Args:
            seed: a secret of at least 32 random characters; whoever knows it knows all that is computed from it.
            label: tells the secrets of one seed apart: `session-key`.
            length: how many characters, each a hexadecimal digit; 32 to 128.
            version: any text; another one gives another value.
        """
        if not isinstance(seed, Secret):
            raise ConfigurationError(  # a program without a type checker gets here
                "Secret.derived(…)",
                'seed is not a Secret; pass one, seed=Secret.from_environment("SHOP_SEED")',
            )
        if not _LABEL.fullmatch(label) or not _LABEL.fullmatch(version):
            raise ConfigurationError(
                "Secret.derived(…)",
                f"label {label!r} or version {version!r} holds more than letters, digits, dots, - and _; "
                'write label="session-key"',
            )
        if not _SHORTEST <= length <= _LONGEST:
            raise ConfigurationError(
                "Secret.derived(…)",
                f"length {length} is not from {_SHORTEST} (as hard to guess as 128 random bits) to {_LONGEST} (all "
                "there are); leave it out for 64",
            )
        return cls(label, version, Derived(seed, f"{label}/{version}", length))

    @classmethod
    def insecure_literal(cls, value: str, *, reason: str) -> Secret:
        """Take a text of the program as the secret, for a sandbox: it stands in the output for everybody to read.

        Every plan shows the reason as an output.

        Args:
            value: the secret.
            reason: why nobody has to keep it.
        """
        call = "Secret.insecure_literal(…)"
        if not value:
            raise ConfigurationError(call, "the value is empty, which is no secret; give one, or leave it out")
        if not reason.strip():
            raise ConfigurationError(
                call,
                "the secret would stand in the program and its output and nobody could tell why; "
                'say it, reason="the sandbox\'s database is thrown away every night"',
            )
        return cls("insecure literal", "1", Literal(value, reason))

    @property
    def origin(self) -> SecretOrigin:
        """The place that Terraform reads it from."""
        return self.read_from or ProcessEnvironment(self.name)

    @property
    def outline(self) -> str:
        """What tells it from all others and from other versions of it, without its value."""
        return f"{self.origin.outline} {self.version}"

    @property
    def written_in_the_program(self) -> str | None:
        """The value, of an `insecure_literal` alone."""
        return self.origin.value if isinstance(self.origin, Literal) else None

    def __str__(self) -> Never:
        key = self.name if _NAME.fullmatch(self.name) else "TOKEN"
        raise TypeError(
            f"a Secret ({self.name}) is not text: Terraform learns its value only when it runs. "
            f'Pass the Secret itself, variables={{"{key}": secret}} or password=secret'
        )

    def __format__(self, spec: str) -> Never:
        self.__str__()
