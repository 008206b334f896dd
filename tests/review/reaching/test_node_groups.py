"""dFlow's own security groups, behind which dFlow may expose databases."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_review.review import ExitCode

GROUP = "dflow_security_group.nodes"
OFFICE = {"type": "postgresql", "cidr": "20.0.0.1/32"}
WORLD = {"type": "postgresql", "cidr": "0.0.0.0/0"}


def _group(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"id": "g-1", "name": "nodes", "inbound_rules": [*rules]}


@pytest.mark.parametrize(
    ("before", "after", "ports"),
    [
        (None, _group(OFFICE), "PostgreSQL (5432)"),
        (_group(OFFICE), _group(OFFICE, WORLD), "PostgreSQL (5432)"),
        (_group(OFFICE), _group({**OFFICE, "cidr": "20.0.0.0/24"}), "PostgreSQL (5432)"),
        (_group(), _group({"type": "custom-tcp", "from_port": 6000, "to_port": 7000, "cidr": "::/0"}), "Redis (6379)"),
        (_group(OFFICE), _group(OFFICE, {**OFFICE, "type": "mysql-aurora"}), "MySQL (3306)"),
    ],
)
def test_more_who_get_in_on_the_port_of_a_database_are_no_pass(scene, before: Any, after: Any, ports: str) -> None:
    review = scene.review(scene.resource(GROUP, before, after))
    reason = (
        f"more addresses get in to its Worker Nodes on the ports of {ports}; what dFlow exposes there is in no plan"
    )
    assert review.reach.unread == ((GROUP, reason),)
    assert review.exit_code() is ExitCode.CANNOT_TELL


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_group(WORLD), _group(OFFICE)),
        (_group(OFFICE, WORLD), _group(WORLD, OFFICE)),
        (_group({**OFFICE, "cidr": "20.0.0.0/24"}), _group(OFFICE)),
        (_group({"type": "all-tcp", "cidr": "0.0.0.0/0"}), _group(WORLD)),
        (_group(), _group({"type": "https", "cidr": "0.0.0.0/0"})),
        (_group(), _group({"type": "custom-tcp", "from_port": 8080, "cidr": "0.0.0.0/0"})),
        (_group(), _group({"protocol": "udp", "from_port": 5432, "cidr": "0.0.0.0/0"})),
        (_group(WORLD), None),
        ({**_group(WORLD), "description": "old"}, {**_group(WORLD), "description": "new"}),
    ],
)
def test_who_gets_in_on_other_ports_or_got_in_before_is_not_told(scene, before: Any, after: Any) -> None:
    assert scene.reach(scene.resource(GROUP, before, after)).unread == ()


@pytest.mark.parametrize("unknown", [{"inbound_rules": True}, {"inbound_rules": [{"cidr": True}]}])
def test_rules_that_are_known_after_apply_are_no_pass(scene, unknown: Any) -> None:
    after = _group({**OFFICE, "cidr": None})
    ((where, why),) = scene.reach(scene.resource(GROUP, _group(OFFICE), after, unknown=unknown)).unread
    assert (where, why) == (GROUP, "its inbound rules for databases' ports are known after apply, or hidden")


def test_hidden_rules_are_compared(scene) -> None:
    hidden = {"inbound_rules": True}
    changed = scene.resource(GROUP, _group(OFFICE), _group(WORLD), sensitive=hidden)
    kept = scene.resource(GROUP, {**_group(OFFICE), "name": "old"}, _group(OFFICE), sensitive=hidden)
    assert [bool(scene.reach(each).unread) for each in (changed, kept)] == [True, False]
