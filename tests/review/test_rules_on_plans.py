"""Every rule on plans that Terraform really made: where it finds something, and where what is most like it is well."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dflow_review.finding import Answer
from dflow_review.reading import Form, read_plans
from dflow_review.review_of import review_of
from dflow_review.rules.every_rule import RULES

if TYPE_CHECKING:
    from dflow_review.review import Review

PLANS = Path(__file__).resolve().parents[1] / "plans"
TODAY = dt.date(2026, 11, 22)
OUTPUT = "output.accepted_risks"


@dataclass(frozen=True)
class Place:
    """An address in a plan.

    Args:
        plan: the file below tests/plans.
        address: of a resource, or of an output.
    """

    plan: str
    address: str


def vendors(address: str) -> Place:
    return Place("rules/vendors/plan.json", address)


def services(address: str) -> Place:
    return Place("rules/services/plan.json", address)


def lists(address: str) -> Place:
    return Place("rules/lists/plan.json", address)


FIREWALL_RULE = "azurerm_postgresql_flexible_server_firewall_rule"
ENTRY = "mongodbatlas_project_ip_access_list"
NEON = "dflow_neon_allowlist.orders"
DESTROY = "rendered/lists/destroy.json"
DESTROYED_OPEN = Place(DESTROY, 'azurerm_redis_firewall_rule.azure-redis_Allowlist_3B792B2D["fra-1"]')
DESTROYED_CLOSED = Place(DESTROY, 'azurerm_mssql_firewall_rule.azure-sql_Allowlist_15CE98DD["fra-1"]')
BAD, GOOD = services("dflow_service_variables.bad"), services("dflow_service_variables.good")

PINNED: dict[str, tuple[Place, Place]] = {
    "DFLOW001": (Place("situations/open/plan.json", NEON), Place("situations/one_range/plan.json", NEON)),
    "DFLOW002": (vendors(f"{FIREWALL_RULE}.azure"), vendors(f"{FIREWALL_RULE}.own")),
    "DFLOW003": (lists("dflow_neon_allowlist.emptied"), lists("dflow_render_postgres_allowlist.emptied_and_closed")),
    "DFLOW004": (DESTROYED_OPEN, DESTROYED_CLOSED),
    "DFLOW005": (lists("dflow_upstash_allowlist.first"), lists("dflow_supabase_allowlist.by_ipv6")),
    "DFLOW006": (vendors(f"{FIREWALL_RULE}.renamed"), vendors(f"{FIREWALL_RULE}.renamed_without_a_gap")),
    "DFLOW007": (vendors("digitalocean_database_firewall.shop"), vendors("digitalocean_database_firewall.alone")),
    "DFLOW008": (lists("dflow_redis_cloud_allowlist.full"), lists("dflow_crunchy_bridge_allowlist.by_ipv4")),
    "DFLOW020": (vendors(f"{ENTRY}.private"), vendors(f"{ENTRY}.public")),
    "DFLOW021": (vendors(f"{ENTRY}.example"), vendors(f"{ENTRY}.public")),
    "DFLOW022": (lists("dflow_crunchy_bridge_allowlist.by_ipv4"), lists("dflow_upstash_allowlist.first")),
    "DFLOW023": (vendors(f"{ENTRY}.nameless"), vendors(f"{ENTRY}.public")),
    "DFLOW024": (vendors("google_sql_database_instance.ended"), vendors("google_sql_database_instance.ending")),
    "DFLOW025": (vendors("google_sql_database_instance.ending"), vendors("google_sql_database_instance.lasting")),
    "DFLOW040": (services("dflow_upstash_allowlist.shared"), services("dflow_render_postgres_allowlist.unshared")),
    "DFLOW041": (services("dflow_upstash_allowlist.shared"), services("dflow_render_postgres_allowlist.unshared")),
    "DFLOW042": (services("dflow_database_service.exposed"), services("dflow_database_service.inside")),
    "DFLOW043": (services("dflow_security_group.open"), services("dflow_security_group.closed")),
    "DFLOW060": (vendors("azurerm_redis_cache.clear"), vendors("azurerm_redis_cache.encrypted")),
    "DFLOW061": (BAD, GOOD),
    "DFLOW062": (BAD, GOOD),
    "DFLOW063": (BAD, GOOD),
    "DFLOW064": (services(f'{OUTPUT}["shop/orders"]'), services(f'{OUTPUT}["shop/old"]')),
    "DFLOW080": (BAD, GOOD),
    "DFLOW081": (BAD, GOOD),
    "DFLOW082": (BAD, GOOD),
    "DFLOW100": (services("dflow_deployment.hasty"), services("dflow_deployment.waiting")),
    "DFLOW101": (
        Place("situations/removed_by_hand/plan.json", NEON),
        Place("situations/added_by_hand/plan.json", NEON),
    ),
}
"""Rule → where it finds something, and where it does not."""


@cache
def reviewed(plan: str) -> Review:
    plans = read_plans([PLANS / plan], form=Form.PLAN, base=[])
    return review_of(plans, acknowledgements=None, today=TODAY)


def found_in(plan: str) -> dict[tuple[str, str], str]:
    """Say what is found, by rule and address."""
    answers = reviewed(plan).verdicts.open
    return {(each.rule.id, each.address): each.message for each in answers if each.answer is Answer.FINDING}


def addresses_in(plan: str) -> set[str]:
    content = json.loads((PLANS / plan).read_text(encoding="utf-8"))
    risks = content["planned_values"].get("outputs", {}).get("accepted_risks", {}).get("value", {})
    changed = {each["address"] for each in content["resource_changes"]}
    return changed | {f'{OUTPUT}["{what}"]' for what in risks}


def test_every_rule_is_pinned_to_plans():
    assert PINNED.keys() == {rule.id for rule, _ in RULES}


@pytest.mark.parametrize("rule", PINNED)
def test_the_plans_are_of_terraform_s_making(rule: str):
    for place in PINNED[rule]:
        assert not place.plan.startswith(("official/", "inline/", "aws/"))
        assert place.address in addresses_in(place.plan)


@pytest.mark.parametrize("rule", PINNED)
def test_a_rule_finds_what_it_is_about_and_not_what_is_most_like_it(rule: str):
    bad, good = PINNED[rule]

    assert (rule, bad.address) in found_in(bad.plan)
    assert (rule, good.address) not in found_in(good.plan)


def test_clear_text_is_found_in_variables_too():
    assert found_in(BAD.plan)["DFLOW060", BAD.address] == "variables.CLEAR_URL asks for a connection in clear text."
    assert not any(address == GOOD.address for _, address in found_in(GOOD.plan))


@pytest.mark.parametrize("case", ["vendors", "services", "lists"])
def test_nothing_is_found_that_is_not_pinned(case: str):
    plan = f"rules/{case}/plan.json"
    pinned = {(rule, bad.address) for rule, (bad, _) in PINNED.items() if bad.plan == plan}
    besides = {
        ("DFLOW007", "digitalocean_database_firewall.billing"),  # each of two writers is named
        ("DFLOW040", NEON),
        ("DFLOW041", NEON),
        ("DFLOW060", BAD.address),
        ("DFLOW063", "dflow_cloud_provider_account.production"),  # the id of an access key is told like a secret
    }

    assert found_in(plan).keys() - pinned <= besides
    assert not any(each.answer is Answer.RULE_CRASHED for each in reviewed(plan).verdicts.open)
    # What dFlow exposes on the nodes of a group is in no plan.
    groups = {"dflow_security_group.open", "dflow_security_group.closed"} if case == "services" else set()
    assert {address for address, _ in reviewed(plan).reach.unread} == groups
