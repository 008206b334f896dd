"""Which rules count of a security group that no plan ties to a database."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_review.reach import Movement
from dflow_review.review import ExitCode

RULE = "aws_vpc_security_group_ingress_rule.web"


def _rule(first: int | None, last: int | None, *, protocol: str = "tcp", **more: Any) -> dict[str, Any]:
    ports = {"ip_protocol": protocol, "from_port": first, "to_port": last}
    return {"security_group_id": "sg-web", **ports, "cidr_ipv4": "20.0.0.1/32", **more}


def _inline(**rule: Any) -> dict[str, Any]:
    sources = {"cidr_blocks": [], "ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": [], "self": False}
    tcp = {"protocol": "tcp", "from_port": 443, "to_port": 443}
    return {"id": "sg-web", "name": "web", "ingress": [{**sources, **tcp, **rule}]}


@pytest.mark.parametrize(
    ("rule", "port"),
    [
        pytest.param(_rule(5432, 5432), 5432, id="a database's port"),
        pytest.param(_rule(5000, 6000), None, id="a range with a database's port"),
        pytest.param(_rule(1024, 65535), None, id="a wide range with a database's port"),
        pytest.param(_rule(0, 65535), None, id="every port"),
        pytest.param(_rule(None, None, protocol="-1"), None, id="every protocol"),
        pytest.param(_rule(-1, -1), None, id="every port as the older spelling has it"),
    ],
)
def test_ports_that_include_a_databases_count_from_a_single_address(scene, rule, port) -> None:
    change = scene.only(scene.resource(RULE, None, rule))

    assert (change.movement, change.port, change.added.size) == (Movement.WIDENED, port, 1)


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(_rule(443, 443, cidr_ipv4="0.0.0.0/0"), id="a web server's port"),
        pytest.param(_rule(80, 443, cidr_ipv4="0.0.0.0/0"), id="both of its ports"),
        pytest.param(_rule(4433, 4433, cidr_ipv4="0.0.0.0/0"), id="a port of one's own"),
        pytest.param(_rule(30000, 32767, cidr_ipv4="0.0.0.0/0"), id="a range without a database's port"),
        pytest.param(_rule(0, 65535, protocol="udp"), id="every port of another protocol"),
        pytest.param(
            _rule(None, None, protocol="-1", cidr_ipv4=None, referenced_security_group_id="sg-lb"),
            id="every port for the members of a group",
        ),
    ],
)
def test_rules_of_other_machines_are_left_out(scene, rule) -> None:
    assert scene.review(scene.resource(RULE, None, rule)).exit_code() is ExitCode.NOTHING_WIDENED
    assert scene.reach(scene.resource(RULE, None, rule)).changes == ()


def test_a_web_servers_group_is_left_out_whole(scene) -> None:
    group = _inline(cidr_blocks=["0.0.0.0/0"])
    group["ingress"] += _inline(self=True, protocol="-1", from_port=0, to_port=0)["ingress"]

    assert scene.reach(scene.resource("aws_security_group.web", None, group)).changes == ()


def test_every_port_for_a_prefix_list_counts_as_what_is_on_it(scene) -> None:
    listed = {"id": "pl-1", "name": "offices", "entry": [{"cidr": "20.0.0.0/30", "description": "offices"}]}
    rule = _rule(None, None, protocol="-1", cidr_ipv4=None, prefix_list_id="pl-1")

    change = scene.only(
        scene.resource(RULE, None, rule), scene.resource("aws_ec2_managed_prefix_list.l", listed, listed)
    )

    assert (change.movement, change.added.size) == (Movement.WIDENED, 4)


@pytest.mark.parametrize(
    ("address", "values", "unknown"),
    [
        pytest.param(RULE, _rule(None, None), {"from_port": True, "to_port": True}, id="a rule"),
        pytest.param(RULE, _rule(443, None), {"to_port": True}, id="a rule with its last port unknown"),
        pytest.param(
            "aws_security_group.web",
            _inline(cidr_blocks=["20.0.0.1/32"], from_port=None, to_port=None),
            {"ingress": [{"from_port": True, "to_port": True}]},
            id="a rule inside of its group",
        ),
    ],
)
def test_a_port_that_is_known_after_apply_cannot_be_told(scene, spelled, address, values, unknown) -> None:
    review = scene.review(scene.resource(address, None, values, unknown=unknown))

    (change,) = review.reach.changes
    assert change.movement is Movement.UNKNOWN
    assert spelled(change.unknown) == ["20.0.0.1/32 on a port known after apply"]
    assert review.exit_code() is ExitCode.CANNOT_TELL


def test_a_port_that_becomes_unknown_cannot_be_told(scene) -> None:
    rule = scene.resource(RULE, _rule(443, 443), _rule(None, None), unknown={"from_port": True, "to_port": True})

    assert scene.only(rule).movement is Movement.UNKNOWN


def test_an_unknown_port_of_a_group_that_guards_a_database_is_taken_for_the_databases(scene) -> None:
    change = scene.only(
        scene.resource(RULE, None, _rule(None, None), unknown={"from_port": True, "to_port": True}),
        scene.resource("aws_security_group.g", {"id": "sg-web", "ingress": []}, {"id": "sg-web", "ingress": []}),
        scene.resource("aws_db_instance.d", *[{"id": "db-1", "port": 5432, "vpc_security_group_ids": ["sg-web"]}] * 2),
    )

    assert (change.movement, change.port) == (Movement.WIDENED, 5432)


def test_rules_of_which_not_even_the_number_is_known_cannot_be_told(scene) -> None:
    group = scene.resource(
        "aws_security_group.web",
        {"id": "sg-web", "ingress": []},
        {"id": "sg-web"},
        unknown={"ingress": True},
        refers={"ingress": "data.http.ranges.response_body"},
    )

    assert scene.only(group).movement is Movement.UNKNOWN


def test_everything_for_everybody_is_never_left_out(scene) -> None:
    rule = _rule(None, None, protocol="-1", cidr_ipv4="0.0.0.0/0")

    assert scene.only(scene.resource(RULE, None, rule)).movement is Movement.WIDENED


def test_rules_that_stay_are_no_news(scene) -> None:
    rule = _rule(0, 65535)

    assert scene.review(scene.resource(RULE, rule, rule)).exit_code() is ExitCode.NOTHING_WIDENED
