"""What a program synthesized, before Terraform saw it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_review.errors import ReviewError
from dflow_review.plan import Action, Mode
from dflow_review.reading import read_plans
from dflow_review.values import Missing

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_review.plan import PlannedResource


def _read(tmp_path: Path, **content: Any) -> dict[str, PlannedResource]:
    file = tmp_path / "cdk.tf.json"
    file.write_text(json.dumps({"terraform": {}, **content}))
    (plan,) = read_plans([file])
    return {each.address: each for each in plan.resources}


def test_everything_is_new_and_has_the_values_of_the_program(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        terraform={"required_providers": {"dflow": {"source": "dflow-cdktf/dflow"}}},
        resource={"dflow_environment": {"e": {"name": "shop", "worker_nodes": ["${data.dflow_worker_node.n.id}"]}}},
        data={"dflow_worker_node": {"n": {"name": "fra-1"}}},
    )
    environment = found["dflow_environment.e"]
    assert (environment.action, environment.provider) == (Action.CREATE, "dflow-cdktf/dflow")
    assert environment.before is None
    assert environment.after is not None
    assert environment.after.get("name") == "shop"
    assert environment.after.get("worker_nodes", 0) is Missing.UNKNOWN
    assert environment.references == {"worker_nodes": ("data.dflow_worker_node.n",)}
    assert found["data.dflow_worker_node.n"].mode is Mode.DATA


def test_a_table_of_local_values_is_gone_through(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        locals={"entries": {"fra-1": {"cidr": "203.0.113.7/32"}, "fra-2": {"cidr": "${data.a_b.c.cidr}"}}},
        resource={
            "x_rule": {"r": {"for_each": "${local.entries}", "cidr": "${each.value.cidr}", "name": "${each.key}"}}
        },
    )
    known, unknown = found['x_rule.r["fra-1"]'].after, found['x_rule.r["fra-2"]'].after
    assert known is not None
    assert unknown is not None
    assert (known.get("cidr"), known.get("name")) == ("203.0.113.7/32", "fra-1")
    assert unknown.get("cidr") is Missing.UNKNOWN


def test_dynamic_blocks_are_written_out(tmp_path: Path) -> None:
    content = {"source": "${rule.value.cidr}", "fixed": "in"}
    found = _read(
        tmp_path,
        locals={"t": {"a": {"cidr": "203.0.113.7/32"}}},
        resource={"x_list": {"l": {"dynamic": {"rule": [{"for_each": "${local.t}", "content": content}]}}}},
    )
    after = found["x_list.l"].after
    assert after is not None
    assert after.get("rule") == [{"source": "203.0.113.7/32", "fixed": "in"}]


def test_a_dynamic_block_over_what_only_terraform_knows_is_unknown(tmp_path: Path) -> None:
    dynamic = {"rule": [{"for_each": "${[for x in local.t : x]}", "content": {}}]}
    after = _read(tmp_path, resource={"x_list": {"l": {"dynamic": dynamic}}})["x_list.l"].after
    assert after is not None
    assert after.length("rule") is Missing.UNKNOWN


def test_an_escaped_expression_is_a_text(tmp_path: Path) -> None:
    after = _read(tmp_path, resource={"a_b": {"c": {"x": "$${HOME}", "y": "$${A}${local.n}"}}})["a_b.c"].after
    assert after is not None
    assert after.get("x") == "${HOME}"
    assert after.get("y") is Missing.UNKNOWN


def test_local_values_in_a_circle_are_unknown(tmp_path: Path) -> None:
    found = _read(tmp_path, locals={"a": "${local.b}", "b": "${local.a}"}, resource={"a_b": {"c": {"x": "${local.a}"}}})
    after = found["a_b.c"].after
    assert after is not None
    assert after.get("x") is Missing.UNKNOWN


def test_order_and_counts_are_read(tmp_path: Path) -> None:
    found = _read(tmp_path, resource={"a_b": {"c": {"count": 2, "depends_on": ["a_b.d"]}, "d": {"count": "${var.n}"}}})
    assert set(found) == {"a_b.c[0]", "a_b.c[1]", "a_b.d"}
    assert found["a_b.c[0]"].depends_on == ("a_b.d",)


@pytest.mark.parametrize("resource", [[], {"a_b": []}, {"a_b": {"c": "x"}}, "x"])
def test_a_malformed_program_is_an_error(tmp_path: Path, resource: Any) -> None:
    with pytest.raises(ReviewError, match="malformed"):
        _read(tmp_path, resource=resource)


def test_values_nested_too_deeply_are_unknown(tmp_path: Path) -> None:
    value: Any = "x"
    for _ in range(500):
        value = [value]
    after = _read(tmp_path, resource={"a_b": {"c": {"x": value}}})["a_b.c"].after
    assert after is not None
    assert after.get("x") is Missing.UNKNOWN


@pytest.mark.parametrize(
    ("expression", "cidr", "value"),
    [
        ('strcontains(each.value.cidr, ":") ? null : each.value.cidr', "20.0.0.0/24", "20.0.0.0/24"),
        ('strcontains(each.value.cidr, ":") ? null : each.value.cidr', "2001:db8::/64", Missing.ABSENT),
        ('strcontains(each.value.cidr, ":") ? each.value.cidr : null', "2001:db8::/64", "2001:db8::/64"),
        ('strcontains(each.value.cidr, ":") ? "v6" : "v4"', "20.0.0.0/24", "v4"),
        ("cidrhost(each.value.cidr, 0)", "20.0.0.0/24", "20.0.0.0"),
        ("cidrhost(each.value.cidr, -1)", "20.0.0.0/24", "20.0.0.255"),
        ('tonumber(split("/", each.value.cidr)[1])', "20.0.0.0/24", 24),
        ("cidrhost(each.value.cidr, 0)", "${data.a_b.c.cidr}", Missing.UNKNOWN),
        ("cidrhost(each.value.cidr, 0)", "nonsense", Missing.UNKNOWN),
        ("timestamp()", "20.0.0.0/24", Missing.UNKNOWN),
    ],
)
def test_what_the_constructs_write_around_a_cidr_is_carried_out(
    tmp_path: Path, expression: str, cidr: str, value: Any
) -> None:
    block = {"for_each": "${local.t}", "x": f"${{{expression}}}"}
    after = _read(tmp_path, locals={"t": {"a": {"cidr": cidr}}}, resource={"a_b": {"c": block}})['a_b.c["a"]'].after
    assert after is not None
    assert after.get("x") == value


def test_all_cidrs_of_a_table_are_listed(tmp_path: Path) -> None:
    every = "[for key, entry in local.t : entry.cidr]"
    block = {"as_set": f"${{{every}}}", "with_commas": f'${{join(",", distinct({every}))}}'}
    table = {"a": {"cidr": "20.0.0.1/32"}, "b": {"cidr": "20.0.0.2/32"}}
    after = _read(tmp_path, locals={"t": table}, resource={"a_b": {"c": block}})["a_b.c"].after
    assert after is not None
    assert after.get("as_set") == ["20.0.0.1/32", "20.0.0.2/32"]
    assert after.get("with_commas") == "20.0.0.1/32,20.0.0.2/32"
    table["b"] = {"cidr": "${data.a_b.n.cidr}"}
    after = _read(tmp_path, locals={"t": table}, resource={"a_b": {"c": block}})["a_b.c"].after
    assert after is not None
    assert after.get("as_set", 1) is Missing.UNKNOWN
    assert after.get("with_commas") is Missing.UNKNOWN


def test_a_text_that_is_written_as_an_expression_is_known_and_others_are_not(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        resource={"a_b": {"c": {"text": '${"hunter2, hunter2"}', "more": '${"a${var.b}"}', "other": '${"a" + "b"}'}}},
    )
    after = found["a_b.c"].after
    assert after is not None
    assert after.get("text") == "hunter2, hunter2"
    assert after.get("more") is Missing.UNKNOWN
    assert after.get("other") is Missing.UNKNOWN
