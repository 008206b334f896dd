"""What Terraform prints of a plan, read."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from dflow_review.errors import ReviewError
from dflow_review.plan import Action, Deferral, Incomplete, Mode
from dflow_review.reaching import reach_of
from dflow_review.reading import read_plans
from dflow_review.values import Missing
from dflow_review.variables import variables_of

CORPUS = Path(__file__).resolve().parents[2] / "plans"


@pytest.mark.parametrize(
    ("actions", "action"),
    [
        (["no-op"], Action.NO_OP),
        (["create"], Action.CREATE),
        (["read"], Action.READ),
        (["update"], Action.UPDATE),
        (["delete"], Action.DELETE),
        (["delete", "create"], Action.REPLACE_DELETE_FIRST),
        (["create", "delete"], Action.REPLACE_CREATE_FIRST),
        (["forget"], Action.FORGET),
        (["create", "forget"], Action.REPLACE_AND_FORGET),
        (["forget", "create"], Action.REPLACE_AND_FORGET),
    ],
)
def test_each_action_is_known(plan, change, actions: list[str], action: Action) -> None:
    assert plan(change("terraform_data.a", actions, {"id": "1"}, {"id": "1"})).resources[0].action is action


def test_resources_stand_in_the_order_of_their_addresses(plan, change) -> None:
    read = plan(*(change(f"terraform_data.{name}", ["create"], None, {}) for name in "cab"))
    assert [each.address for each in read.resources] == ["terraform_data.a", "terraform_data.b", "terraform_data.c"]


def test_values_unknown_and_hidden_ones_are_kept_apart(plan, change) -> None:
    resource = plan(
        change(
            "terraform_data.a",
            ["create"],
            None,
            {"input": "x", "secret": "s3cret"},
            unknown={"id": True},
            sensitive={"secret": True},
        )
    ).resources[0]
    assert resource.before is None
    assert resource.after is not None
    assert resource.after.get("input") == "x"
    assert resource.after.get("id") is Missing.UNKNOWN
    assert resource.after.get("secret") is Missing.SENSITIVE
    assert resource.after.get("nothing") is Missing.ABSENT


def test_a_resource_of_which_nothing_is_known_is_there(plan, change) -> None:
    resource = plan(change("terraform_data.a", ["create"], None, None, unknown=True)).resources[0]
    assert resource.after is not None
    assert resource.after.get("id") is Missing.UNKNOWN


def test_drift_stands_beside_what_is_planned(plan, change) -> None:
    planned = change("terraform_data.a", ["update"], {"id": "1"}, {"id": "1"})
    read = plan(planned, resource_drift=[change("terraform_data.a", ["update"], {"id": "0"}, {"id": "1"})])
    assert [(each.address, each.is_drift) for each in read.resources] == [
        ("terraform_data.a", False),
        ("terraform_data.a", True),
    ]


def test_what_only_the_state_knows_stays_as_it_is(plan) -> None:
    state = {
        "values": {
            "root_module": {
                "resources": [
                    {
                        "address": "data.dflow_worker_node.fra",
                        "mode": "data",
                        "type": "dflow_worker_node",
                        "name": "fra",
                        "provider_name": "registry.terraform.io/dflow-cdktf/dflow",
                        "values": {"name": "fra-1"},
                    }
                ],
                "child_modules": [
                    {
                        "address": "module.m",
                        "resources": [
                            {"address": "module.m.a_b.c", "mode": "managed", "type": "a_b", "name": "c", "values": {}}
                        ],
                    }
                ],
            }
        }
    }
    node, other = plan(prior_state=state).resources
    assert (node.mode, node.action, node.provider) == (Mode.DATA, Action.NO_OP, "dflow-cdktf/dflow")
    assert node.before is node.after
    assert other.address == "module.m.a_b.c"


def test_a_deposed_object_has_an_address_of_its_own(plan, change) -> None:
    read = plan(change("a_b.c", ["delete"], {"id": "1"}, None, deposed="1234abcd"))
    assert read.resources[0].address == "a_b.c (deposed 1234abcd)"


def test_moves_and_imports_are_told(plan, change) -> None:
    read = plan(
        change("a_b.new", ["no-op"], {}, {}, previous_address="a_b.old"),
        change("a_b.taken", ["no-op"], {}, {}, importing={"id": "sg-1"}),
    )
    assert read.resources[0].previous_address == "a_b.old"
    assert read.resources[1].import_id == "sg-1"


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_known_formats_are_read_without_a_word(plan, version: str) -> None:
    assert plan(format_version=version).warnings == ()


def test_a_newer_format_of_the_same_kind_is_read_with_a_warning(plan) -> None:
    (warning,) = plan(format_version="1.7").warnings
    assert "1.7" in warning
    assert "1.2" in warning


@pytest.mark.parametrize("version", ["2.0", "0.2", "10.1"])
def test_another_format_is_refused(plan, version: str) -> None:
    with pytest.raises(ReviewError, match="plan format is unknown"):
        plan(format_version=version)


@pytest.mark.parametrize("version", [None, 1.2, "", "1", "one.two", "1.²", {}, []])
def test_a_format_that_is_none_is_refused(plan, version: Any) -> None:
    with pytest.raises(ReviewError, match="plan has no format version"):
        plan(format_version=version)


@pytest.mark.parametrize(
    ("said", "incomplete"),
    [
        ({}, ()),
        ({"complete": True, "errored": False, "applyable": False, "deferred_changes": []}, ()),
        ({"complete": False, "errored": False}, (Incomplete.PARTIAL,)),
        ({"complete": False, "errored": True}, (Incomplete.ERRORED,)),
        ({"errored": True}, (Incomplete.ERRORED,)),
    ],
)
def test_a_plan_says_why_it_is_incomplete(plan, said: dict[str, Any], incomplete: tuple[Incomplete, ...]) -> None:
    assert plan(**said).incomplete == incomplete


@pytest.mark.parametrize("reason", [*Deferral, "a reason of next year", None])
def test_a_change_that_is_put_off_is_read_with_its_reason(plan, change, reason: Any) -> None:
    put_off = {
        "reason": reason.name.lower() if isinstance(reason, Deferral) else reason,
        "resource_change": change("a_b.c[*]", ["create"], None, {"input": "x"}, unknown={"id": True}),
    }

    read = plan(change("a_b.d", ["create"], None, {}), deferred_changes=[put_off], complete=False)

    assert read.incomplete == (Incomplete.DEFERRED,)
    assert [(each.address, each.deferral) for each in read.resources] == [
        ("a_b.c[*]", reason if isinstance(reason, Deferral) else Deferral.UNKNOWN),
        ("a_b.d", None),
    ]
    assert read.resources[0].after.get("id") is Missing.UNKNOWN


def test_what_is_put_off_is_not_taken_from_the_state_as_well(plan, change) -> None:
    there = {"address": "a_b.c", "mode": "managed", "type": "a_b", "name": "c", "values": {"id": "1"}}
    put_off = {"reason": "deferred_prereq", "resource_change": change("a_b.c", ["delete"], {"id": "1"}, None)}

    read = plan(deferred_changes=[put_off], prior_state={"values": {"root_module": {"resources": [there]}}})

    assert [(each.address, each.action) for each in read.resources] == [("a_b.c", Action.DELETE)]


def test_a_state_is_no_plan(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"format_version": "1.0", "values": {"root_module": {}}}')
    with pytest.raises(ReviewError, match="a state, which changes nothing"):
        read_plans([file])


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("resource_changes",), {}),
        (("resource_changes", 0), "x"),
        (("resource_changes", 0, "address"), 5),
        (("resource_changes", 0, "type"), None),
        (("resource_changes", 0, "mode"), "managedd"),
        (("resource_changes", 0, "change"), []),
        (("resource_changes", 0, "change", "actions"), ["explode"]),
        (("resource_changes", 0, "change", "actions"), "create"),
        (("resource_changes", 0, "change", "before"), "x"),
        (("resource_changes", 0, "change", "after"), [1]),
        (("resource_changes", 0, "change", "after_unknown"), "x"),
        (("resource_changes", 0, "change", "after_sensitive"), 1),
        (("resource_drift",), "x"),
        (("deferred_changes",), {"a": 1}),
        (("deferred_changes",), ["x"]),
        (("deferred_changes",), [{"reason": "unknown"}]),
        (("deferred_changes",), [{"resource_change": {"address": "a_b.c"}}]),
    ],
)
def test_a_wrong_type_is_an_error_that_names_the_place_and_not_the_value(
    plan, change, place: tuple[Any, ...], value: Any
) -> None:
    content: Any = {"resource_changes": [change("a_b.c", ["create"], None, {"secret": "s3cret"})]}
    inner = content
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with pytest.raises(ReviewError, match="plan is malformed") as refused:
        plan(**content)
    assert str(place[0]) in refused.value.detail
    assert "s3cret" not in refused.value.detail


VALUES = (None, 1, -1, 1.5, "x", "", True, [], {}, [1], {"a": 1}, [[]], [{}], [None], "0.0.0.0/0")


@pytest.mark.parametrize("seed", range(8))
def test_no_value_in_no_place_makes_it_stumble(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a choice of tests, no secret
    files = sorted(CORPUS.glob("**/change.json"))
    assert files
    file = tmp_path / "plan.json"
    for source in chance.sample(files, 5):
        content = json.loads(source.read_text())
        content.pop("planned_values", None)
        places = [place for place in _places(content) if place]
        for place in chance.sample(places, min(20, len(places))):
            changed = copy.deepcopy(content)
            inner = changed
            for step in place[:-1]:
                inner = inner[step]
            inner[place[-1]] = chance.choice(VALUES)
            file.write_text(json.dumps(changed))
            try:
                plans = read_plans([file])
            except ReviewError:
                continue
            assert reach_of(plans) == reach_of(read_plans([file]))
            variables_of(plans)


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(inner for key, each in items for inner in _places(each, (*place, key)))]


@pytest.mark.parametrize("depth", [100, 300, 450, 700, 950])
@pytest.mark.parametrize("place", ["values", "marks"])
def test_deep_values_are_reviewed_or_refused_and_nothing_else(tmp_path: Path, depth: int, place: str) -> None:
    deep = "[" * depth + "true" + "]" * depth
    value, marks = (deep, "{}") if place == "values" else ("{}", f'{{"ingress": {deep}}}')
    side = f'{{"id": "sg-1", "ingress": {value}, "entries": {value}, "variables": {value}}}'
    changes = ", ".join(
        f'{{"address": "{kind}.a", "mode": "managed", "type": "{kind}", "change": {{"actions": ["no-op"], '
        f'"before": {side}, "after": {side}, "after_unknown": {marks}, "after_sensitive": {marks}}}}}'
        for kind in ("aws_security_group", "dflow_neon_allowlist", "dflow_service_variables")
    )
    file = tmp_path / "plan.json"
    file.write_text(f'{{"format_version": "1.2", "resource_changes": [{changes}]}}')
    try:
        plans = read_plans([file])
        reach_of(plans)
        variables_of(plans)
    except ReviewError as refused:
        assert refused.title == "plan is nested too deeply"  # noqa: PT017 - either is right, depending on the stack
