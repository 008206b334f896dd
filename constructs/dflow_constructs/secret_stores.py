"""Secret stores, by the ephemeral resources of their own Terraform providers.

The version ranges begin where a provider certainly has the resource and the attributes that are read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.secret_origin import Holding, StoredSecret
from dflow_constructs.tokens import has_token
from dflow_vendors.official import OfficialProvider
from dflow_vendors.official_resources.aws import AWS

if TYPE_CHECKING:
    from dflow_cdk import cdk

    _Provider = cdk.TerraformProvider | None

_AZURERM: Final = OfficialProvider("azurerm", "hashicorp/azurerm", ">= 4.20, < 6.0", needs=("features",))
_GOOGLE: Final = OfficialProvider("google", "hashicorp/google", ">= 7.0, < 8.0")
_ONEPASSWORD: Final = OfficialProvider("onepassword", "1Password/onepassword", ">= 3.2, < 4.0")
_VAULT: Final = OfficialProvider("vault", "hashicorp/vault", ">= 5.0, < 6.0")

_KEY = re.compile(r"[A-Za-z0-9_.:/@+ -]+")
_PARAMETER = re.compile(r"arn:[a-z-]+:ssm:[a-z0-9-]+:\d{12}:parameter/\S+")


def aws_secrets_manager(
    secret: str, *, key: str | None, stored_version: str | None, region: str | None, provider: _Provider
) -> StoredSecret:
    """Return how a secret of AWS Secrets Manager is read."""
    call = "Secret.from_aws_secrets_manager(…)"
    return StoredSecret(
        "aws_secretsmanager_secret_version",
        AWS,
        _given(secret_id=_filled(call, "secret", secret), version_id=stored_version, region=region),
        "secret_string",
        _key(call, key),
        configured=provider,
    )


def aws_ssm(arn: str, *, provider: _Provider) -> StoredSecret:
    """Return how a parameter of AWS Systems Manager is read."""
    if not has_token(arn) and not _PARAMETER.fullmatch(arn):
        raise ConfigurationError(
            "Secret.from_aws_ssm(…)",
            "the argument is no ARN of a parameter, and Terraform's provider finds it by that alone; copy it from AWS, "
            'Secret.from_aws_ssm("arn:aws:ssm:eu-central-1:123456789012:parameter/shop/orders")',
        )
    return StoredSecret("aws_ssm_parameter", AWS, _given(arn=arn), "value", configured=provider)


def google_secret_manager(
    secret: str, *, project: str | None, key: str | None, stored_version: str, provider: _Provider
) -> StoredSecret:
    """Return how a secret of Google's Secret Manager is read."""
    call = "Secret.from_google_secret_manager(…)"
    return StoredSecret(
        "google_secret_manager_secret_version",
        _GOOGLE,
        _given(secret=_filled(call, "secret", secret), project=project, version=stored_version),
        "secret_data",
        _key(call, key),
        configured=provider,
    )


def azure_key_vault(key_vault_id: str, name: str, *, stored_version: str | None, provider: _Provider) -> StoredSecret:
    """Return how a secret of an Azure Key Vault is read."""
    call = "Secret.from_azure_key_vault(…)"
    if not has_token(key_vault_id) and not key_vault_id.startswith("/subscriptions/"):
        raise ConfigurationError(
            call, "key_vault_id is no resource id; copy the one that begins with /subscriptions/ from the vault"
        )
    given = _given(name=_filled(call, "name", name), key_vault_id=key_vault_id, version=stored_version)
    return StoredSecret("azurerm_key_vault_secret", _AZURERM, given, "value", configured=provider)


def vault(mount: str, name: str, *, key: str, stored_version: int | None, provider: _Provider) -> StoredSecret:
    """Return how a value in a key-value store, version 2, of HashiCorp Vault is read."""
    call = "Secret.from_vault(…)"
    for word, given, example in (("mount", mount, "kv"), ("name", name, "shop/orders")):
        if not given or given.strip("/") != given:
            raise ConfigurationError(
                call, f'{word} {given!r} is empty or has a slash at an end; write {word}="{example}", for example'
            )
    return StoredSecret(
        "vault_kv_secret_v2",
        _VAULT,
        _given(mount=mount, name=name, version=stored_version),
        "data",
        _key(call, key),
        Holding.MAP,
        configured=provider,
    )


def onepassword(vault: str, *, title: str | None, uuid: str | None, field: str, provider: _Provider) -> StoredSecret:
    """Return how a field of a 1Password item is read."""
    call = "Secret.from_onepassword(…)"
    if (title is None) == (uuid is None):
        raise ConfigurationError(
            call, 'an item is found by its title or by its UUID; give exactly one of them, title="Orders database"'
        )
    _filled(call, "title" if uuid is None else "uuid", title or uuid or "")
    given = _given(vault=_filled(call, "vault", vault), title=title, uuid=uuid)
    return StoredSecret("onepassword_item", _ONEPASSWORD, given, field, configured=provider)


def _given(**arguments: str | int | None) -> tuple[tuple[str, str | int], ...]:
    return tuple((name, value) for name, value in arguments.items() if value is not None)


def _filled(call: str, argument: str, value: str) -> str:
    if not value.strip():
        raise ConfigurationError(call, f"{argument} is empty; write the one it has in the store")
    return value


def _key(call: str, key: str | None) -> str | None:
    if key is not None and not _KEY.fullmatch(key):
        raise ConfigurationError(
            call, f"key {key!r} is empty or holds more than letters, digits, blanks and _.:/@+-; rename the field"
        )
    return key
