"""Lists that a database names and that no plan describes, or that are known only after apply."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dflow_review.outputs import terminal
from dflow_review.reach import Movement
from dflow_review.reaching import reach_of
from dflow_review.reading import read_plans
from dflow_review.review import ExitCode

DATABASES = [
    ("aws_db_instance", "vpc_security_group_ids"),
    ("aws_rds_cluster", "vpc_security_group_ids"),
    ("aws_redshift_cluster", "vpc_security_group_ids"),
    ("aws_docdb_cluster", "vpc_security_group_ids"),
    ("aws_neptune_cluster", "vpc_security_group_ids"),
    ("aws_elasticache_cluster", "security_group_ids"),
    ("aws_elasticache_replication_group", "security_group_ids"),
    ("aws_elasticache_serverless_cache", "security_group_ids"),
    ("aws_memorydb_cluster", "security_group_ids"),
    ("aws_redshiftserverless_workgroup", "security_group_ids"),
]
KNOWN_LATER = "whoever security groups known after apply let in"
OUTSIDE = "whoever security group sg-out lets in, which no plan here describes"
PORT = {"protocol": "tcp", "from_port": 5432, "to_port": 5432}
GROUPS = "vpc_security_group_ids"


def _database(*groups: str, **more: Any) -> dict[str, Any]:
    return {"id": "db-1", "identifier": "orders", "port": 5432, GROUPS: [*groups], **more}


def _group(id_: str, *cidrs: str) -> dict[str, Any]:
    return {"id": id_, "name": id_, "ingress": [{**PORT, "cidr_blocks": [*cidrs]}] if cidrs else []}


def _same(scene: Any, address: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    return scene.resource(address, values, values, **more)


def _becomes_unknown(scene: Any, before: Any, **more: Any) -> dict[str, Any]:
    after = {key: value for key, value in _database().items() if key != GROUPS}
    return scene.resource("aws_db_instance.d", before, after, unknown={GROUPS: True}, **more)


@pytest.mark.parametrize(("kind", "attribute"), DATABASES)
def test_groups_that_become_unknown_cannot_be_told(scene, spelled, kind, attribute) -> None:
    before = {"id": "db-1", "name": "orders", attribute: ["sg-1"]}
    database = scene.resource(f"{kind}.d", before, {"id": "db-1", "name": "orders"}, unknown={attribute: True})
    group = _same(scene, "aws_security_group.g", _group("sg-1", "20.0.0.1/32"))

    review = scene.review(database, group)

    assert {each.movement for each in review.reach.changes} == {Movement.UNKNOWN}
    assert {*spelled(review.reach.changes[0].unknown)} == {KNOWN_LATER}
    assert review.exit_code() is ExitCode.CANNOT_TELL
    assert f"? {KNOWN_LATER}" in terminal.render(review, width=200)


@pytest.mark.parametrize(("kind", "attribute"), DATABASES)
def test_a_group_that_no_plan_describes_cannot_be_told_until_it_is_no_news(scene, spelled, kind, attribute) -> None:
    def side(*groups: str) -> dict[str, Any]:
        return {"id": "db-1", "name": "orders", attribute: [*groups]}

    attached = scene.review(scene.resource(f"{kind}.d", side(), side("sg-out")))
    still = scene.review(_same(scene, f"{kind}.d", side("sg-out")))
    otherwise = scene.review(
        scene.resource(f"{kind}.d", side("sg-out"), {**side("sg-out"), "tags": {"a": "b"}}),
    )

    assert attached.exit_code() is ExitCode.CANNOT_TELL
    assert spelled(attached.reach.changes[0].unknown) == [OUTSIDE]
    for review in (still, otherwise):
        assert review.exit_code() is ExitCode.NOTHING_WIDENED
        assert review.verdicts.open == ()
        assert [change.movement for change in review.reach.changes] == [Movement.SAME]


def test_what_guards_a_database_now_may_be_among_groups_known_later(scene, spelled) -> None:
    change = scene.only(
        _becomes_unknown(scene, _database("sg-1", "sg-out")),
        _same(scene, "aws_security_group.g", _group("sg-1", "20.0.0.1/32")),
    )

    assert spelled(change.after) == ["20.0.0.1/32", OUTSIDE, KNOWN_LATER]
    assert not change.removed


def test_an_opensearch_domain_names_its_groups_in_a_block(scene, spelled) -> None:
    def side(*groups: str) -> dict[str, Any]:
        return {"id": "d-1", "domain_name": "orders", "vpc_options": [{"security_group_ids": [*groups]}]}

    change = scene.only(scene.resource("aws_opensearch_domain.d", side(), side("sg-out")))
    later = scene.only(
        scene.resource(
            "aws_opensearch_domain.d",
            side("sg-out"),
            {**side(), "vpc_options": [{}]},
            unknown={"vpc_options": [{"security_group_ids": True}]},
        )
    )

    assert (change.movement, spelled(change.unknown)) == (Movement.UNKNOWN, [OUTSIDE])
    assert (later.movement, spelled(later.unknown)) == (Movement.UNKNOWN, [KNOWN_LATER])


def test_a_new_database_in_a_group_nobody_describes_cannot_be_told(scene) -> None:
    new = scene.resource("aws_db_instance.d", None, _database("sg-out", id=None), unknown={"id": True})

    assert scene.review(new).exit_code() is ExitCode.CANNOT_TELL


def test_a_new_database_that_is_left_to_the_providers_default_group_cannot_be_told(scene, spelled) -> None:
    change = scene.only(_becomes_unknown(scene, None))

    assert spelled(change.unknown) == [KNOWN_LATER]


def test_a_database_that_goes_is_no_news_of_groups(scene) -> None:
    review = scene.review(scene.resource("aws_db_instance.d", _database("sg-out"), None))

    assert review.exit_code() is ExitCode.NOTHING_WIDENED


def test_a_group_that_is_taken_off_narrows_whoever_was_in_it(scene) -> None:
    review = scene.review(
        scene.resource("aws_db_instance.d", _database("sg-1", "sg-out"), _database("sg-1")),
        _same(scene, "aws_security_group.g", _group("sg-1", "20.0.0.1/32")),
    )

    (change,) = review.reach.changes
    assert change.movement is Movement.NARROWED
    assert review.exit_code() is ExitCode.NOTHING_WIDENED
    assert f"closed to {OUTSIDE}" in terminal.render(review, width=200)


def test_what_is_known_to_widen_counts_beside_what_cannot_be_told(scene) -> None:
    review = scene.review(
        scene.resource("aws_db_instance.d", _database(), _database("sg-1", "sg-out")),
        _same(scene, "aws_security_group.g", _group("sg-1", "20.0.0.1/32")),
    )

    assert review.exit_code() is ExitCode.WIDENED


def test_a_group_that_another_plan_of_the_review_describes_is_looked_at(scene) -> None:
    group = _same(scene, "aws_security_group.g", _group("sg-out", "20.0.0.1/32"))
    database = scene.resource("aws_db_instance.d", _database(), _database("sg-out"))

    (change,) = reach_of(read_plans([scene.file(group, plan="network"), scene.file(database, plan="data")])).changes

    assert (change.movement, change.unknown) == (Movement.WIDENED, ())


def test_a_group_whose_whole_list_our_provider_has_read_is_looked_at(scene) -> None:
    entries = {"entries": {"fra-1": {"cidr": "20.0.0.1/32"}}, "foreign_entries": ["30.0.0.1/32"], "port": 5432}
    ours = _same(scene, "dflow_aws_security_group_allowlist.a", {"security_group_id": "sg-out", **entries})

    change = scene.only(ours, scene.resource("aws_db_instance.d", _database(), _database("sg-out")))

    assert (change.movement, change.added.size, change.unknown) == (Movement.WIDENED, 2, ())


def test_rules_in_the_plan_are_not_all_that_a_group_elsewhere_has(scene, spelled) -> None:
    rule = {"security_group_id": "sg-out", "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432}
    inside = {**PORT, "cidr_blocks": ["20.0.0.1/32"]}
    change = scene.only(
        _same(scene, "aws_vpc_security_group_ingress_rule.r", {**rule, "cidr_ipv4": "20.0.0.1/32"}),
        _same(scene, "aws_security_group.g", {"id": "sg-1", "name": "db", "ingress": [inside]}),
        scene.resource("aws_db_instance.d", _database("sg-1"), _database("sg-1", "sg-out")),
    )

    assert change.movement is Movement.UNKNOWN
    assert spelled(change.unknown) == ["whoever else security group sg-out lets in, beyond its rules in these plans"]


def test_a_group_that_a_data_source_looks_up_is_told_by_its_id(scene) -> None:
    def looked_up() -> dict[str, Any]:
        return _same(scene, "data.aws_security_group.s", {"id": "sg-out", "name": "shared"}, mode="data")

    news = scene.only(looked_up(), scene.resource("aws_db_instance.d", _database(), _database("sg-out")))
    none = scene.only(looked_up(), _same(scene, "aws_db_instance.d", _database("sg-out")))

    assert (news.movement, none.movement) == (Movement.UNKNOWN, Movement.SAME)


def _new_group(scene: Any, address: str = "aws_security_group.new") -> dict[str, Any]:
    rules = {"ingress": [{**PORT, "cidr_blocks": ["20.0.0.1/32"]}]}
    return scene.resource(address, None, {"name": "new", **rules}, unknown={"id": True})


@pytest.mark.parametrize(
    ("others", "reference", "unknown"),
    [
        pytest.param([], "terraform_data.x.output", True, id="another resource"),
        pytest.param([], "data.terraform_remote_state.net.outputs.db", True, id="a remote state"),
        pytest.param([], "local.groups", True, id="a local value"),
        pytest.param([], "module.net.group_id", True, id="an output that leads nowhere"),
        pytest.param(["sg-1"], "local.groups", [False, True], id="one of two"),
    ],
)
def test_a_reference_that_leads_to_no_group_cannot_be_told(scene, spelled, others, reference, unknown) -> None:
    after = {**_database(), GROUPS: [*others, None]}
    if unknown is True:
        del after[GROUPS]
    review = scene.review(
        scene.resource(
            "aws_db_instance.d", _database("sg-1"), after, unknown={GROUPS: unknown}, refers={GROUPS: reference}
        ),
        scene.resource("terraform_data.x", None, {"input": "y"}, unknown={"id": True, "output": True}),
        _same(scene, "aws_security_group.g", _group("sg-1", "20.0.0.1/32")),
        _new_group(scene),
    )

    change = next(each for each in review.reach.changes if each.database.name == "orders")
    assert spelled(change.unknown) == [KNOWN_LATER]


def test_a_group_that_is_looked_up_beside_a_new_one_is_told_by_its_id(scene, spelled) -> None:
    change = scene.only(
        _becomes_unknown(
            scene, _database(), refers={GROUPS: ("aws_security_group.new.id", "data.aws_security_group.s")}
        ),
        _same(scene, "data.aws_security_group.s", {"id": "sg-out", "name": "shared"}, mode="data"),
        _new_group(scene),
    )

    assert spelled(change.unknown) == [OUTSIDE]


def test_a_variable_beside_a_new_group_may_name_others(scene, spelled) -> None:
    change = scene.only(
        _becomes_unknown(scene, _database(), refers={GROUPS: ("aws_security_group.new.id", "local.shared")}),
        _new_group(scene),
    )

    assert (change.movement, spelled(change.unknown)) == (Movement.WIDENED, [KNOWN_LATER])


def test_a_change_of_groups_that_is_put_off_leaves_those_that_are_there(scene, spelled) -> None:
    file = scene.file(_same(scene, "aws_security_group.g", _group("sg-1", "20.0.0.1/32")))
    content = json.loads(file.read_text())
    change = scene.resource("aws_db_instance.d", _database("sg-1"), _database("sg-out"))
    del change["_refers"]
    content["deferred_changes"] = [{"reason": "deferred_prereq", "resource_change": change}]
    file.write_text(json.dumps(content))

    (found,) = reach_of(read_plans([file])).changes

    assert (found.movement, found.removed.size) == (Movement.UNKNOWN, 0)
    assert spelled(found.after) == ["20.0.0.1/32", OUTSIDE]


def test_a_reference_to_a_new_group_is_followed(scene) -> None:
    change = scene.only(
        _becomes_unknown(scene, _database(), refers={GROUPS: "aws_security_group.new.id"}), _new_group(scene)
    )

    assert (change.movement, change.unknown) == (Movement.WIDENED, ())


def test_references_to_repeated_groups_are_followed_to_those_that_will_be_there(scene) -> None:
    groups = [_new_group(scene, f"aws_security_group.new[{number}]") for number in (0, 1)]
    gone = scene.resource("aws_security_group.new[2]", _group("sg-9", "30.0.0.1/32"), None)
    database = _becomes_unknown(scene, _database("sg-9"), refers={GROUPS: "aws_security_group.new"})

    change = scene.only(database, *groups, gone)

    assert (change.movement, change.unknown) == (Movement.BOTH, ())
    assert (change.added.cidrs(), change.removed.cidrs()) == (("20.0.0.1/32",), ("30.0.0.1/32",))


def test_a_group_that_is_replaced_is_still_the_group(scene) -> None:
    group = scene.resource(
        "aws_security_group.g",
        _group("sg-1", "20.0.0.1/32"),
        {**_group("sg-1", "20.0.0.1/32"), "id": None},
        unknown={"id": True},
        actions=["create", "delete"],
    )
    database = _becomes_unknown(scene, _database("sg-1"), refers={GROUPS: "aws_security_group.g.id"})

    assert scene.only(group, database).movement is Movement.SAME


def test_an_unknown_beside_a_new_group_is_told_where_all_but_the_new_are_known(scene) -> None:
    after = {**_database(), GROUPS: ["sg-1", None]}
    database = scene.resource(
        "aws_db_instance.d",
        _database("sg-1"),
        after,
        unknown={GROUPS: [False, True]},
        refers={GROUPS: "aws_security_group.new.id"},
    )

    change = scene.only(database, _new_group(scene), _same(scene, "aws_security_group.g", _group("sg-1")))

    assert (change.movement, change.added.size, change.unknown) == (Movement.WIDENED, 1, ())


def test_hidden_groups_are_no_news_while_they_stay(scene, spelled) -> None:
    hidden = {GROUPS: True}
    still = scene.only(
        scene.resource("aws_db_instance.d", _database("sg-8"), _database("sg-8", tags={}), sensitive=hidden)
    )
    other = scene.only(scene.resource("aws_db_instance.d", _database("sg-8"), _database("sg-9"), sensitive=hidden))

    assert (still.movement, other.movement) == (Movement.SAME, Movement.UNKNOWN)
    assert spelled(other.after) == ["whoever security groups hidden as sensitive let in"]


# Rule sets of Elastic Cloud, and lists of other vendors that databases name.

TIE = "ec_deployment_traffic_filter_association.a"
RULE_SET = "whoever rule set f-out lets in, which no plan here describes"


def _tie(filter_: str | None) -> dict[str, Any]:
    return {"id": "t-1", "traffic_filter_id": filter_, "deployment_id": "dep-1"}


def _filter(id_: str, cidr: str) -> dict[str, Any]:
    return {"id": id_, "name": "nodes", "region": "x", "type": "ip", "rule": [{"source": cidr}]}


def test_a_rule_set_that_no_plan_describes_cannot_be_told(scene, spelled) -> None:
    review = scene.review(scene.resource(TIE, None, _tie("f-out")))

    (change,) = review.reach.changes
    assert spelled(change.unknown) == [RULE_SET]
    assert review.exit_code() is ExitCode.CANNOT_TELL


def test_a_rule_set_that_is_known_after_apply_cannot_be_told(scene, spelled) -> None:
    tie = scene.resource(
        TIE,
        _tie("f-1"),
        _tie(None),
        unknown={"traffic_filter_id": True},
        refers={"traffic_filter_id": "terraform_data.x.output"},
        actions=["delete", "create"],
    )
    review = scene.review(tie, _same(scene, "ec_deployment_traffic_filter.f", _filter("f-1", "20.0.0.1/32")))

    (change,) = review.reach.changes
    assert spelled(change.unknown) == ["whoever rule sets known after apply let in"]


def test_a_rule_set_whose_deployment_becomes_known_later_cannot_be_told(scene, spelled) -> None:
    tie = scene.resource(
        TIE,
        _tie("f-1"),
        {**_tie("f-1"), "deployment_id": None},
        unknown={"deployment_id": True},
        refers={"deployment_id": "local.deployment"},
        actions=["delete", "create"],
    )
    review = scene.review(tie, _same(scene, "ec_deployment_traffic_filter.f", _filter("f-1", "20.0.0.1/32")))

    (elsewhere,) = [change for change in review.reach.changes if change.unknown]
    assert elsewhere.database.name == TIE
    assert spelled(elsewhere.unknown) == ["whoever its rule set lets in to what is known after apply"]
    assert review.exit_code() is ExitCode.CANNOT_TELL


def test_a_rule_set_that_stays_is_no_news_whichever_resource_names_it(scene) -> None:
    still = scene.review(_same(scene, TIE, _tie("f-out")))
    elsewhere = scene.review(scene.resource(TIE, _tie("f-out"), None), scene.resource(f"{TIE}2", None, _tie("f-out")))

    for review in (still, elsewhere):
        assert review.exit_code() is ExitCode.NOTHING_WIDENED
        assert [change.movement for change in review.reach.changes] == [Movement.SAME]


def test_the_last_rule_set_that_goes_opens_the_deployment_seen_or_not(scene) -> None:
    (change,) = scene.review(scene.resource(TIE, _tie("f-out"), None)).reach.changes

    assert change.movement is Movement.WIDENED
    assert change.added.size > 2**32 - 2


def test_another_rule_set_that_stays_keeps_the_deployment_closed(scene) -> None:
    change = scene.only(
        scene.resource(TIE, _tie("f-1"), None),
        _same(scene, f"{TIE}2", _tie("f-out")),
        _same(scene, "ec_deployment_traffic_filter.f", _filter("f-1", "20.0.0.1/32")),
    )

    assert (change.movement, change.removed.size) == (Movement.NARROWED, 1)


def test_an_association_is_about_the_deployment_in_the_plan(scene, spelled) -> None:
    deployment = _same(scene, "ec_deployment.d", {"id": "dep-1", "name": "search", "traffic_filter": ["f-1"]})
    change = scene.only(
        deployment,
        scene.resource(TIE, None, _tie("f-out")),
        _same(scene, "ec_deployment_traffic_filter.f", _filter("f-1", "20.0.0.1/32")),
    )

    assert change.database.name == "search"
    assert spelled(change.after) == ["20.0.0.1/32", RULE_SET]


@pytest.mark.parametrize(
    ("kind", "attribute", "list_", "words"),
    [
        ("ybm_cluster", "cluster_allow_list_ids", "l-1", "allow list l-1"),
        ("alicloud_db_instance", "template_id_list", 17, "whitelist template 17"),
        ("ec_deployment", "traffic_filter", "f-out", "rule set f-out"),
    ],
)
def test_lists_of_other_vendors_that_no_plan_describes_cannot_be_told(
    scene, spelled, kind, attribute, list_, words
) -> None:
    sides = [{"id": "c-1", "name": "orders", attribute: several} for several in ([], [list_])]

    reach = scene.reach(scene.resource(f"{kind}.c", *sides))

    (change,) = [each for each in reach.changes if each.unknown]
    assert spelled(change.unknown) == [f"whoever {words} lets in, which no plan here describes"]
