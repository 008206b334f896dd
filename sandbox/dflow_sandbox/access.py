"""What a client has to know to use a running sandbox."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class SandboxAccess:
    """Addresses, names and credentials of a running sandbox. Credentials are random and die with it.

    Attributes:
        directory: Where the sandbox keeps its database and logs.
        endpoint: Base URL of the control plane, without `/api`.
        api_key: API key of the operator, an admin and a member of `tenant`.
        user_api_key: API key of a user without the admin role, to whom REST refuses everything.
        admin_email: The operator's login.
        admin_password: The operator's password.
        tenant: Slug of the organisation everything is seeded in.
        tenant_id: Its id.
        other_tenant: Slug of an organisation the operator is no member of.
        other_tenant_id: Its id.
        worker_node_ids: Id of every Worker Node by name; see `worker_nodes` and `nat_worker_node`.
        aws_endpoint: Base URL of the AWS stand-in.
        aws_access_key_id: Credentials it is used with.
        aws_secret_access_key: Credentials it is used with.
        region: AWS region the security group is in.
        security_group_id: A security group that already holds an entry of somebody else.
        foreign_cidr: That entry's address, admitted on TCP 5432.
    """

    directory: Path
    endpoint: str
    api_key: str = field(repr=False)
    user_api_key: str = field(repr=False)
    admin_email: str
    admin_password: str = field(repr=False)
    tenant: str
    tenant_id: str
    other_tenant: str
    other_tenant_id: str
    worker_node_ids: Mapping[str, str]
    aws_endpoint: str
    aws_access_key_id: str = field(repr=False)
    aws_secret_access_key: str = field(repr=False)
    region: str
    security_group_id: str
    foreign_cidr: str

    @property
    def worker_nodes(self) -> tuple[str, ...]:
        """Names of the Worker Nodes whose outbound address dFlow knows."""
        return tuple(name for name in self.worker_node_ids if name != self.nat_worker_node)

    @property
    def nat_worker_node(self) -> str:
        """Name of the Worker Node behind NAT: its public address reads `999.999.999.999`."""
        return "fra-4"

    def environment(self) -> dict[str, str]:
        """The environment variables that point Terraform, CDKTF and boto3 at this sandbox."""
        return {
            "AWS_ACCESS_KEY_ID": self.aws_access_key_id,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL_EC2": self.aws_endpoint,
            "AWS_ENDPOINT_URL_STS": self.aws_endpoint,
            "AWS_REGION": self.region,
            "AWS_SECRET_ACCESS_KEY": self.aws_secret_access_key,
            "DFLOW_ALLOW_DOCUMENTATION_ADDRESSES": "1",
            "DFLOW_API_KEY": self.api_key,
            "DFLOW_ENDPOINT": self.endpoint,
            "DFLOW_TENANT": self.tenant,
        }

    def to_document(self) -> dict[str, object]:
        """Everything, credentials included, ready for JSON: for a file only its owner can read."""
        values = {each.name: getattr(self, each.name) for each in dataclasses.fields(SandboxAccess)}
        return {**values, "directory": str(self.directory), "worker_node_ids": dict(self.worker_node_ids)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> SandboxAccess:
        """Reads what `to_document` wrote."""
        return SandboxAccess(**{**document, "directory": Path(document["directory"])})
