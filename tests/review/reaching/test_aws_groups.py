"""Security groups and prefix lists of AWS, and the databases behind them."""

from __future__ import annotations

from typing import Any

from dflow_review.reach import Movement
from dflow_review.reaching import reach_of
from dflow_review.reading import read_plans


def _ingress(*cidrs: str, port: int = 5432, **more: Any) -> dict[str, Any]:
    return {
        "protocol": "tcp",
        "from_port": port,
        "to_port": port,
        "cidr_blocks": [*cidrs],
        "ipv6_cidr_blocks": [],
        "prefix_list_ids": [],
        "security_groups": [],
        "self": False,
        "description": "",
        **more,
    }


def _group(*rules: dict[str, Any], id_: str = "sg-1") -> dict[str, Any]:
    return {"id": id_, "name": "db", "ingress": [*rules], "egress": [_ingress("0.0.0.0/0")]}


def _database(*groups: str, **more: Any) -> dict[str, Any]:
    return {"id": "db-1", "identifier": "orders", "port": 5432, "vpc_security_group_ids": [*groups], **more}


def _same(scene, address: str, values: dict[str, Any]) -> dict[str, Any]:
    return scene.resource(address, values, values)


def test_inline_rules_are_the_database_s_behind_the_group(scene) -> None:
    change = scene.only(
        scene.resource("aws_security_group.g", _group(_ingress("20.0.0.1/32")), _group(_ingress("20.0.0.0/24"))),
        _same(scene, "aws_db_instance.d", _database("sg-1")),
    )
    assert (change.database.name, change.database.id, change.port) == ("orders", "aws_db_instance db-1", 5432)
    assert (change.movement, change.added.size) == (Movement.WIDENED, 255)


def test_a_rule_on_another_port_does_not_open_the_database(scene) -> None:
    ssh = _group(_ingress("20.0.0.1/32", port=22))
    assert (
        scene.reach(
            _same(scene, "aws_security_group.g", ssh), _same(scene, "aws_db_instance.d", _database("sg-1"))
        ).changes
        == ()
    )


def test_moving_a_rule_out_of_the_group_is_no_change_of_reach(scene) -> None:
    rule = {
        "security_group_id": "sg-1",
        "type": "ingress",
        "protocol": "tcp",
        "from_port": 5432,
        "to_port": 5432,
        "cidr_blocks": ["20.0.0.1/32"],
    }
    change = scene.only(
        scene.resource("aws_security_group.g", _group(_ingress("20.0.0.1/32")), _group()),
        scene.resource("aws_security_group_rule.r", None, rule),
    )
    assert change.movement is Movement.MOVED


def test_attaching_a_group_opens_what_the_group_opens(scene, spelled) -> None:
    change = scene.only(
        _same(scene, "aws_security_group.g", _group(_ingress("20.0.0.1/32"))),
        scene.resource("aws_db_instance.d", _database(), _database("sg-1")),
    )
    assert change.movement is Movement.WIDENED
    assert spelled(change.after) == ["20.0.0.1/32"]


def test_a_rule_may_change_groups_of_the_same_database(scene) -> None:
    first, second = _group(_ingress("20.0.0.1/32")), _group(id_="sg-2")
    change = scene.only(
        scene.resource("aws_security_group.a", first, _group()),
        scene.resource("aws_security_group.b", second, _group(_ingress("20.0.0.1/32"), id_="sg-2")),
        _same(scene, "aws_db_instance.d", _database("sg-1", "sg-2")),
    )
    assert change.movement is Movement.MOVED


def test_groups_that_are_created_with_their_database_are_found_by_reference(scene) -> None:
    rule = {
        "ip_protocol": "tcp",
        "from_port": 5432,
        "to_port": 5432,
        "cidr_ipv4": "20.0.0.1/32",
    }
    change = scene.only(
        scene.resource("aws_security_group.g", None, {"name": "db"}, unknown={"id": True, "ingress": True}),
        scene.resource(
            "aws_vpc_security_group_ingress_rule.r",
            None,
            rule,
            unknown={"security_group_id": True},
            refers={"security_group_id": "aws_security_group.g.id"},
        ),
        scene.resource(
            "aws_rds_cluster.c",
            None,
            {"cluster_identifier": "orders", "port": 5432},
            unknown={"id": True, "vpc_security_group_ids": True},
            refers={"vpc_security_group_ids": "aws_security_group.g.id"},
        ),
    )
    assert (change.database.name, change.movement) == ("orders", Movement.WIDENED)


def test_a_group_that_is_replaced_is_still_the_same_list(scene) -> None:
    rule = {"ip_protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_ipv4": "20.0.0.1/32"}
    change = scene.only(
        scene.resource(
            "aws_security_group.g",
            {"id": "sg-1", "name": "a", "ingress": []},
            {"name": "b", "ingress": []},
            unknown={"id": True},
            actions=["delete", "create"],
        ),
        scene.resource(
            "aws_vpc_security_group_ingress_rule.r",
            {**rule, "security_group_id": "sg-1"},
            rule,
            unknown={"security_group_id": True},
            refers={"security_group_id": "aws_security_group.g.id"},
            actions=["delete", "create"],
        ),
    )
    assert change.movement is Movement.SAME


def _rule_for_list(**more: Any) -> dict[str, Any]:
    return {
        "security_group_id": "sg-1",
        "ip_protocol": "tcp",
        "from_port": 5432,
        "to_port": 5432,
        "prefix_list_id": "pl-1",
        **more,
    }


def test_a_prefix_list_is_what_is_on_it(scene, spelled) -> None:
    entry = {"prefix_list_id": "pl-1", "cidr": "20.0.0.2/32", "description": "dflow: orders from fra-2 (shop/orders)"}
    listed = {"id": "pl-1", "name": "nodes", "entry": [{"cidr": "20.0.0.1/32", "description": "by hand"}]}
    change = scene.only(
        _same(scene, "aws_vpc_security_group_ingress_rule.r", _rule_for_list()),
        _same(scene, "aws_ec2_managed_prefix_list.l", listed),
        scene.resource("aws_ec2_managed_prefix_list_entry.e", None, entry),
        _same(scene, "aws_db_instance.d", _database("sg-1")),
    )
    assert (change.database.name, change.port) == ("orders", 5432)
    others = "whoever else security group sg-1 lets in, beyond its rules in these plans"
    assert spelled(change.after) == ["20.0.0.1/32", "20.0.0.2/32", others]
    assert change.after[0].source.node in {"", "fra-2"}
    assert change.movement is Movement.WIDENED


def test_a_prefix_list_elsewhere_is_let_in_by_name(scene, spelled) -> None:
    change = scene.only(scene.resource("aws_vpc_security_group_ingress_rule.r", None, _rule_for_list()))
    assert spelled(change.after) == ["pl-1"]


def test_groups_and_the_group_itself_are_let_in_by_name(scene, spelled) -> None:
    rule = _ingress(security_groups=["sg-9"], self=True)
    change = scene.only(scene.resource("aws_security_group.g", None, _group(rule)))
    assert spelled(change.after) == ["members of the same security group", "sg-9"]


def test_one_group_in_two_stacks_is_one_list(scene) -> None:
    database = scene.resource("aws_db_instance.d", None, _database("sg-1", id=None), unknown={"id": True})
    group = _same(scene, "aws_security_group.g", _group(_ingress("20.0.0.1/32")))
    files = [scene.file(group, plan="network"), scene.file(database, plan="data")]
    (change,) = reach_of(read_plans(files)).changes
    assert (change.database.name, change.movement) == ("orders", Movement.WIDENED)


def _single(**more: Any) -> dict[str, Any]:
    ports = {"protocol": "tcp", "from_port": 5432, "to_port": 5432}
    return {"security_group_id": "sg-1", "type": "ingress", **ports, **more}


def test_a_group_that_is_let_in_and_known_after_apply_is_let_in_all_the_same(scene, spelled) -> None:
    single = scene.resource(
        "aws_security_group_rule.r",
        None,
        _single(),
        unknown={"source_security_group_id": True},
        refers={"source_security_group_id": "local.clients"},
    )
    inside = scene.resource(
        "aws_security_group.g",
        None,
        _group(_ingress(security_groups=[None], prefix_list_ids=[None]), id_="sg-2"),
        unknown={"ingress": [{"security_groups": [True], "prefix_list_ids": [True]}]},
        refers={"ingress": "module.clients.group_id"},
    )

    assert spelled(scene.only(single).after) == ["a security group known after apply"]
    assert spelled(scene.only(inside).after) == [
        "a prefix list known after apply",
        "a security group known after apply",
    ]


def test_what_the_provider_fills_in_lets_nobody_in(scene, spelled) -> None:
    rule = scene.resource(
        "aws_security_group_rule.r",
        None,
        _single(cidr_blocks=["20.0.0.1/32"]),
        unknown={"source_security_group_id": True, "id": True},
    )

    assert spelled(scene.only(rule).after) == ["20.0.0.1/32"]


def test_rules_inside_of_a_new_group_that_only_a_local_value_knows_cannot_be_told(scene) -> None:
    group = scene.resource(
        "aws_security_group.g",
        None,
        {"name": "db"},
        unknown={"id": True, "ingress": True},
        refers={"ingress": "local.rules"},
    )

    assert scene.only(group).movement is Movement.UNKNOWN
