"""DFLOW042 and DFLOW043: databases that dFlow runs stay inside."""

from __future__ import annotations

import pytest

from dflow_review.finding import Severity
from dflow_review.rules.exposed_database import databases_are_not_exposed, nodes_keep_database_ports

DATABASE = "dflow_database_service.cache"
GROUP = "dflow_security_group.web"


def rules(scene, *rules, unknown=None):
    return scene.subject(scene.resource(GROUP, {"inbound_rules": list(rules)}, unknown=unknown))


def test_passes_databases_that_are_not_exposed(scene, asked):
    closed = scene.resource(DATABASE, {"name": "shop-cache", "exposed_ports": []}, {})
    new = scene.resource("dflow_database_service.new", {}, unknown={"exposed_ports": True})

    assert asked(databases_are_not_exposed, scene.subject(closed, new)) == []


def test_finds_an_exposed_database(scene):
    exposed = {"name": "shop-cache", "exposed_ports": ["30042"]}

    found = list(databases_are_not_exposed(scene.subject(scene.resource(DATABASE, exposed, {"exposed_ports": []}))))

    assert [(each.address, each.weight) for each in found] == [(DATABASE, Severity.HIGH)]
    assert "shop-cache answers the whole internet on port 30042" in found[0].message


def test_finds_less_in_a_database_that_was_exposed_before(scene):
    exposed = scene.resource(DATABASE, {"exposed_ports": ["30042"]}, {"exposed_ports": ["30042"]})

    assert [each.weight for each in databases_are_not_exposed(scene.subject(exposed))] == [Severity.MEDIUM]


def test_cannot_tell_of_ports_that_are_known_after_apply(scene, asked):
    changed = scene.resource(DATABASE, {}, {}, unknown={"exposed_ports": True})

    assert asked(databases_are_not_exposed, scene.subject(changed)) == [f"{DATABASE} (cannot tell)"]


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "https", "cidr": "0.0.0.0/0"},
        {"type": "postgresql", "cidr": "198.51.100.7/32"},
        {"type": "custom-tcp", "from_port": 8080, "to_port": 8090, "cidr": "0.0.0.0/0"},
        {"protocol": "udp", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"},
        {"type": "icmp", "cidr": "0.0.0.0/0"},
    ],
)
def test_passes_rules_that_open_no_database_to_everybody(scene, asked, rule):
    assert asked(nodes_keep_database_ports, rules(scene, rule)) == []


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "postgresql", "cidr": "0.0.0.0/0"},
        {"type": "all-traffic", "cidr": "0.0.0.0/0"},
        {"protocol": "all", "cidr": "0.0.0.0/0"},
        {"protocol": "tcp", "from_port": 6379, "cidr": "0.0.0.0/0"},
        {"type": "custom-tcp", "from_port": 5000, "to_port": 6000, "cidr": "0.0.0.0/1"},
    ],
)
def test_finds_rules_that_open_databases_to_everybody(scene, asked, rule):
    assert asked(nodes_keep_database_ports, rules(scene, rule)) == [GROUP]


def test_cannot_tell_of_rules_that_are_known_after_apply(scene, asked):
    by_cidr = rules(scene, {"type": "postgresql"}, unknown={"inbound_rules": [{"cidr": True}]})
    by_port = rules(
        scene, {"type": "custom-tcp", "cidr": "0.0.0.0/0"}, unknown={"inbound_rules": [{"from_port": True}]}
    )
    whole = rules(scene, unknown={"inbound_rules": True})

    assert [asked(nodes_keep_database_ports, each) for each in (by_cidr, by_port, whole)] == [
        [f"{GROUP} (cannot tell)"]
    ] * 3


@pytest.mark.parametrize("check", [databases_are_not_exposed, nodes_keep_database_ports])
def test_survives_values_of_the_wrong_type(odd_subjects, check):
    assert [list(check(subject)) for subject in odd_subjects]
