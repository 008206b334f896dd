"""DFLOW022: nodes are let in by every family they leave by."""

from __future__ import annotations

from dflow_review.reach import Database
from dflow_review.rules.ipv6_gap import nodes_are_let_in_by_every_family

GROUP = Database("1", "orders", "aws_security_group")
OTHER = Database("2", "billing", "aws_security_group")
LIST = "dflow_aws_security_group_allowlist.orders"
IPV6 = "2a05:d014::7/128"


def on(scene, database, *spellings, resource=LIST):
    entries = [scene.entry(each, node="fra-1", resource=resource, database=database) for each in spellings]
    return scene.change((), entries, database=database)


def test_passes_a_node_that_leaves_by_ipv4_alone(scene, asked):
    assert asked(nodes_are_let_in_by_every_family, scene.subject(on(scene, GROUP, "18.195.4.7"))) == []


def test_passes_a_node_with_both_on_the_list(scene, asked):
    assert asked(nodes_are_let_in_by_every_family, scene.subject(on(scene, GROUP, "18.195.4.7", IPV6))) == []


def test_passes_a_vendor_without_ipv6(scene, asked):
    subject = scene.subject(on(scene, Database("3", "n", "neon"), "18.195.4.7"), on(scene, OTHER, IPV6))

    assert asked(nodes_are_let_in_by_every_family, subject) == []


def test_finds_a_node_that_reaches_another_database_by_ipv6(scene):
    subject = scene.subject(on(scene, GROUP, "18.195.4.7"), on(scene, OTHER, "18.195.4.7", IPV6, resource="x.billing"))

    found = list(nodes_are_let_in_by_every_family(subject))

    assert [each.address for each in found] == [LIST]
    assert f"{IPV6} may reach billing" in found[0].message


def test_finds_a_node_of_which_dflow_says_so(scene, asked):
    node = scene.resource(
        "data.dflow_worker_node.fra", {"name": "fra-1", "outbound_ips": [{"address": "2a05:d014::7"}]}
    )

    assert asked(nodes_are_let_in_by_every_family, scene.subject(node, on(scene, GROUP, "18.195.4.7"))) == [LIST]


def test_cannot_tell_of_a_node_whose_addresses_are_known_after_apply(scene, asked):
    node = scene.resource("data.dflow_worker_node.fra", {"name": "fra-1"}, unknown={"outbound_ips": True})

    assert asked(nodes_are_let_in_by_every_family, scene.subject(node, on(scene, GROUP, "18.195.4.7"))) == [
        f"{LIST} (cannot tell)"
    ]


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(nodes_are_let_in_by_every_family(subject)) for subject in odd_subjects]
