"""DFLOW007: a list that is written whole has one writer."""

from __future__ import annotations

from dflow_review.rules.whole_list import one_writer_keeps_a_list

FIREWALL = "digitalocean_database_firewall.orders"
OURS = "dflow_digitalocean_allowlist.orders"


def test_passes_two_writers_of_single_entries(scene, asked):
    change = scene.change(
        (), [scene.entry("203.0.113.7", resource=OURS), scene.entry("203.0.113.8", resource="dflow_b.b")]
    )
    resources = [scene.resource(OURS, {}, {}), scene.resource("dflow_b.b", {}, {})]

    assert asked(one_writer_keeps_a_list, scene.subject(change, *resources)) == []


def test_passes_one_writer_of_a_list_that_exists(scene, asked):
    change = scene.change((), [scene.entry("203.0.113.7", resource=FIREWALL)])

    assert asked(one_writer_keeps_a_list, scene.subject(change, scene.resource(FIREWALL, {}, {}))) == []


def test_passes_foreign_entries_that_a_writer_lists(scene, asked):
    entries = [
        scene.entry("203.0.113.7", resource=FIREWALL),
        scene.entry("203.0.113.8", resource=OURS, is_foreign=True),
    ]
    resources = [scene.resource(FIREWALL, {}, {}), scene.resource(OURS, {}, {})]

    assert asked(one_writer_keeps_a_list, scene.subject(scene.change((), entries), *resources)) == []


def test_passes_a_whole_list_that_holds_what_the_other_added(scene, asked):
    entries = [scene.entry("203.0.113.0/24", resource=FIREWALL), scene.entry("203.0.113.8", resource=OURS)]
    resources = [scene.resource(FIREWALL, {}, {}), scene.resource(OURS, {}, {})]

    assert asked(one_writer_keeps_a_list, scene.subject(scene.change((), entries), *resources)) == []


def test_finds_entries_beside_a_list_inside_of_the_database(scene, asked):
    project, ours = "neon_project.orders", "dflow_neon_allowlist.orders"
    entries = [scene.entry("203.0.113.7", resource=project), scene.entry("203.0.113.8", resource=ours)]
    resources = [scene.resource(project, {}, {}), scene.resource(ours, {}, {})]

    assert asked(one_writer_keeps_a_list, scene.subject(scene.change((), entries), *resources)) == [project]


def test_cannot_tell_whether_an_unknown_entry_is_on_the_whole_list(scene, asked):
    unknown = scene.entry("1 address, known after apply", resource=OURS)
    change = scene.change((), [scene.entry("203.0.113.7", resource=FIREWALL), unknown])
    resources = [scene.resource(FIREWALL, {}, {}), scene.resource(OURS, {}, {})]

    assert asked(one_writer_keeps_a_list, scene.subject(change, *resources)) == [f"{FIREWALL} (cannot tell)"]


def test_finds_a_second_writer(scene):
    entries = [scene.entry("203.0.113.7", resource=FIREWALL), scene.entry("203.0.113.8", resource=OURS)]
    resources = [scene.resource(FIREWALL, {}, {}), scene.resource(OURS, {}, {})]

    found = list(one_writer_keeps_a_list(scene.subject(scene.change((), entries), *resources)))

    assert [each.address for each in found] == [FIREWALL]
    assert OURS in found[0].message


def test_finds_rules_beside_those_written_inline(scene, asked):
    group, rule = "aws_security_group.db", "aws_vpc_security_group_ingress_rule.fra"
    entries = [scene.entry("203.0.113.7", resource=group), scene.entry("203.0.113.8", resource=rule)]
    resources = [scene.resource(group, {"ingress": [{}]}), scene.resource(rule, {})]

    assert asked(one_writer_keeps_a_list, scene.subject(scene.change((), entries), *resources)) == [group]


def test_cannot_tell_what_a_new_whole_list_erases(scene, asked):
    new = scene.resource(FIREWALL, {"cluster_id": "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"})

    assert asked(one_writer_keeps_a_list, scene.subject(new)) == [f"{FIREWALL} (cannot tell)"]


def test_passes_a_new_list_of_a_new_database(scene, asked):
    new = scene.resource(FIREWALL, {}, unknown={"cluster_id": True})

    assert asked(one_writer_keeps_a_list, scene.subject(new)) == []


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(one_writer_keeps_a_list(subject)) for subject in odd_subjects]
