"""Changes of lists that leave behind what was there: put off until a later plan, or forgetting it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_review.reach import Movement
from dflow_review.reaching import reach_of
from dflow_review.reading import read_plans

if TYPE_CHECKING:
    from dflow_review.reach import Reach

RULE = "aws_vpc_security_group_ingress_rule"
ONE = {"fra-1": {"cidr": "20.0.0.1/32"}}
TWO = {"fra-2": {"cidr": "20.0.0.2/32"}}


def put_off(scene: Any, *resources: dict[str, Any], reason: str = "deferred_prereq", others: Any = ()) -> Reach:
    """Read a plan that carries out the other changes and puts these off."""
    file = scene.file(*resources, *others)
    content = json.loads(file.read_text())
    split = len(resources)
    later = [{"reason": reason, "resource_change": each} for each in content["resource_changes"][:split]]
    file.write_text(
        json.dumps({**content, "resource_changes": content["resource_changes"][split:], "deferred_changes": later})
    )
    return reach_of(read_plans([file]))


def neon(entries: dict[str, Any]) -> dict[str, Any]:
    return {"id": "quiet-river/a", "project_id": "quiet-river", "owner": "a", "entries": entries, "foreign_entries": []}


def test_an_entry_that_is_to_be_replaced_later_lets_in_the_old_address_and_the_new_one(scene, spelled) -> None:
    (change,) = put_off(scene, scene.resource("dflow_neon_allowlist.a", neon(ONE), neon(TWO))).changes

    assert change.movement is Movement.WIDENED
    assert spelled(change.after) == ["20.0.0.1/32", "20.0.0.2/32"]
    assert change.removed.size == 0


def test_an_entry_that_stays_is_not_told_twice(scene, spelled) -> None:
    (change,) = put_off(scene, scene.resource("dflow_neon_allowlist.a", neon(ONE), neon({**ONE, **TWO}))).changes

    assert spelled(change.after) == ["20.0.0.1/32", "20.0.0.2/32"]


def test_a_list_that_is_to_be_destroyed_later_closes_and_opens_nothing_yet(scene) -> None:
    (change,) = put_off(scene, scene.resource("dflow_neon_allowlist.a", neon(ONE), None)).changes

    assert change.movement is Movement.SAME


def test_a_rule_of_which_nobody_knows_how_many_there_will_be_is_unknown_with_the_reason(scene) -> None:
    known = {"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432}
    rule = scene.resource(f"{RULE}.a[*]", None, known, unknown={"cidr_ipv4": True, "id": True})

    (change,) = put_off(scene, rule, reason="instance_count_unknown").changes

    assert change.movement is Movement.UNKNOWN
    assert [each.source.spelling for each in change.unknown] == [
        "1 address, known after apply; put off: how many there will be is known only after another apply"
    ]


def test_what_is_carried_out_counts_beside_what_is_put_off(scene, spelled) -> None:
    later = scene.resource("dflow_neon_allowlist.a", neon(ONE), None)
    now = scene.resource("dflow_neon_allowlist.b", None, {**neon(TWO), "owner": "b"})

    (change,) = put_off(scene, later, others=[now]).changes

    assert change.movement is Movement.WIDENED
    assert spelled(change.after) == ["20.0.0.1/32", "20.0.0.2/32"]


def rule_in(group: str, cidr: str) -> dict[str, Any]:
    return {
        "security_group_id": group,
        "ip_protocol": "tcp",
        "from_port": 5432,
        "to_port": 5432,
        "cidr_ipv4": cidr,
    }


@pytest.mark.parametrize("actions", [["create", "forget"], ["forget", "create"]])
def test_what_a_replacement_forgets_still_lets_in(scene, spelled, actions: list[str]) -> None:
    rule = scene.resource(f"{RULE}.a", rule_in("sg-1", "20.0.0.1/32"), rule_in("sg-1", "20.0.0.2/32"), actions=actions)
    change = scene.only(rule)

    assert (change.movement, change.removed.size) == (Movement.WIDENED, 0)
    assert spelled(change.after) == ["20.0.0.1/32", "20.0.0.2/32"]


def test_what_a_replacement_forgets_stays_on_the_list_where_it_was(scene, spelled) -> None:
    rule = scene.resource(
        f"{RULE}.a",
        rule_in("sg-1", "20.0.0.1/32"),
        rule_in("sg-2", "20.0.0.1/32"),
        actions=["create", "forget"],
    )
    old, new = scene.reach(rule).changes

    assert (old.database.name, old.movement, spelled(old.after)) == ("sg-1", Movement.SAME, ["20.0.0.1/32"])
    assert (new.database.name, new.movement) == ("sg-2", Movement.WIDENED)


def test_a_list_that_is_empty_after_a_replacement_is_open_whatever_the_forgotten_one_held(scene) -> None:
    sides = ({"id": "p", "allowed_ips": ["20.0.0.1"]}, {"id": "p", "allowed_ips": []})
    change = scene.only(scene.resource("neon_project.a", *sides, actions=["create", "forget"]))

    assert change.movement is Movement.WIDENED
