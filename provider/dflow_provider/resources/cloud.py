"""A cloud that dFlow keeps accounts of: our words for it and its credentials, and dFlow's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.control_plane.cloud_provider_accounts import CloudProviderAccountDocument


@dataclass(frozen=True)
class _Details:
    """How the credentials of one cloud are spelled.

    Args:
        type: what dFlow calls the cloud in `type`.
        group: the group of fields in which dFlow keeps the credentials.
        identifiers: what may be seen: our attribute, and dFlow's field.
        unique: those identifiers that no second account of the organisation may have.
        secret: our attribute, without its suffix, and dFlow's field.
    """

    type: str
    group: str
    identifiers: Mapping[str, str]
    unique: tuple[str, ...]
    secret: tuple[str, str]


class Cloud(Enum):
    """A cloud; the value is the word that a configuration uses, as a type and as the name of its credentials."""

    DFLOW = "dflow"
    AWS = "aws"
    AZURE = "azure"
    GCP = "gcp"
    DIGITALOCEAN = "digitalocean"

    @property
    def type(self) -> str:
        """What dFlow calls it."""
        return _DETAILS[self].type

    @property
    def group(self) -> str:
        """The group of fields in which dFlow keeps its credentials."""
        return _DETAILS[self].group

    @property
    def identifiers(self) -> Mapping[str, str]:
        """The part of its credentials that may be seen: our attributes, and dFlow's fields."""
        return _DETAILS[self].identifiers

    @property
    def unique(self) -> tuple[str, ...]:
        """Those of our attributes that together make an account one of a kind; none where only the secret does."""
        return _DETAILS[self].unique

    @property
    def secret(self) -> str:
        """Our write-only attribute for the secret part."""
        return f"{_DETAILS[self].secret[0]}_wo"

    @property
    def secret_version(self) -> str:
        """Our attribute whose change sends the secret again."""
        return f"{self.secret}_version"

    @property
    def secret_field(self) -> str:
        """The field in which dFlow keeps the secret part."""
        return _DETAILS[self].secret[1]

    @property
    def is_used(self) -> bool:
        """Say whether dFlow does anything with an account there."""
        return self in {Cloud.DFLOW, Cloud.AWS}

    @classmethod
    def of(cls, document: CloudProviderAccountDocument) -> Cloud | None:
        """Return the cloud of an account; nothing for one that dFlow learnt of after this was written."""
        return next((cloud for cloud in cls if cloud.type == document["type"]), None)

    def identifiers_in(self, document: CloudProviderAccountDocument) -> dict[str, str | None]:
        """Return what may be seen of an account's credentials, by our names."""
        group = cast("dict[str, Any]", document).get(self.group) or {}
        return {attribute: group.get(field) for attribute, field in self.identifiers.items()}

    def secret_in(self, document: CloudProviderAccountDocument) -> str | None:
        """Return the secret part of an account's credentials, where it was asked for."""
        group = cast("dict[str, Any]", document).get(self.group) or {}
        return cast("str | None", group.get(self.secret_field))


_DETAILS = {
    Cloud.DFLOW: _Details("dFlow", "dFlowDetails", {}, (), ("access_token", "accessToken")),
    Cloud.AWS: _Details(
        "aws",
        "awsDetails",
        {"access_key_id": "accessKeyId"},
        ("access_key_id",),
        ("secret_access_key", "secretAccessKey"),
    ),
    Cloud.AZURE: _Details(
        "azure",
        "azureDetails",
        {"client_id": "clientId", "tenant_id": "tenantId", "subscription_id": "subscriptionId"},
        ("client_id", "subscription_id"),
        ("client_secret", "clientSecret"),
    ),
    Cloud.GCP: _Details(
        "gcp", "gcpDetails", {"project_id": "projectId"}, (), ("service_account_key", "serviceAccountKey")
    ),
    Cloud.DIGITALOCEAN: _Details("digitalocean", "digitaloceanDetails", {}, (), ("access_token", "accessToken")),
}
