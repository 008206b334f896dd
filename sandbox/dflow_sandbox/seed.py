"""What a new sandbox holds: put there through the same interfaces everybody uses."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dflow_sandbox.rest import RestClient

if TYPE_CHECKING:
    from collections.abc import Mapping

TENANT = "acme"
OTHER_TENANT = "globex"
REGION = "eu-central-1"
FOREIGN_CIDR = "198.51.100.77/32"
UNKNOWN_ADDRESS = "999.999.999.999"
"""What dFlow stores for a node whose observed public address is on none of its interfaces."""


@dataclass(frozen=True, kw_only=True)
class SeededControlPlane:
    """What the control plane was filled with."""

    api_key: str = field(repr=False)
    user_api_key: str = field(repr=False)
    admin_email: str
    admin_password: str = field(repr=False)
    tenant_id: str
    other_tenant_id: str
    worker_node_ids: Mapping[str, str]


def seed_control_plane(endpoint: str) -> SeededControlPlane:
    """Registers the operator, a second organisation with a plain user, and the Worker Nodes."""
    client = RestClient(endpoint)
    try:
        return _seed(client)
    finally:
        client.close()


def _seed(client: RestClient) -> SeededControlPlane:
    admin_email, admin_password = f"operator@{TENANT}.example", secrets.token_urlsafe(24)
    registered = client.register_first_user(
        {"email": admin_email, "password": admin_password, "username": TENANT, "onboarded": True}
    )
    client.authorization = f"JWT {registered['token']}"
    api_key, user_api_key = str(uuid.uuid4()), str(uuid.uuid4())
    client.update("users", registered["user"]["id"], {"enableAPIKey": True, "apiKey": api_key})
    client.authorization = f"users API-Key {api_key}"
    client.create(
        "users",
        {
            "email": f"developer@{OTHER_TENANT}.example",
            "password": secrets.token_urlsafe(24),
            "username": OTHER_TENANT,  # dFlow opens an organisation of this name for every new user
            "role": ["user"],
            "enableAPIKey": True,
            "apiKey": user_api_key,
        },
    )
    tenant_id: str = client.find_one("tenants", "slug", TENANT)["id"]
    return SeededControlPlane(
        api_key=api_key,
        user_api_key=user_api_key,
        admin_email=admin_email,
        admin_password=admin_password,
        tenant_id=tenant_id,
        other_tenant_id=client.find_one("tenants", "slug", OTHER_TENANT)["id"],
        worker_node_ids=_seed_worker_nodes(client, tenant_id),
    )


def _seed_worker_nodes(client: RestClient, tenant_id: str) -> dict[str, str]:
    ssh_key = client.create(
        "sshKeys",
        {
            "tenant": tenant_id,
            "name": "fra",
            "publicKey": f"ssh-ed25519 {secrets.token_urlsafe(48)}",
            "privateKey": f"not a usable key: {secrets.token_urlsafe(48)}",
        },
    )["id"]
    nodes: Mapping[str, Mapping[str, Any]] = {
        "fra-1": {"preferConnectionType": "ssh", "ip": "203.0.113.11", "port": 22, "sshKey": ssh_key},
        # As dFlow leaves an EC2 instance: behind AWS's NAT, so only the launch snapshot knows the address.
        "fra-2": {
            "provider": "aws",
            "preferConnectionType": "tailscale",
            "hostname": "fra-2",
            "publicIp": UNKNOWN_ADDRESS,
            "awsEc2Details": {
                "instanceId": "i-0fra2",
                "region": REGION,
                "privateIpAddress": "172.31.0.22",
                "publicIpAddress": "203.0.113.22",
            },
        },
        "fra-3": {"preferConnectionType": "tailscale", "hostname": "fra-3", "publicIp": "203.0.113.33"},
        "fra-4": {"preferConnectionType": "tailscale", "hostname": "fra-4", "publicIp": UNKNOWN_ADDRESS},
    }
    common = {"tenant": tenant_id, "username": "root", "onboarded": True, "connection": {"status": "success"}}
    return {name: client.create("servers", {**common, "name": name, **node})["id"] for name, node in nodes.items()}


def seed_cloud(endpoint: str, *, access_key_id: str, secret_access_key: str) -> str:
    """Creates a security group that somebody else already uses; returns its id."""
    import boto3  # noqa: PLC0415  # a third of a second that only starting a sandbox should cost

    ec2 = boto3.client(
        "ec2",
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id=access_key_id,
        aws_secret_access_key=secret_access_key,
    )
    try:
        group_id = ec2.create_security_group(GroupName="orders-database", Description="Who may reach orders")["GroupId"]
        ec2.authorize_security_group_ingress(
            GroupId=group_id,
            IpPermissions=[
                {
                    "IpProtocol": "tcp",
                    "FromPort": 5432,
                    "ToPort": 5432,
                    "IpRanges": [{"CidrIp": FOREIGN_CIDR, "Description": "bastion, owned by the data team"}],
                }
            ],
        )
    finally:
        ec2.close()
    return group_id
