"""`dflow_security_group`: firewall rules that dFlow keeps and writes to AWS."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.control_plane.errors import ControlPlaneError, Failed
from dflow_provider.resources.creation import Intent, create_once
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.firewall_rule import Direction, completed, from_rows, identity, problems, to_rows
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.record_life import delete_record, read_record, refuse_while_used, taken
from dflow_provider.resources.record_lookup import record_for
from dflow_provider.resources.relations import Relation, naming_wrong_ids
from dflow_provider.resources.security_group_schema import REGION, SCHEMA
from dflow_provider.schema import UNKNOWN, ProviderError, Unknown, is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.security_groups import SecurityGroupDocument, TagRow
    from dflow_provider.schema import Call, Path, Report, Schema, Value, Values

_PATHS: Mapping[str, Path] = MappingProxyType(
    {
        "name": ("name",),
        "description": ("description",),
        "cloudProvider": ("cloud_provider",),
        "cloudProviderAccount": ("cloud_provider_account_id",),
        "inboundRules": ("inbound_rules",),
        "outboundRules": ("outbound_rules",),
        "tags": ("tags",),
    }
)
_RELATIONS = MappingProxyType(
    {"cloudProviderAccount": Relation("cloud provider account", ("cloud_provider_account_id",))}
)
_IN_SYNC = "in-sync"
_AGAIN = "The next apply keeps the group and tries once more."


class SecurityGroup:
    """A set of firewall rules."""

    schema: ClassVar[Schema] = SCHEMA

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse rules that say nothing clear, and a sync that dFlow cannot do."""
        for direction in Direction:
            _check_rules(config[direction.attribute], direction, report)
        if config["sync"] is False or isinstance(config["sync"], Unknown):
            return
        cloud = config["cloud_provider"]
        if cloud != "aws" and not isinstance(cloud, Unknown):
            report.error(
                "dFlow cannot sync this cloud",
                f"cloud_provider is {cloud!r} and sync is on. dFlow writes security groups to aws alone. Set "
                f'cloud_provider = "aws", or sync = false to keep the group as a record.',
                ("cloud_provider",),
            )
        elif config["cloud_provider_account_id"] is None:
            report.error(
                "A sync needs an account",
                "sync is on and cloud_provider_account_id is not set. dFlow works at AWS with the credentials of an "
                "account; give the id of one, or set sync = false to keep the group as a record.",
                ("cloud_provider_account_id",),
            )

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:  # noqa: ARG002 (a hook)
        """Complete the rules, and plan a sync where one is due."""
        for direction in Direction:
            planned[direction.attribute] = _completed(config[direction.attribute])
        if prior is not None and _is_due(prior, planned):
            planned |= {"sync_status": UNKNOWN, "last_synced_at": UNKNOWN}
            if prior["security_group_id"] is None:
                planned["security_group_id"] = UNKNOWN
        return ()

    def plan_destroy(self, prior: Values, call: Call) -> None:
        """Warn of a group that stays at AWS."""
        if prior["hard_delete"] is not True and prior["security_group_id"] is not None:
            call.report.warning(
                "Security group stays at AWS",
                f"hard_delete is false, so dFlow forgets the security group {prior['name']!r}, and "
                f"{prior['security_group_id']} stays at AWS in {REGION}. Set hard_delete = true and apply before "
                f"destroying, or delete it there.",
            )

    @explaining(_PATHS)
    def read(self, state: Values, call: Call) -> Values | None:
        """Return the group as dFlow has it; AWS is not asked."""
        document = read_record(self._backend, self._dflow(call).security_groups, state)
        return None if document is None else _values(document, state)

    @explaining(_PATHS)
    def create(self, plan: Values, config: Values, call: Call) -> Values:
        """Make the record, or finish what an interrupted create of it began; then sync it.

        A sync that fails is a warning here: Terraform replaces what an error left behind, and this group is whole but
        for its sync, which the next plan repeats.
        """
        dflow = self._dflow(call)
        groups = dflow.security_groups
        intent = Intent(
            collection=groups,
            name=str(plan["name"]),
            project="",
            fields={
                "name": plan["name"],
                "description": plan["description"],
                "cloudProvider": plan["cloud_provider"],
                "cloudProviderAccount": plan["cloud_provider_account_id"],
                **_changeable(config, None),
            },
            is_same=lambda found: (
                found.get("description") == plan["description"]
                and found.get("cloudProviderAccount") == plan["cloud_provider_account_id"]
            ),
            taken=lambda found: taken(
                dflow, groups.shape, "dflow_security_group", found, "AWS takes a name once per VPC."
            ),
        )
        with naming_wrong_ids(dflow, plan, _RELATIONS, _PATHS):
            document = create_once(intent, self._backend.creations, call)
        document = _synced(dflow, document, plan, call.report.warning)
        return settled(self.schema, plan, _values(document, _resolved(plan, config)), call)

    @explaining(_PATHS)
    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:
        """Change rules and tags, and sync where that is due; a sync that fails is an error."""
        dflow = self._dflow(call)
        groups = dflow.security_groups
        document = groups.get(str(prior["id"]))
        if isinstance(plan["sync_status"], Unknown):
            with naming_wrong_ids(dflow, plan, _RELATIONS, _PATHS):
                document = groups.update(document["id"], _changeable(config, document))
            document = _synced(dflow, document, plan, call.report.error)
        return settled(self.schema, plan, _values(document, _resolved(plan, config)), call)

    @explaining(_PATHS)
    def delete(self, state: Values, call: Call) -> None:
        """Delete the group at AWS and its record, or without `hard_delete` trash the record alone."""
        dflow = self._dflow(call)
        groups = dflow.security_groups
        nodes = dflow.servers.find(**{"awsEc2Details.securityGroups": str(state["id"])}).documents
        refuse_while_used(groups.shape, state, {"Worker Node": nodes})
        try:
            delete_record(self._backend, groups, state)
        except Failed as error:
            raise ProviderError(
                "Security group was not deleted",
                f"{error.detail} dFlow first deletes {state['security_group_id'] or 'the group'} at AWS in {REGION} "
                f"and fails so when that does: while a machine has the group or another group's rule names it, or "
                f"when the account's credentials do not allow it. Remove what stands in the way; or set "
                f"hard_delete = false and apply before destroying, which leaves the group at AWS.",
            ) from error

    @explaining(_PATHS)
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the group by its id or by its name."""
        dflow = self._dflow(call)
        beside: Values = {
            **dict.fromkeys(("inbound_rules", "outbound_rules", "tags")),
            "sync": True,
            "hard_delete": True,
        }
        return _values(record_for(dflow, dflow.security_groups, import_id), beside)

    def _dflow(self, call: Call) -> ControlPlane:
        return self._backend.control_plane.during(call.stop.wait)


def _completed(rules: Value) -> Value:
    if not isinstance(rules, list):
        return rules
    return [completed(rule) if isinstance(rule, dict) else rule for rule in rules]


def _resolved(plan: Values, config: Values) -> Values:
    """Return the plan with its rules as they were sent: what was open at plan is known by now."""
    return {**plan, **{direction.attribute: _completed(config[direction.attribute]) for direction in Direction}}


def _is_due(prior: Values, planned: Values) -> bool:
    """Say whether dFlow has to be told something, or AWS asked again."""
    changed = any(planned[name] != prior[name] for name in ("inbound_rules", "outbound_rules", "tags"))
    return changed or (planned["sync"] is True and prior["sync_status"] != _IN_SYNC)


def _check_rules(rules: Value, direction: Direction, report: Report) -> None:
    seen: dict[tuple[Value, ...], int] = {}
    for index, rule in enumerate(rules if isinstance(rules, list) else []):
        if not isinstance(rule, dict):
            continue
        found = list(problems(rule))
        for attribute, text in found:
            report.error("Rule is not clear", text, (direction.attribute, index, attribute))
        whole = completed(rule) if not found else rule
        if found or not is_known(whole):
            continue
        if (first := seen.setdefault(identity(whole), index)) != index:
            report.error(
                "Rule is given twice",
                f"The rules {first} and {index} of {direction.attribute} differ in their words alone. AWS refuses the "
                f"second; remove it.",
                (direction.attribute, index),
            )


def _changeable(config: Values, existing: SecurityGroupDocument | None) -> dict[str, object]:
    """Return the fields that dFlow changes; what exists keeps its rows. Nothing is synced yet."""
    tags = config["tags"] if isinstance(config["tags"], dict) else {}
    rows: list[TagRow] = (existing.get("tags") if existing is not None else None) or []
    ids = {row["key"]: row.get("id") for row in rows}
    return {
        "inboundRules": to_rows(
            _completed(config["inbound_rules"]),
            Direction.INBOUND,
            (existing.get("inboundRules") if existing is not None else None) or (),
        ),
        "outboundRules": to_rows(
            _completed(config["outbound_rules"]),
            Direction.OUTBOUND,
            (existing.get("outboundRules") if existing is not None else None) or (),
        ),
        "tags": [
            {"key": key, "value": tags[key], **({"id": ids[key]} if ids.get(key) else {})} for key in sorted(tags)
        ],
        "syncStatus": "pending",
    }


def _synced(
    dflow: ControlPlane, document: SecurityGroupDocument, plan: Values, tell: Callable[[str, str, Path], None]
) -> SecurityGroupDocument:
    """Have dFlow write the group to AWS; the group exists by now, so what goes wrong is told, not raised."""
    if plan["sync"] is not True:
        return document
    what = f"The security group {document['name']!r} (id {document['id']}) stands in dFlow"
    try:
        document = dflow.security_groups.update(document["id"], {"syncStatus": "start-sync"})
    except ControlPlaneError as error:
        tell(error.title, f"{what}, but asking for its sync failed: {error.detail} {_AGAIN}", ("sync",))
        return document
    status = document.get("syncStatus")
    if status != _IN_SYNC:
        made = document.get("securityGroupId")
        left = (
            f"AWS may have some of its rules already, in {made}."
            if made
            else "AWS has no group from it that dFlow knows."
        )
        tell(
            "Security group is not in sync",
            f"{what}, and writing it to AWS in {REGION} ended as {status!r}. dFlow keeps no reason. It is one of "
            f"these: the account's credentials are wrong or lack permission for EC2's security groups and tags; the "
            f"region has no default VPC; a group of that name exists there; AWS refuses a rule. {left} {_AGAIN} "
            f"Or set sync = false to keep the group as a record.",
            ("sync",),
        )
    return document


def _values(document: SecurityGroupDocument, beside: Values) -> Values:
    """Return the state; `beside` has what dFlow does not keep, the order of rules, and what null stands for."""
    tags: Values = {row["key"]: row.get("value") or "" for row in document.get("tags") or ()}
    return {
        "id": document["id"],
        "name": document["name"],
        "description": document.get("description"),
        "cloud_provider": document.get("cloudProvider"),
        "cloud_provider_account_id": document.get("cloudProviderAccount"),
        "inbound_rules": from_rows(document.get("inboundRules") or (), Direction.INBOUND, beside["inbound_rules"]),
        "outbound_rules": from_rows(document.get("outboundRules") or (), Direction.OUTBOUND, beside["outbound_rules"]),
        "tags": tags or ({} if beside["tags"] == {} else None),
        "sync": beside["sync"],
        "security_group_id": document.get("securityGroupId"),
        "sync_status": document.get("syncStatus"),
        "last_synced_at": document.get("lastSyncedAt"),
        "hard_delete": beside["hard_delete"],
        "created_at": document["createdAt"],
    }
