"""A review for programs. docs/reference/review.schema.json is its schema; a test holds the two together."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from dflow_review.outputs import wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_review.finding import Acknowledgement, Finding, Severity
    from dflow_review.plan import Plan
    from dflow_review.ranges import AddressSet
    from dflow_review.reach import Admission, DatabaseChange, Opening, Tenant
    from dflow_review.review import Review, VariableChange

FORMAT_VERSION: Final = "1.1"
"""Minor: something was added. Major: something that was there means something else, or is gone."""

_Json: TypeAlias = "Mapping[str, _Json] | Sequence[_Json] | str | int | bool | None"


def render(review: Review, *, fail_on: Severity | None = None) -> str:
    """Return a review as JSON: keys sorted, ASCII only, whatever the names are made of.

    Descriptions of entries are left out: they are free text, and nobody needs them to branch on.

    Args:
        review: the review.
        fail_on: the severity from which on findings make up `result`.
    """
    return json.dumps(document(review, fail_on=fail_on), indent=2, sort_keys=True) + "\n"


def document(review: Review, *, fail_on: Severity | None = None) -> Mapping[str, _Json]:
    """Return the same as an object."""
    verdicts = review.verdicts
    found = [_finding(finding, None) for finding in verdicts.open]
    found += [_finding(finding, acknowledgement) for finding, acknowledgement in verdicts.acknowledged]
    return {
        "format_version": FORMAT_VERSION,
        "result": review.exit_code(fail_on).name.lower(),
        "plans": [_plan(plan) for plan in review.plans],
        "databases": [_change(change) for change in review.reach.changes],
        "unread": [{"address": address, "reason": reason} for address, reason in review.reach.unread],
        "variables": [_variables(change) for change in review.variables],
        "findings": found,
        "acknowledgements": {
            "unused": [_acknowledgement(each) for each in verdicts.unused],
            "expired": [_acknowledgement(each) for each in verdicts.expired],
        },
    }


def _plan(plan: Plan) -> _Json:
    return {
        "name": plan.name,
        "sha256": plan.sha256,
        "format_version": plan.format_version,
        "terraform_version": plan.terraform_version,
        "warnings": list(plan.warnings),
        "incomplete": [
            {"reason": reason.name.lower(), "message": wording.missing(plan, reason)} for reason in plan.incomplete
        ],
        "deferred": [
            {"address": each.address, "reason": each.deferral.name.lower()}
            for each in plan.resources
            if each.deferral is not None
        ],
    }


def _change(change: DatabaseChange) -> _Json:
    return {
        "id": change.database.id,
        "name": change.database.name,
        "vendor": change.database.vendor,
        "environment": change.database.environment,
        "port": change.port,
        "movement": change.movement.name.lower(),
        "added": _addresses(change.added),
        "removed": _addresses(change.removed),
        "joined": [_admission(admission) for admission in change.joined],
        "left": [_admission(admission) for admission in change.left],
        "undecided": [_tenant(tenant) for tenant in change.undecided],
        "before": [_opening(opening) for opening in change.before],
        "after": [_opening(opening) for opening in change.after],
    }


def _addresses(addresses: AddressSet) -> _Json:
    """The number is a text: readers of JSON round numbers of IPv6's size."""
    return {"cidrs": _cidrs(addresses), "count": str(addresses.size)}


@lru_cache(maxsize=1024)
def _cidrs(addresses: AddressSet) -> tuple[str, ...]:
    """Most entries stand on both sides of a change."""
    return addresses.cidrs()


def _opening(opening: Opening) -> _Json:
    source = opening.source
    return {
        "node": source.node,
        "spelling": source.spelling,
        "cidrs": None if source.addresses is None else _cidrs(source.addresses),
        "services": sorted(source.services),
        "environments": sorted(source.environments),
        "tenants": [_tenant(tenant) for tenant in source.tenants],
        "resource": opening.resource,
        "owner": opening.owner,
        "expires_at": opening.expires_at,
        "is_foreign": opening.is_foreign,
    }


def _tenant(tenant: Tenant) -> Mapping[str, _Json]:
    return {
        "environment": tenant.environment,
        "node": tenant.node,
        "services": sorted(tenant.services),
        "resource": tenant.resource,
    }


def _admission(admission: Admission) -> _Json:
    entry = {"spelling": admission.opening.source.spelling, "resource": admission.opening.resource}
    return {**_tenant(admission.tenant), "entry": entry}


def _variables(change: VariableChange) -> _Json:
    return {
        "service": change.service,
        "added": list(change.added),
        "changed": list(change.changed),
        "removed": list(change.removed),
        "secret": list(change.secret),
    }


def _finding(finding: Finding, acknowledgement: Acknowledgement | None) -> _Json:
    rule = finding.rule
    return {
        "rule": {"id": rule.id, "title": rule.title, "why": rule.why, "remedy": rule.remedy},
        "answer": finding.answer.name.lower(),
        "severity": finding.weight.name.lower(),
        "address": finding.address,
        "database": finding.database,
        "message": finding.message,
        "acknowledged": None if acknowledgement is None else _acknowledgement(acknowledgement),
    }


def _acknowledgement(acknowledgement: Acknowledgement) -> _Json:
    return {
        "rule_id": acknowledgement.rule_id,
        "address": acknowledgement.address,
        "reason": acknowledgement.reason,
        "who": acknowledgement.who,
        "expires": acknowledgement.expires,
    }
