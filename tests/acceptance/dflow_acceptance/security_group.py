"""A security group, seen and changed with boto3 alone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from dflow_sandbox import Sandbox

FOREIGN = "198.51.100.77/32"
"""An entry of somebody else, in every group from the beginning."""

_OWNER_TAG = "dflow-cdktf:owner:"


@dataclass(frozen=True)
class SecurityGroup:
    """A group of a test's own."""

    id: str
    ec2: Any = field(repr=False)

    @classmethod
    def made(cls, sandbox: Sandbox) -> Self:
        """A new one that holds one foreign entry."""
        ec2 = boto3.client(
            "ec2",
            region_name=sandbox.region,
            endpoint_url=sandbox.aws_endpoint,
            aws_access_key_id=sandbox.aws_access_key_id,
            aws_secret_access_key=sandbox.aws_secret_access_key,
            config=Config(connect_timeout=10, read_timeout=60),
        )
        name = f"db-{uuid.uuid4().hex[:12]}"
        group = cls(ec2.create_security_group(GroupName=name, Description="A database")["GroupId"], ec2)
        group.add_by_hand(FOREIGN, "bastion of the data team")
        return group

    def rules(self) -> list[dict[str, Any]]:
        """The inbound rules."""
        answer = self.ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [self.id]}])
        return [rule for rule in answer["SecurityGroupRules"] if not rule["IsEgress"]]

    def cidrs(self) -> list[str]:
        """Who gets in, each as often as there is a rule for it."""
        return sorted(rule.get("CidrIpv4") or rule["CidrIpv6"] for rule in self.rules())

    def ours(self) -> list[str]:
        """The same without the foreign entry, which has to be there unharmed."""
        cidrs = self.cidrs()
        assert cidrs.count(FOREIGN) == 1, "the foreign entry is harmed"
        cidrs.remove(FOREIGN)
        return cidrs

    def rule(self, cidr: str) -> dict[str, Any]:
        """The one rule for an address."""
        (found,) = [rule for rule in self.rules() if cidr in {rule.get("CidrIpv4"), rule.get("CidrIpv6")}]
        return found

    def owners(self, cidr: str) -> list[str]:
        """Whose marks an entry carries."""
        keys = [tag["Key"] for tag in self.rule(cidr).get("Tags", [])]
        return sorted(key.removeprefix(_OWNER_TAG) for key in keys if key.startswith(_OWNER_TAG))

    def add_by_hand(self, cidr: str, description: str = "by hand", port: int = 5432) -> None:
        """Let somebody in, without a mark."""
        entry = {"IpRanges": [{"CidrIp": cidr, "Description": description}]}
        self.ec2.authorize_security_group_ingress(
            GroupId=self.id, IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **entry}]
        )

    def remove_by_hand(self, cidr: str) -> None:
        """Shut somebody out."""
        rule_id = self.rule(cidr)["SecurityGroupRuleId"]
        self.ec2.revoke_security_group_ingress(GroupId=self.id, SecurityGroupRuleIds=[rule_id])
