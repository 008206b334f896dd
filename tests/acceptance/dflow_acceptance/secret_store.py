"""A provider that stands in for a vendor's own: its ephemeral resources as documented, which read a file of secrets.

Terraform starts it from a plugin directory: `secret_store.py aws`. SECRET_STORES names the file, in JSON: for each type
of ephemeral resource a list of secrets, each with the arguments that find it and the attributes it has; the last one of
those that fit is the current one.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from dflow_provider.plugin.main import run
from dflow_provider.schema import (
    BOOL,
    NUMBER,
    STRING,
    Attribute,
    Exposure,
    MapOf,
    Nested,
    NestingMode,
    Presence,
    ProviderError,
    Schema,
)

if TYPE_CHECKING:
    from dflow_provider.schema import Call, Values

FILE = "SECRET_STORES"
DOCUMENTED = Path(__file__).resolve().parents[2] / "library" / "data" / "ephemeral_schemas.json"
SETTINGS = {
    "aws": ("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
    "azurerm": ("ARM_SUBSCRIPTION_ID",),
    "google": ("GOOGLE_CREDENTIALS",),
    "onepassword": ("OP_SERVICE_ACCOUNT_TOKEN",),
    "vault": ("VAULT_ADDR", "VAULT_TOKEN"),
}
"""The environment variables that each provider is documented to be configured by."""
MISSING = {
    "aws_secretsmanager_secret_version": "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    "aws_ssm_parameter": "ParameterNotFound",
    "azurerm_key_vault_secret": "SecretNotFound: it was not found in this key vault",
    "google_secret_manager_secret_version": "Error 404: Secret not found or has no versions.",
    "onepassword_item": "no item found",
    "vault_kv_secret_v2": "no secret found",
}
"""What each of them says where there is no such secret."""

_TYPES = {"string": STRING, "number": NUMBER, "bool": BOOL, "map": MapOf(STRING)}
_NEWEST = {"version": "latest"}
"""How Google calls the current version."""


class StoredSecret:
    """An ephemeral resource that finds a secret by its arguments."""

    schema: ClassVar[Schema]
    kind: ClassVar[str]

    def __init__(self, _: object) -> None:
        """Need nothing."""

    def open(self, config: Values, _call: Call) -> Values:
        """Return the secret's attributes beside the arguments."""
        stored = json.loads(Path(os.environ[FILE]).read_text(encoding="utf-8"))[self.kind]
        asked = {name: value for name, value in config.items() if value is not None and _NEWEST.get(name) != value}
        fitting = [each for each in stored if asked.items() <= each.items()]
        if not fitting:
            raise ProviderError(f"Reading {self.kind}", MISSING[self.kind])
        return {name: fitting[-1].get(name, value) for name, value in config.items()}


class Store:
    """A provider with the ephemeral resources of a local name."""

    resources: ClassVar[dict[str, Any]] = {}
    data_sources: ClassVar[dict[str, Any]] = {}
    functions: ClassVar[dict[str, Any]] = {}

    def __init__(self, name: str) -> None:
        """Take the types whose names begin with the provider's."""
        self.name = name
        features = Attribute(
            "features", Nested(NestingMode.LIST, ()), Presence.REQUIRED, "Demanded by azurerm, with or without content."
        )
        self.schema = Schema("A stand-in.", (features,) if name == "azurerm" else ())
        documented = json.loads(DOCUMENTED.read_text(encoding="utf-8"))
        self.ephemeral_resources = {
            kind: type("Documented", (StoredSecret,), {"schema": _schema(facts), "kind": kind})
            for kind, facts in documented.items()
            if kind.startswith(f"{name}_")
        }

    def configure(self, _config: Values, _call: Call) -> None:
        """Demand the settings that the provider takes from Terraform's environment."""
        missing = [variable for variable in SETTINGS[self.name] if not os.environ.get(variable)]
        if missing:
            raise ProviderError("Missing configuration", f"{', '.join(missing)} must be set")


def _schema(facts: dict[str, Any]) -> Schema:
    arguments = tuple(
        Attribute(
            name, _TYPES[each["type"]], Presence.REQUIRED if each["required"] else Presence.OPTIONAL, "As documented."
        )
        for name, each in facts["arguments"].items()
    )
    values = tuple(
        Attribute(name, _TYPES[kind], Presence.COMPUTED, "As documented.", exposure=Exposure.SENSITIVE)
        for name, kind in facts["values"].items()
    )
    return Schema("A stand-in.", arguments + values)


if __name__ == "__main__":
    sys.exit(run(lambda: Store(sys.argv[1]), sys.argv[2:]))
