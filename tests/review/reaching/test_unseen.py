"""Addresses that nobody can see on either side: hidden ones, and those that two programs know only after apply."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_review.reach import Movement
from dflow_review.reaching import reach_of
from dflow_review.reading import read_plans
from dflow_review.review import ExitCode
from dflow_review.review_of import review_of

if TYPE_CHECKING:
    from pathlib import Path

RULE = "aws_vpc_security_group_ingress_rule.office"
PROJECT = "neon_project.samples"


def _rule(cidr: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "sgr-1",
        "security_group_id": "sg-1",
        "ip_protocol": "tcp",
        "from_port": 5432,
        "to_port": 5432,
        "cidr_ipv4": cidr,
        **more,
    }


def test_another_hidden_address_cannot_be_told(scene) -> None:
    before, after = _rule("20.0.0.1/32"), _rule("0.0.0.0/0")
    change = scene.only(scene.resource(RULE, before, after, sensitive={"cidr_ipv4": True}))
    assert (change.movement, len(change.unknown)) == (Movement.UNKNOWN, 1)
    assert "0.0.0.0/0" not in str(change)


def test_a_hidden_address_that_stays_is_no_news_whatever_else_changes(scene) -> None:
    before, after = _rule("20.0.0.1/32", description="old"), _rule("20.0.0.1/32", description="new")
    change = scene.only(scene.resource(RULE, before, after, sensitive={"cidr_ipv4": True}))
    assert (change.movement, change.unknown) == (Movement.SAME, ())


@pytest.mark.parametrize("marks", [True, [True, True]], ids=["the whole list", "each address"])
@pytest.mark.parametrize(
    ("before", "after", "movement"),
    [
        pytest.param(["20.0.0.1"], ["20.0.0.1", "0.0.0.0/0"], Movement.UNKNOWN, id="one more"),
        pytest.param(["20.0.0.1", "20.0.0.2"], ["20.0.0.2", "20.0.0.1"], Movement.SAME, id="another order"),
        pytest.param(["20.0.0.1", "20.0.0.2"], ["20.0.0.2"], Movement.SAME, id="one less"),
    ],
)
def test_hidden_lists_are_compared(
    scene, marks: object, before: list[str], after: list[str], movement: Movement
) -> None:
    sides = ({"id": "p-1", "allowed_ips": each} for each in (before, after))
    change = scene.only(scene.resource(PROJECT, *sides, sensitive={"allowed_ips": marks}))
    assert change.movement is movement


def test_a_password_of_a_database_changes_without_a_word_about_its_groups(scene) -> None:
    sides = [
        {"id": "db-1", "identifier": "orders", "port": 5432, "password": each, "vpc_security_group_ids": ["sg-1"]}
        for each in ("one", "two")
    ]
    change = scene.only(scene.resource("aws_db_instance.orders", *sides, sensitive={"password": True}))
    assert (change.movement, change.unknown) == (Movement.SAME, ())


HIDDEN_CHANGES = "a value that is hidden as sensitive changes, and it may be about who gets in"


@pytest.mark.parametrize(
    ("hidden", "before", "after"),
    [
        ("from_port", 443, 5432),
        ("ip_protocol", "udp", "tcp"),
        ("security_group_id", "sg-9", "sg-1"),
    ],
)
def test_a_rule_whose_hidden_port_protocol_or_group_changes_cannot_be_told(
    scene, hidden: str, before: object, after: object
) -> None:
    sides = (_rule("20.0.0.1/32", **{hidden: each}) for each in (before, after))
    review = scene.review(scene.resource(RULE, *sides, sensitive={hidden: True}))
    assert review.reach.unread == ((RULE, HIDDEN_CHANGES),)
    assert review.exit_code() is ExitCode.CANNOT_TELL


@pytest.mark.parametrize(
    ("hidden", "told"),
    [("public_network_access_enabled", True), ("primary_key", False)],
)
def test_of_a_database_only_what_its_list_is_read_from_is_asked_about(scene, hidden: str, told: bool) -> None:
    account = {"resource_group_name": "shop", "name": "orders", "ip_range_filter": ["20.0.0.1"]}
    sides = ({**account, hidden: False}, {**account, hidden: True})
    reach = scene.reach(scene.resource("azurerm_cosmosdb_account.a", *sides, sensitive={hidden: True}))
    assert bool(reach.unread) is told


def _program(directory: Path, *cidrs: Any, **more: Any) -> Path:
    directory.mkdir()
    file = directory / "cdk.tf.json"
    neon = {"name": "samples", "allowed_ips": [*cidrs]}
    data = {"dflow_worker_node": {"a": {"name": "fra-1"}, "b": {"name": "fra-2"}}}
    file.write_text(json.dumps({"terraform": {}, "resource": {"neon_project": {"n": neon}}, "data": data, **more}))
    return file


A, B, GIVEN = "${data.dflow_worker_node.a.outbound_ip}", "${data.dflow_worker_node.b.outbound_ip}", "${var.office}"


def _variable(default: str) -> dict[str, Any]:
    return {"variable": {"office": {"default": default}}}


@pytest.mark.parametrize(
    ("base", "head", "movement"),
    [
        pytest.param(([A], {}), ([A], {}), Movement.SAME, id="the same node"),
        pytest.param(([A], {}), ([B], {}), Movement.UNKNOWN, id="another node"),
        pytest.param(([A], {}), ([A, B], {}), Movement.UNKNOWN, id="one node more"),
        pytest.param(([A, B], {}), ([B], {}), Movement.SAME, id="one node less"),
        pytest.param(([GIVEN], _variable("20.0.0.1")), ([GIVEN], _variable("20.0.0.1")), Movement.SAME, id="default"),
        pytest.param(
            ([GIVEN], _variable("20.0.0.1")), ([GIVEN], _variable("0.0.0.0/0")), Movement.UNKNOWN, id="another default"
        ),
        pytest.param(
            (["${cidrhost(local.x, 1)}"], {"locals": {"x": "${var.a}"}}),
            (["${cidrhost(local.x, 1)}"], {"locals": {"x": "${var.b}"}}),
            Movement.UNKNOWN,
            id="another variable behind a local value",
        ),
    ],
)
def test_programs_are_compared_where_neither_knows_the_address(
    tmp_path: Path, base: tuple[list[str], Any], head: tuple[list[str], Any], movement: Movement
) -> None:
    old, new = (_program(tmp_path / name, *cidrs, **more) for name, (cidrs, more) in (("old", base), ("new", head)))
    (change,) = reach_of(read_plans([new], base=[old])).changes
    assert change.movement is movement


def test_another_table_of_a_repeated_resource_cannot_be_told(tmp_path: Path) -> None:
    def rules(name: str, *cidrs: str) -> Path:
        rule = {**_rule("${each.value}"), "for_each": f"${{toset({json.dumps(cidrs)})}}"}
        return _program(tmp_path / name, resource={"aws_vpc_security_group_ingress_rule": {"r": rule}})

    old, new = rules("old", "20.0.0.1/32"), rules("new", "20.0.0.1/32", "0.0.0.0/0")
    plans = read_plans([new], base=[old])
    review = review_of(plans, acknowledgements=None, today=dt.date(2026, 11, 22))
    assert review.exit_code() is ExitCode.CANNOT_TELL


def test_what_a_module_holds_cannot_be_told_from_its_call(tmp_path: Path) -> None:
    def calling(name: str, cidr: str) -> Path:
        call = {"source": "acme/database/aws", "allowed": ["${local.office}"]}
        return _program(tmp_path / name, "20.0.0.1", module={"database": call}, locals={"office": cidr})

    alone, same, other = (
        reach_of(read_plans([calling(name, cidr)], base=base)).unread
        for name, cidr, base in (
            ("alone", "20.0.0.1", []),
            ("same", "20.0.0.1", [calling("base", "20.0.0.1")]),
            ("other", "0.0.0.0/0", [tmp_path / "base" / "cdk.tf.json"]),
        )
    )
    assert alone == (("module.database", "what a module holds is in its plan, and not in synthesized JSON"),)
    assert (same, other) == ((), alone)


def test_plans_are_compared_by_what_they_refer_to(scene) -> None:
    def plan(name: str, node: str) -> Path:
        rule = scene.resource(RULE, None, _rule(""), unknown={"cidr_ipv4": True}, refers={"cidr_ipv4": node})
        rule["change"]["after"]["cidr_ipv4"] = None
        return scene.file(rule, plan=name)

    base = plan("base", "data.dflow_worker_node.a")
    movements = []
    for name, node in ("same", "data.dflow_worker_node.a"), ("other", "data.dflow_worker_node.b"):
        (change,) = reach_of(read_plans([plan(name, node)], base=[base])).changes
        movements.append(change.movement)
    assert movements == [Movement.SAME, Movement.UNKNOWN]
