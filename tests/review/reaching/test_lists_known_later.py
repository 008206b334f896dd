"""Entries whose list will be known only after apply, and was another or the same before."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_review.reach import Movement
from dflow_review.review import ExitCode

RULE = "aws_vpc_security_group_ingress_rule.r"
LIST = "security_group_id"


def _rule(port: int = 5432, **more: Any) -> dict[str, Any]:
    return {"ip_protocol": "tcp", "from_port": port, "to_port": port, "cidr_ipv4": "20.0.0.1/32", **more}


def _rehomed(scene: Any, refers: dict[str, str], port: int = 5432, address: str = RULE) -> dict[str, Any]:
    return scene.resource(
        address,
        _rule(port, **{LIST: "sg-1"}),
        _rule(port),
        unknown={LIST: True},
        refers=refers,
        actions=["delete", "create"],
    )


@pytest.mark.parametrize(
    "reference", ["local.group", "data.terraform_remote_state.net.outputs.group", "module.x.group"]
)
def test_a_rule_that_may_come_to_another_group_cannot_be_told(scene, spelled, reference) -> None:
    review = scene.review(_rehomed(scene, {LIST: reference}), _remote_state(scene))

    (elsewhere,) = [change for change in review.reach.changes if change.unknown]
    assert (elsewhere.database.name, elsewhere.movement) == (RULE, Movement.UNKNOWN)
    assert spelled(elsewhere.unknown) == ["20.0.0.1/32 on a list known after apply"]
    assert review.exit_code() is ExitCode.CANNOT_TELL


def _remote_state(scene: Any) -> dict[str, Any]:
    state = {"backend": "local", "outputs": {}}
    return scene.resource("data.terraform_remote_state.net", None, state, mode="data", actions=["read"])


def test_it_is_still_shown_where_it_was(scene, spelled) -> None:
    changes = scene.reach(_rehomed(scene, {LIST: "local.group"})).changes

    (here,) = [change for change in changes if not change.unknown]
    assert (here.movement, spelled(here.after)) == (Movement.SAME, ["20.0.0.1/32"])


def test_a_rule_of_a_group_that_is_replaced_stays_in_it(scene) -> None:
    group = scene.resource(
        "aws_security_group.g",
        {"id": "sg-1", "name": "a", "ingress": []},
        {"name": "b", "ingress": []},
        unknown={"id": True},
        actions=["delete", "create"],
    )

    assert scene.only(group, _rehomed(scene, {LIST: "aws_security_group.g.id"})).movement is Movement.SAME


def test_a_list_that_only_the_provider_leaves_open_is_the_same(scene) -> None:
    assert scene.only(_rehomed(scene, {})).movement is Movement.SAME


def test_a_web_servers_rule_may_go_where_it_wants(scene) -> None:
    assert scene.reach(_rehomed(scene, {LIST: "local.group"}, port=443)).changes == ()


def test_an_allowlist_of_ours_may_come_to_another_database_too(scene, spelled) -> None:
    entries = {
        "entries": {"fra-1": {"cidr": "20.0.0.1/32"}},
        "foreign_entries": ["30.0.0.1/32"],
        "owner": "shop/orders",
    }
    reach = scene.reach(
        scene.resource(
            "dflow_neon_allowlist.a",
            {"project_id": "p-1", **entries},
            entries,
            unknown={"project_id": True},
            refers={"project_id": "local.project"},
            actions=["delete", "create"],
        )
    )

    (elsewhere,) = [change for change in reach.changes if change.unknown]
    assert spelled(elsewhere.after) == ["20.0.0.1/32 on a list known after apply"]
