"""Reviews made by hand: an ordinary change, one in which nothing happens, one whose names mean harm."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from dflow_review.finding import Acknowledgement, Answer, Finding, Rule, Severity, Verdicts
from dflow_review.plan import Plan
from dflow_review.ranges import NOBODY, AddressSet
from dflow_review.reach import Admission, Database, DatabaseChange, Movement, Opening, Reach, Source, Tenant
from dflow_review.review import Review, VariableChange

SHA = "3f2a9c0d" * 8
ORDERS = Database("neon quiet-river", "orders", "neon", "production")
REPORTS = Database("aws_security_group sg-1", "reports", "aws_security_group", "production")
BILLING = Database("vultr db-1", "billing", "", "")
LEDGER = Database("ledger", "ledger", "", "staging")
OPEN = Rule(
    "DFLOW001",
    "Databases are closed to the world",
    "One entry that lets everybody in makes all others pointless.",
    Severity.CRITICAL,
    "List the outbound addresses of the Environment.",
)
QUOTA = Rule("DFLOW011", "Lists have room", "A full list refuses the next node.", Severity.LOW, "Ask for more.")


def opening(
    database: Database,
    cidr: str | None,
    node: str = "",
    *,
    resource: str = "dflow_neon_allowlist.orders",
    services: tuple[str, ...] = (),
    environments: tuple[str, ...] = (),
    is_foreign: bool = False,
    port: int | None = 5432,
) -> Opening:
    addresses = None if cidr is None else AddressSet.of([cidr])
    spelling = cidr or f"1 address of {node}, known after apply"
    tenants = tuple(Tenant(each, each, node, frozenset(services)) for each in environments or [""] * bool(services))
    source = Source(addresses, node, spelling, tenants)
    return Opening(source, database, port, resource, owner="shop/orders", note="a note", is_foreign=is_foreign)


def change(
    database: Database, before: tuple[Opening, ...], after: tuple[Opening, ...], movement: Movement
) -> DatabaseChange:
    def space(openings: tuple[Opening, ...]) -> AddressSet:
        whole = NOBODY
        for each in openings:
            whole |= each.source.addresses or NOBODY
        return whole

    return DatabaseChange(
        database,
        (before or after)[0].port,
        before,
        after,
        movement,
        space(after) - space(before),
        space(before) - space(after),
        tuple(each for each in after if each.source.addresses is None),
    )


@pytest.fixture
def build() -> SimpleNamespace:
    """What reviews are built of, for tests that need another one."""
    return SimpleNamespace(opening=opening, change=change, plan=plan, orders=ORDERS, rule=OPEN, harm=HARM)


def plan(name: str = "shop.json") -> Plan:
    return Plan(name, SHA, "1.2", "1.11.4", ())


@pytest.fixture
def ordinary() -> Review:
    """A node more for one database, one less for another, a third whose address is not known yet."""
    web = {"services": ("web", "worker"), "environments": ("production",)}
    first = opening(ORDERS, "203.0.113.7/32", "fra-1", **web)
    office = opening(ORDERS, "198.51.100.0/24", is_foreign=True)
    second = opening(ORDERS, "203.0.113.9/32", "fra-3", **web)
    old = opening(REPORTS, "203.0.113.8/32", "fra-2", resource="aws_vpc_security_group_ingress_rule.old")
    kept = opening(REPORTS, "203.0.113.7/32", "fra-1", resource="aws_vpc_security_group_ingress_rule.kept")
    coming = opening(BILLING, None, "fra-4", resource="dflow_vultr_allowlist.billing", port=None)
    still = opening(LEDGER, "203.0.113.7/32", "fra-1", resource="dflow_vultr_allowlist.ledger")
    return Review(
        (plan(),),
        Reach(
            (
                change(BILLING, (), (coming,), Movement.UNKNOWN),
                change(LEDGER, (still,), (still,), Movement.SAME),
                change(ORDERS, (first, office), (first, office, second), Movement.WIDENED),
                change(REPORTS, (old, kept), (kept,), Movement.NARROWED),
            )
        ),
        Verdicts(
            open=(
                Finding(QUOTA, "dflow_neon_allowlist.orders", "58 of 60 entries are taken", database="orders"),
                Finding(OPEN, "dflow_vultr_allowlist.billing", "the address is not known yet", Answer.CANNOT_TELL),
            ),
            acknowledged=(
                (
                    Finding(OPEN, "aws_vpc_security_group_ingress_rule.kept", "0.0.0.0/0 lets everybody in"),
                    Acknowledgement(OPEN.id, "aws_vpc_*", "a demo", "dana", "2027-01-31"),
                ),
            ),
        ),
        (VariableChange("web", ("DATABASE_URL",), ("PORT",), ("OLD",), ("DATABASE_URL",)),),
    )


@pytest.fixture
def joined() -> Review:
    """Behind an entry that stays: an Environment joins, one leaves, one has another service, one may join."""
    web, both = frozenset({"web"}), frozenset({"web", "worker"})
    before = opening(ORDERS, "203.0.113.7/32", "fra-1")
    production = Tenant("1", "production", "fra-1", web, "dflow_environment.production")
    old = Tenant("2", "old", "fra-1", frozenset({"batch"}), "dflow_environment.old")
    canary = Tenant("3", "canary", "fra-1", frozenset({"canary-web"}), "dflow_environment.canary")
    lost = Tenant("4", "lost", "", frozenset({"job"}), "dflow_environment.lost")
    after = replace(before, source=replace(before.source, tenants=(canary, replace(production, services=both))))
    before = replace(before, source=replace(before.source, tenants=(old, production)))
    return Review(
        (plan(),),
        Reach(
            (
                DatabaseChange(
                    ORDERS,
                    5432,
                    (before,),
                    (after,),
                    Movement.BOTH,
                    NOBODY,
                    NOBODY,
                    joined=(Admission(canary, after),),
                    left=(Admission(old, before),),
                    undecided=(lost,),
                ),
            )
        ),
        Verdicts(()),
    )


@pytest.fixture
def quiet() -> Review:
    """A plan in which nothing happens."""
    same = opening(ORDERS, "203.0.113.7/32", "fra-1")
    return Review((plan(),), Reach((change(ORDERS, (same,), (same,), Movement.SAME),)), Verdicts(()))


@pytest.fixture
def opened() -> Review:
    """A destroy that empties a list whose being empty means open."""
    only = opening(ORDERS, "203.0.113.7/32", "fra-1")
    everybody = AddressSet.everybody()
    opens = DatabaseChange(
        ORDERS, 5432, (only,), (), Movement.WIDENED, everybody - AddressSet.of(["203.0.113.7"]), NOBODY
    )
    crash = Finding(OPEN, "", "KeyError", Answer.RULE_CRASHED)
    unread = (("aws_security_group.odd", "`ingress` is no list"),)
    return Review((plan(),), Reach((opens,), unread), Verdicts((crash,)))


HARM = "</script><img src=x onerror=alert(1)>|`@root`[x](javascript:alert(1))\x1b[31m\r\n\u202e\ud800 -->]]>&\"'#1"
"""A name that tries to leave every form it is written in."""


@pytest.fixture
def hostile() -> Review:
    """The ordinary review of somebody who has read the code of this one."""
    database = Database(HARM, HARM, HARM, HARM)
    here = opening(database, "203.0.113.7/32", HARM, resource=HARM, services=(HARM,), environments=(HARM,))
    there = opening(database, "203.0.113.9/32", HARM + "2", resource=HARM, services=(HARM,), environments=(HARM,))
    rule = Rule("DFLOW001", HARM, HARM, Severity.HIGH, HARM)
    finding = Finding(rule, HARM, HARM, database=HARM)
    acknowledgement = Acknowledgement(HARM, HARM, HARM, HARM, "2027-01-31")
    return Review(
        (Plan(HARM, SHA, HARM, HARM, (), (HARM,)),),
        Reach((change(database, (here,), (here, there), Movement.WIDENED),), ((HARM, HARM),)),
        Verdicts((finding,), ((finding, acknowledgement),), (acknowledgement,), (acknowledgement,)),
        (VariableChange(HARM, (HARM,), (), (), (HARM,)),),
    )
