"""Where stacks keep their states, as data: one answer for all of them, a state and a lock for each.

Credentials stand in none of these; Terraform takes them from its environment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from dflow_cdk import cdk
from dflow_cdk.backend import GenericBackend
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tenant_names import claim_state

if TYPE_CHECKING:
    import constructs

_HTTPS = re.compile(r"https://[^\s/@]+(/\S*)?|http://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?")
_LONGEST_SCHEMA = 63


class State(Protocol):
    """A place that holds the states of many stacks."""

    def keep(self, stack: constructs.Construct, name: str) -> None:
        """Have a stack's state kept here.

        Args:
            stack: the stack.
            name: what no other stack of the program is called.
        """


@dataclass(frozen=True, kw_only=True)
class S3State:
    """A bucket at S3, or at something that speaks S3; locked by files beside the states.

    Args:
        bucket: the bucket.
        region: its region; unless given, Terraform reads AWS_REGION.
        prefix: what the keys begin with: `terraform/`.
        kms_key_id: the key to encrypt states with; the bucket's own unless given.
        endpoint: where it is, if it is not at AWS; what only AWS can answer is then not asked.
    """

    bucket: str
    region: str | None = None
    prefix: str = ""
    kms_key_id: str | None = None
    endpoint: str | None = None

    def keep(self, stack: constructs.Construct, name: str) -> None:
        """Have a stack's state kept under `<prefix><name>.tfstate`."""
        _check(stack, "S3State", bucket=self.bucket)
        elsewhere = {
            "endpoints": {"s3": self.endpoint},
            "use_path_style": True,
            "skip_credentials_validation": True,
            "skip_requesting_account_id": True,
            "skip_metadata_api_check": True,
            "skip_region_validation": True,
        }
        arguments = {
            "bucket": self.bucket,
            "key": f"{self.prefix}{name}.tfstate",
            "region": self.region,
            "encrypt": None if self.endpoint else True,
            "kms_key_id": self.kms_key_id,
            **(elsewhere if self.endpoint else {}),
        }
        claim_state(stack, f"s3 {self.endpoint or ''} {self.bucket}/{self.prefix}{name}.tfstate")
        given = {argument: value for argument, value in arguments.items() if value is not None}
        GenericBackend(stack, "s3", {**given, "use_lockfile": True}, given)


@dataclass(frozen=True, kw_only=True)
class GcsState:
    """A bucket at Google Cloud Storage, which locks by itself.

    Args:
        bucket: the bucket.
        prefix: what the names begin with: `terraform/`.
    """

    bucket: str
    prefix: str = ""

    def keep(self, stack: constructs.Construct, name: str) -> None:
        """Have a stack's state kept under `<prefix><name>/`."""
        _check(stack, "GcsState", bucket=self.bucket)
        claim_state(stack, f"gcs {self.bucket}/{self.prefix}{name}")
        GenericBackend(stack, "gcs", {"bucket": self.bucket, "prefix": f"{self.prefix}{name}"})


@dataclass(frozen=True, kw_only=True)
class AzurermState:
    """A container of an Azure storage account, which locks by leases; entered with Microsoft Entra ID.

    Args:
        storage_account: the storage account.
        container: the container.
        resource_group: the resource group of the account, where Terraform has to look its access key up.
        prefix: what the keys begin with: `terraform/`.
    """

    storage_account: str
    container: str
    resource_group: str | None = None
    prefix: str = ""

    def keep(self, stack: constructs.Construct, name: str) -> None:
        """Have a stack's state kept under `<prefix><name>.tfstate`."""
        _check(stack, "AzurermState", storage_account=self.storage_account, container=self.container)
        group = {"resource_group_name": self.resource_group} if self.resource_group else {"use_azuread_auth": True}
        arguments = {
            "storage_account_name": self.storage_account,
            "container_name": self.container,
            "key": f"{self.prefix}{name}.tfstate",
        }
        claim_state(stack, f"azurerm {self.storage_account}/{self.container}/{self.prefix}{name}.tfstate")
        GenericBackend(stack, "azurerm", {**arguments, **group})


@dataclass(frozen=True, kw_only=True)
class PgState:
    """A PostgreSQL database, which locks by advisory locks; Terraform reads where it is from PG_CONN_STR.

    Args:
        prefix: what the names of the schemas begin with; each stack has one.
    """

    prefix: str = "terraform_"

    def keep(self, stack: constructs.Construct, name: str) -> None:
        """Have a stack's state kept in the schema `<prefix><name>`, with `_` for `-`."""
        schema = f"{self.prefix}{name.replace('-', '_')}"
        if len(schema.encode()) > _LONGEST_SCHEMA:
            raise ConfigurationError(
                stack,
                f"PgState would keep its state in the schema {schema!r}, and PostgreSQL cuts names off behind "
                f"{_LONGEST_SCHEMA} bytes, so that another stack might share it; give the stack a shorter name",
            )
        claim_state(stack, f"pg {schema}")
        GenericBackend(stack, "pg", {"schema_name": schema})


@dataclass(frozen=True, kw_only=True)
class HttpState:
    """A server of states, such as GitLab's; Terraform reads TF_HTTP_USERNAME and TF_HTTP_PASSWORD.

    Args:
        address: what the addresses of the states begin with.
        lock_path: what follows a state's address where it is locked and unlocked.
        lock_method: how it is locked.
        unlock_method: how it is unlocked.
    """

    address: str
    lock_path: str = ""
    lock_method: str = "LOCK"
    unlock_method: str = "UNLOCK"

    @classmethod
    def gitlab(cls, address: str, project_id: int) -> HttpState:
        """Keep the states with a project of GitLab, `HttpState.gitlab("https://gitlab.com", 1234)`."""
        return cls(
            address=f"{address.rstrip('/')}/api/v4/projects/{project_id}/terraform/state/",
            lock_path="/lock",
            lock_method="POST",
            unlock_method="DELETE",
        )

    def keep(self, stack: constructs.Construct, name: str) -> None:
        """Have a stack's state kept at `<address>/<name>`."""
        if not _HTTPS.fullmatch(self.address):
            raise ConfigurationError(
                stack,
                f"HttpState(address={self.address!r}): states hold what nobody else should read; write an address that "
                'begins with https://, without user and password, which Terraform takes from its environment, address="https://states.example.com/acme"',
            )
        place = f"{self.address.rstrip('/')}/{name}"
        claim_state(stack, f"http {place}")
        lock = {
            "lock_address": f"{place}{self.lock_path}",
            "lock_method": self.lock_method,
            "unlock_address": f"{place}{self.lock_path}",
            "unlock_method": self.unlock_method,
        }
        GenericBackend(stack, "http", {"address": place, **lock}, {"address": place})


@dataclass(frozen=True, kw_only=True)
class CloudState:
    """HCP Terraform, or Terraform Enterprise: a workspace for each stack, which locks by itself.

    Args:
        organization: the organization.
        project: the project that new workspaces belong to; the organization's default one unless given.
        prefix: what the names of the workspaces begin with: `shop-`.
        hostname: where it is, if it is not at app.terraform.io.
    """

    organization: str
    project: str | None = None
    prefix: str = ""
    hostname: str | None = field(default=None)

    def keep(self, stack: constructs.Construct, name: str) -> None:
        """Have a stack's state kept in the workspace `<prefix><name>`."""
        _check(stack, "CloudState", organization=self.organization)
        claim_state(stack, f"cloud {self.hostname or ''} {self.organization}/{self.prefix}{name}")
        cdk.CloudBackend(
            stack,
            organization=self.organization,
            hostname=self.hostname,
            workspaces=cdk.NamedCloudWorkspace(f"{self.prefix}{name}", self.project),
        )


def _check(stack: constructs.Construct, call: str, **given: str) -> None:
    for name, value in given.items():
        if not value.strip():
            raise ConfigurationError(stack, f'{call}({name}=""): it has to have a name; write the one it has there')
