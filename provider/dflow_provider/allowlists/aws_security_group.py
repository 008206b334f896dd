"""The inbound rules of a security group as an allowlist: reads and writes them through EC2.

A rule of ours carries a tag for each owner (`dflow-cdktf:owner:<owner>`), whose value is that owner's name for the
database. Tags are set by the same call that adds the rule, so none is ever added without one.

EC2 can remove a rule, but not on the condition that its tags are still what they were. An owner who joins a rule and
sees its mark there, all between the last other owner's reading and removing it, loses the rule: its next plan adds it.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.aws_problem import group_is_gone, in_words
from dflow_provider.allowlists.entry import Author, family_of, read_note
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_vendors import AWS_SECURITY_GROUP, Family

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import IpPermissionUnionTypeDef, SecurityGroupRuleTypeDef, TagTypeDef

    from dflow_provider.allowlists.listing import Change
    from dflow_vendors import Vendor

OWNER_TAG: Final = "dflow-cdktf:owner:"
_TAG_VALUE_LENGTH: Final = 256
_RULES_PER_PAGE: Final = 1000
_RULES_PER_TAG_CALL: Final = 500
"""AWS takes 1000 and asks for fewer."""
_EVERY_PROTOCOL: Final = "-1"


@dataclass(frozen=True)
class SecurityGroup:
    """Which rules are meant: those of one group that open one TCP port.

    Args:
        group_id: `sg-…`.
        region: where it is.
        port: the database's port.
        rule_quota: how many inbound rules the account is said to allow.
    """

    group_id: str
    region: str
    port: int
    rule_quota: int = 60

    def __str__(self) -> str:
        return f"security group {self.group_id} in {self.region}"


@dataclass(frozen=True)
class Rule:
    """What the adapter keeps of a rule: its id, its family's spelling, and the databases by owner."""

    id: str
    cidr: str
    databases: Mapping[str, str]


@dataclass(frozen=True)
class SecurityGroupList:
    """The allowlist that a security group's inbound rules are.

    Args:
        client: EC2 in the group's region.
        group: which rules are meant.
        author: whose entries are written.
    """

    client: EC2Client
    group: SecurityGroup
    author: Author
    vendor: Vendor = AWS_SECURITY_GROUP

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return str(self.group)

    def read(self) -> Listing:
        """Read all inbound rules of the group, page by page."""
        rules = self._rules()
        if not rules:
            self._group_exists()  # a group without any rule and a group that is gone look the same
        inbound = [rule for rule in rules if not rule["IsEgress"]]
        entries = tuple(self._entry(rule) for rule in inbound if self._is_entry(rule))
        beside = tuple(_source(rule) for rule in inbound if self._reaches_port(rule) and not self._is_entry(rule))
        occupied = Counter(family for rule in inbound for family in _counted_in(rule))
        return Listing(entries, beside=beside, occupied=occupied)

    def rule_ids(self, listing: Listing) -> Mapping[str, str]:
        """Name the rule behind each address of a listing."""
        return {entry.cidr: _rule(entry).id for entry in listing.entries if entry.cidr is not None}

    def marked_database(self, listing: Listing) -> str | None:
        """Say what the author called the database when marking the rules of a listing; nothing if nobody did."""
        named = (_rule(entry).databases.get(self.author.owner) for entry in listing.entries)
        return next((database for database in named if database), None)

    def marked_ports(self) -> frozenset[int]:
        """Say on which single TCP ports the author has rules in this group, whatever port is meant here."""
        return frozenset(
            rule["FromPort"]
            for rule in self._rules()
            if not rule["IsEgress"]
            and rule["FromPort"] == rule["ToPort"]
            and any(tag["Key"] == f"{OWNER_TAG}{self.author.owner}" for tag in rule.get("Tags", []))
        )

    def apply(self, change: Change, listing: Listing) -> None:  # noqa: ARG002 (rules are changed one by one, by id)
        """Add all new rules in one call, then remove all old ones in one."""
        if change.add:
            self._authorize({entry.cidr: entry.note for entry in change.add})
        self._tag([_rule(pair.listed).id for pair in change.join])
        self._describe({_rule(pair.listed).cidr: pair.wanted.note for pair in change.describe})
        self._tag([_rule(pair.listed).id for pair in change.describe if self._is_tagged_otherwise(_rule(pair.listed))])
        self._describe(self._handed_over(change.leave))
        self._untag([_rule(entry).id for entry in change.leave])
        if change.remove:
            self._revoke([_rule(entry).id for entry in change.remove])

    def _rules(self) -> Sequence[SecurityGroupRuleTypeDef]:
        with self._calling("DescribeSecurityGroupRules"):
            pages = self.client.get_paginator("describe_security_group_rules").paginate(
                Filters=[{"Name": "group-id", "Values": [self.group.group_id]}],
                PaginationConfig={"PageSize": _RULES_PER_PAGE},
            )
            return [rule for page in pages for rule in page["SecurityGroupRules"]]

    def _group_exists(self) -> None:
        with self._calling("DescribeSecurityGroups"):
            if not self.client.describe_security_groups(GroupIds=[self.group.group_id])["SecurityGroups"]:
                raise group_is_gone(self.group)

    def _authorize(self, notes: Mapping[str, str]) -> None:
        with self._calling("AuthorizeSecurityGroupIngress"):
            self.client.authorize_security_group_ingress(
                GroupId=self.group.group_id,
                IpPermissions=[self._permission(notes)],
                TagSpecifications=[{"ResourceType": "security-group-rule", "Tags": [self._owner_tag()]}],
            )

    def _revoke(self, rule_ids: list[str]) -> None:
        with self._calling("RevokeSecurityGroupIngress"):
            self.client.revoke_security_group_ingress(GroupId=self.group.group_id, SecurityGroupRuleIds=rule_ids)

    def _describe(self, notes: Mapping[str, str]) -> None:
        if not notes:
            return
        with self._calling("UpdateSecurityGroupRuleDescriptionsIngress"):
            self.client.update_security_group_rule_descriptions_ingress(
                GroupId=self.group.group_id, IpPermissions=[self._permission(notes)]
            )

    def _tag(self, rule_ids: list[str]) -> None:
        with self._calling("CreateTags"):
            for start in range(0, len(rule_ids), _RULES_PER_TAG_CALL):
                self.client.create_tags(
                    Resources=rule_ids[start : start + _RULES_PER_TAG_CALL], Tags=[self._owner_tag()]
                )

    def _untag(self, rule_ids: list[str]) -> None:
        with self._calling("DeleteTags"):
            for start in range(0, len(rule_ids), _RULES_PER_TAG_CALL):
                self.client.delete_tags(
                    Resources=rule_ids[start : start + _RULES_PER_TAG_CALL],
                    Tags=[{"Key": f"{OWNER_TAG}{self.author.owner}"}],
                )

    def _is_tagged_otherwise(self, rule: Rule) -> bool:
        return rule.databases.get(self.author.owner) != self._owner_tag().get("Value")

    def _owner_tag(self) -> TagTypeDef:
        database = "".join(
            character if character.isalnum() or character in " +-=._:/@" else "-"
            for character in self.author.database or ""
        )
        return {"Key": f"{OWNER_TAG}{self.author.owner}", "Value": database[:_TAG_VALUE_LENGTH]}

    def _permission(self, notes: Mapping[str, str]) -> IpPermissionUnionTypeDef:
        return {
            "IpProtocol": "tcp",
            "FromPort": self.group.port,
            "ToPort": self.group.port,
            "IpRanges": [
                {"CidrIp": cidr, "Description": note} for cidr, note in notes.items() if family_of(cidr) is Family.IPV4
            ],
            "Ipv6Ranges": [
                {"CidrIpv6": cidr, "Description": note}
                for cidr, note in notes.items()
                if family_of(cidr) is Family.IPV6
            ],
        }

    def _handed_over(self, leaving: Sequence[ListedEntry]) -> Mapping[str, str]:
        """Write our notes anew in the name of an owner who stays."""
        notes: dict[str, str] = {}
        for entry in leaving:
            note = read_note(entry.note)
            stays = min(entry.owners - {self.author.owner}, default=None)
            form = self.vendor.note
            if note is None or stays is None or form is None or note.owner != self.author.owner:
                continue
            rule = _rule(entry)
            notes[rule.cidr] = Author(stays, rule.databases.get(stays) or None).note(note.nodes, form)
        return notes

    def _entry(self, rule: SecurityGroupRuleTypeDef) -> ListedEntry:
        spelling = rule.get("CidrIpv4") or rule.get("CidrIpv6") or ""
        databases = {
            tag["Key"].removeprefix(OWNER_TAG): tag.get("Value", "")
            for tag in rule.get("Tags", [])
            if tag["Key"].startswith(OWNER_TAG)
        }
        return ListedEntry(
            cidr=canonical(spelling),
            spelling=spelling,
            handle=Rule(rule["SecurityGroupRuleId"], spelling, databases),
            owners=frozenset(databases) or _signed_by(rule.get("Description")),
            note=rule.get("Description"),
        )

    def _is_entry(self, rule: SecurityGroupRuleTypeDef) -> bool:
        return (
            rule["IpProtocol"] == "tcp"
            and rule["FromPort"] == rule["ToPort"] == self.group.port
            and bool(rule.get("CidrIpv4") or rule.get("CidrIpv6"))
        )

    def _reaches_port(self, rule: SecurityGroupRuleTypeDef) -> bool:
        if rule["IpProtocol"] == _EVERY_PROTOCOL:
            return True
        return rule["IpProtocol"] == "tcp" and rule["FromPort"] <= self.group.port <= rule["ToPort"]

    @contextmanager
    def _calling(self, action: str) -> Iterator[None]:
        try:
            yield
        except (BotoCoreError, ClientError, ResponseParserError) as problem:
            raise in_words(problem, action, self.group) from problem


def _rule(entry: ListedEntry) -> Rule:
    if not isinstance(entry.handle, Rule):
        raise TypeError(f"{entry.spelling} was not read from a security group")
    return entry.handle


def _signed_by(note: str | None) -> frozenset[str]:
    """Name the owner of a rule whose tags somebody took off: its description still says who added it."""
    read = read_note(note)
    return frozenset() if read is None else frozenset({read.owner})


def _source(rule: SecurityGroupRuleTypeDef) -> str:
    return (
        rule.get("CidrIpv4")
        or rule.get("CidrIpv6")
        or rule.get("PrefixListId")
        or rule.get("ReferencedGroupInfo", {}).get("GroupId")
        or rule["SecurityGroupRuleId"]
    )


def _counted_in(rule: SecurityGroupRuleTypeDef) -> tuple[Family, ...]:
    """Name the quotas a rule counts in; one that names no addresses counts in both."""
    if rule.get("CidrIpv4"):
        return (Family.IPV4,)
    if rule.get("CidrIpv6"):
        return (Family.IPV6,)
    return (Family.IPV4, Family.IPV6)
