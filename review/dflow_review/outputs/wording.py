"""The sentences of a review, as plain text: every output says the same, and escapes it as its form needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer
from dflow_review.outputs.connection import (
    Cause,
    Status,
    changed,
    changing,
    everybody_in,
    space_after,
    space_before,
)
from dflow_review.plan import Incomplete
from dflow_review.ranges import NOBODY
from dflow_review.reach import Movement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from dflow_review.finding import Finding, Rule, Verdicts
    from dflow_review.outputs.connection import Connection
    from dflow_review.plan import Plan
    from dflow_review.ranges import AddressSet
    from dflow_review.reach import Admission, DatabaseChange, Opening, Tenant
    from dflow_review.review import Review

_NAMED: Final = 3
"""Who is named in a sentence of those that are let in by name."""
_TENANTS: Final = 6
"""Environments of a node that are named with their services."""
_PUT_OFF: Final = 3
"""Changes that are named when some are put off."""

ELSEWHERE: Final = "not managed in these plans"
"""What is said of an entry that no resource of the plans owns."""


def headline(review: Review) -> str:
    """Return in one sentence what happens to reachability."""
    changes = review.reach.changes
    wider = [each for each in changes if each.movement in {Movement.WIDENED, Movement.BOTH}]
    unknown = [each for each in changes if each.movement is Movement.UNKNOWN]
    narrower = [each for each in changes if each.movement is Movement.NARROWED]
    more, joined = _parted(wider, _lets_in_more)
    untold, undecided = _parted(unknown, lambda each: bool(each.unknown))
    fewer, left = _parted(narrower, _lets_in_fewer)
    untold += len(review.reach.unread)
    said = [
        _from(more, joined, "more"),
        f"{counted(untold, 'allowlist')} cannot be told before apply" if untold else "",
        f"{counted(undecided, 'database')} may be reached from more Environments" if undecided else "",
    ]
    if any(said):
        if fewer or left:
            said.append(_from(fewer, left, "fewer", ""))
        return ", ".join(filter(None, said))
    if fewer or left:
        words = f"{_from(fewer, left, 'fewer')}, none from more"
    else:
        words = "No database can be reached from more addresses or Environments than before"
    return f"{words}, as far as an incomplete plan tells" if any(plan.incomplete for plan in review.plans) else words


def _from(by_addresses: int, by_environments: int, how_many: str, verb: str = "can be reached ") -> str:
    """Return of how many databases the reach changes: `1 database can be reached from more addresses`."""
    said = [(by_addresses, "addresses"), (by_environments, "Environments")]
    parts = [f"{counted(number, 'database')} {verb}from {how_many} {what}" for number, what in said if number]
    return ", ".join([*parts[:1], *(part.replace(verb, "", 1) for part in parts[1:])])


def _parted(changes: Sequence[DatabaseChange], is_by_addresses: Callable[[DatabaseChange], bool]) -> tuple[int, int]:
    """Return of how many databases the reach changes by addresses, and of how many by Environments alone."""
    by_addresses = sum(map(is_by_addresses, changes))
    return by_addresses, len(changes) - by_addresses


def _lets_in_more(change: DatabaseChange) -> bool:
    return bool(change.added or _newly_named(change))


def _lets_in_fewer(change: DatabaseChange) -> bool:
    return bool(change.removed or _no_longer_named(change))


def incomplete(review: Review) -> tuple[str, ...]:
    """Return a sentence for each reason why a plan says less than what will happen."""
    return tuple(
        f"The plan {plan.name} is incomplete: {missing(plan, reason)}."
        for plan in review.plans
        for reason in plan.incomplete
    )


def missing(plan: Plan, reason: Incomplete) -> str:
    """Return why a plan says less than what will happen, with the changes that are put off and their reasons."""
    words: str = reason.value
    if reason is not Incomplete.DEFERRED:
        return words
    put_off = [f"{each.address} ({each.deferral.value})" for each in plan.resources if each.deferral is not None]
    return f"{words}: {listed(put_off, _PUT_OFF)}"


def database(change: DatabaseChange | Connection) -> str:
    """Return what a database is called: `orders:5432`."""
    return change.database.name if change.port is None else f"{change.database.name}:{change.port}"


def belongs_to(change: DatabaseChange) -> str:
    """Return Environment and vendor of a database: `production, Neon`; empty if neither is known."""
    return ", ".join(part for part in (change.database.environment, vendor_name(change.database.vendor)) if part)


def vendor_name(key: str) -> str:
    """Return what people call a vendor's list; the key itself if there is no such vendor."""
    from dflow_vendors.catalogue import vendor_named  # noqa: PLC0415  the table of vendors takes longer than all else

    try:
        return vendor_named(key).name if key else ""
    except KeyError:
        return key


def movement(change: DatabaseChange) -> str:
    """Return what becomes of the addresses that reach a database, and of the Environments."""
    match change.movement:
        case Movement.WIDENED:
            return f"open to {_who_more(change)}"
        case Movement.BOTH:
            return f"open to {_who_more(change)}, closed to {_who_less(change)}"
        case Movement.NARROWED:
            return f"closed to {_who_less(change)}"
        case Movement.UNKNOWN:
            return _who_may(change)
        case Movement.MOVED:
            return "the same addresses, by other resources"
        case Movement.SAME:
            return "unchanged"


def _who_may(change: DatabaseChange) -> str:
    names = _names(change.undecided)
    if change.unknown or not names:
        return "cannot tell before apply"
    return f"cannot tell whether {listed(names, _NAMED)} {'gets' if len(names) == 1 else 'get'} in"


def _who_more(change: DatabaseChange) -> str:
    """Return who gets in: everybody, also where somebody got in before."""
    words = everybody_in(space_after(change))
    if words and words != everybody_in(space_before(change)):
        return words
    more = amount(change.added).replace(" address", " more address")
    return _and_named(more if change.added else "", _newly_named(change), change.joined)


def _who_less(change: DatabaseChange) -> str:
    return _and_named(amount(change.removed) if change.removed else "", _no_longer_named(change), change.left)


def _and_named(counted_ones: str, others: Set[str], admissions: Sequence[Admission]) -> str:
    """Return how many addresses there are, and who else is let in by name: `1 more address and all of Azure`."""
    names = listed(sorted(others), _NAMED)
    environments = listed(_names([each.tenant for each in admissions]), _NAMED)
    return " and ".join(filter(None, (counted_ones, names, environments))) or amount(NOBODY)


def _names(tenants: Sequence[Tenant]) -> list[str]:
    return sorted({each.environment for each in tenants})


def _newly_named(change: DatabaseChange) -> Set[str]:
    """Return who gets in now by no address: members of a security group, what a vendor has a mark for."""
    return _by_name(change.after) - _by_name(change.before)


def _no_longer_named(change: DatabaseChange) -> Set[str]:
    """Return who got in by no known address, and what it is called where nobody knows who that was."""
    gone = _by_name(change.before) - _by_name(change.after)
    return gone | (_by_no_known_address(change.before) - _by_no_known_address(change.after))


def _by_name(openings: Sequence[Opening]) -> Set[str]:
    return {each.source.spelling for each in openings if each.source.addresses == NOBODY}


def _by_no_known_address(openings: Sequence[Opening]) -> Set[str]:
    return {each.source.spelling for each in openings if each.source.addresses is None}


def amount(addresses: AddressSet) -> str:
    """Return how many addresses there are: `1 address`, `256 addresses`, `2^64 addresses`, `everybody`."""
    words = everybody_in(addresses)
    if words:
        return words
    size = addresses.size
    if size <= 2**32:
        return counted(size, "address", "addresses")
    power = size.bit_length() - 1
    return f"2^{power} addresses" if size == 2**power else f"more than 2^{power} addresses"


def told(connection: Connection) -> tuple[str, str]:
    """Return who a connection is from, and what is said of it: the source and where it is, or what an Environment does.

    The second is empty if there is nothing to say.
    """
    if connection.cause is Cause.ENVIRONMENT:
        return listed(connection.environments), what_it_does(connection)
    return connection.who, where_from(connection)


def of_environments(review: Review) -> tuple[str, ...]:
    """Return a sentence for each Environment that comes or goes behind an entry which stays, or may do so."""
    return tuple(
        f"{' '.join(told(connection))}."
        for change in changed(review.reach)
        for connection in changing(change)
        if connection.cause is Cause.ENVIRONMENT
    )


def what_it_does(connection: Connection) -> str:
    """Return what an Environment does that comes or goes behind an entry which stays: `joins fra-1, whose …`."""
    (tenant,) = connection.tenants
    services = listed(sorted(tenant.services))
    its = f"its services{f' ({services})' if services else ''}"
    match connection.status:
        case Status.ADDED:
            listing = f"joins {tenant.node}, whose address is on the list ({connection.spelling})"
            return f"{listing}: {its} can now reach {database(connection)}"
        case Status.REMOVED:
            listing = f"leaves {tenant.node}, whose address stays on the list ({connection.spelling})"
            return f"{listing}: {its} no longer reach {database(connection)}"
        case _:
            where = f"{tenant.node}, with {connection.spelling}" if tenant.node else connection.spelling
            return f"comes to {where}: if it is let in, {its} can reach {database(connection)}"


def where_from(connection: Connection) -> str:
    """Return the source of a connection without its name: addresses and what runs there."""
    parts = [] if connection.spelling == connection.who else [connection.spelling]
    parts.append(runs_there(connection))
    if connection.is_foreign:
        parts.append(ELSEWHERE)
    if not connection.resource:
        parts.append("by a list that is empty")
    if connection.expires_at:
        parts.append(f"until {connection.expires_at}")
    return "; ".join(part for part in parts if part)


def runs_there(connection: Connection) -> str:
    """Return services and Environments of a source: `web, worker of production; web of staging`."""
    said = []
    for tenant in connection.tenants[:_TENANTS]:
        services = listed(sorted(tenant.services))
        said.append(" of ".join(filter(None, (services, tenant.environment))))
    left_out = len(connection.tenants) - _TENANTS
    return "; ".join(said) + (f" and {left_out} more Environments" if left_out > 0 else "")


def problems(verdicts: Verdicts) -> tuple[Finding, ...]:
    """Return the open findings proper, in the order of the verdicts."""
    return tuple(each for each in verdicts.open if each.answer is Answer.FINDING)


def untold(verdicts: Verdicts) -> tuple[Finding, ...]:
    """Return what rules could not tell."""
    return tuple(each for each in verdicts.open if each.answer is Answer.CANNOT_TELL)


def untold_by_rule(verdicts: Verdicts) -> Mapping[Rule, Sequence[Finding]]:
    """Return what each rule could not tell, by the rules' ids: where a plan says nothing, one rule asks it often."""
    found: dict[Rule, list[Finding]] = {}
    for finding in sorted(untold(verdicts), key=lambda each: each.rule.id):
        found.setdefault(finding.rule, []).append(finding)
    return found


def crashed(verdicts: Verdicts) -> tuple[Finding, ...]:
    """Return the rules that crashed."""
    return tuple(each for each in verdicts.open if each.answer is Answer.RULE_CRASHED)


def listed(names: Sequence[str], at_most: int = 6) -> str:
    """Return names with commas, and the number of those left out."""
    shown = ", ".join(names[:at_most])
    return shown if len(names) <= at_most else f"{shown} and {len(names) - at_most} more"


def about(finding: Finding) -> str:
    """Return what was found, with the address if it is about one."""
    return f"{finding.address}: {finding.message}" if finding.address else finding.message


def counted(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun: `1 database`, `1,024 databases`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
