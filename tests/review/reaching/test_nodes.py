"""Which Worker Node an address is."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_review.reach import Movement


def _list(*cidrs: str, foreign: tuple[str, ...] = ()) -> dict[str, Any]:
    entries = {f"office-{number}": {"cidr": cidr} for number, cidr in enumerate(cidrs)}
    return {"project_id": "p", "owner": "o", "foreign_entries": [*foreign], "entries": entries}


def _environment(node: str) -> dict[str, Any]:
    return {"id": "e-1", "name": "shop", "worker_nodes": [node]}


def _behind(change) -> set[tuple[str, str]]:
    return {(tenant.node, tenant.environment) for entry in change.after for tenant in entry.source.tenants}


def test_a_foreign_address_of_a_node_is_recognized(scene) -> None:
    node = scene.node("fra-9", "20.0.0.9")
    values = _list(foreign=("20.0.0.9",))

    change = scene.only(node, scene.resource("dflow_neon_allowlist.a", values, values))

    assert (change.before[0].source.node, change.before[0].is_foreign) == ("fra-9", True)


def _let_in(scene, node: dict[str, Any], spelling: str) -> set[tuple[str, str]]:
    """Who is behind an entry where one Environment stands on a node."""
    here = _environment("id-fra-1")
    return _behind(
        scene.only(
            node,
            scene.resource("dflow_environment.e", here, here),
            scene.resource("dflow_neon_allowlist.a", None, _list(spelling)),
        )
    )


@pytest.mark.parametrize(
    "spelling",
    ["20.0.0.1/32", "20.0.0.0/24", "20.0.0.0-20.0.0.9", "2001:DB8:0::1/128", "2001:db8::/64"],
)
def test_a_node_is_known_by_any_entry_that_its_address_is_in(scene, spelling: str) -> None:
    node = scene.node("fra-1", "20.0.0.1", outbound_ips=[{"address": "2001:db8::1"}])

    assert _let_in(scene, node, spelling) == {("fra-1", "shop")}


def test_everybody_is_no_node_in_particular(scene) -> None:
    assert _let_in(scene, scene.node("fra-1", "20.0.0.1"), "0.0.0.0/0") == set()


def test_nodes_behind_one_address_are_all_let_in_by_the_entry_of_one(scene) -> None:
    one, other = _environment("id-fra-1"), {"id": "e-2", "name": "blog", "worker_nodes": ["id-fra-2"]}
    values = {**_list(), "entries": {"fra-1": {"cidr": "20.0.0.1/32"}}}

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        scene.node("fra-2", "20.0.0.1"),
        scene.resource("dflow_environment.e", one, one),
        scene.resource("dflow_environment.f", other, other),
        scene.resource("dflow_neon_allowlist.a", None, values),
    )

    assert _behind(change) == {("fra-1", "shop"), ("fra-2", "blog")}


def test_an_address_that_goes_to_another_node_goes_to_whoever_runs_there(scene) -> None:
    one, other = _environment("id-fra-1"), {"id": "e-2", "name": "blog", "worker_nodes": ["id-fra-2"]}
    first, second = {"id": "id-fra-1", "name": "fra-1"}, {"id": "id-fra-2", "name": "fra-2"}
    values = _list("20.0.0.1/32")

    change = scene.only(
        scene.resource("dflow_worker_node.a", {**first, "ip": "20.0.0.1"}, {**first, "ip": "20.0.0.2"}),
        scene.resource("dflow_worker_node.b", {**second, "ip": "20.0.0.3"}, {**second, "ip": "20.0.0.1"}),
        scene.resource("dflow_environment.e", one, one),
        scene.resource("dflow_environment.f", other, other),
        scene.resource("dflow_neon_allowlist.a", values, values),
    )

    assert [each.tenant.environment for each in change.joined] == ["blog"]
    assert [each.tenant.environment for each in change.left] == ["shop"]


def test_a_list_of_nodes_tells_them_like_one_that_is_looked_up_alone(scene) -> None:
    values = {"nodes": [{"id": "id-fra-1", "name": "fra-1", "outbound_ip": "20.0.0.1"}]}
    nodes = scene.resource("data.dflow_worker_nodes.all", values, values, mode="data")

    assert _let_in(scene, nodes, "20.0.0.1/32") == {("fra-1", "shop")}


def test_the_mark_that_dflow_notes_for_a_node_without_an_address_is_none(scene) -> None:
    assert _let_in(scene, scene.node("fra-1", "999.999.999.999"), "20.0.0.1/32") == set()


def test_an_environment_whose_node_comes_to_leave_by_an_address_on_the_list_joins(scene) -> None:
    old, new = ({"id": "id-fra-1", "name": "fra-1", "outbound_ip": address} for address in ("20.0.0.9", "20.0.0.1"))
    here, values = _environment("id-fra-1"), _list("20.0.0.1/32")

    change = scene.only(
        scene.resource("dflow_worker_node.n", old, new),
        scene.resource("dflow_environment.e", here, here),
        scene.resource("dflow_neon_allowlist.a", values, values),
    )

    assert change.movement is Movement.WIDENED
    assert [each.tenant.environment for each in change.joined] == ["shop"]


def test_a_node_that_is_looked_up_for_the_first_time_was_there_before(scene) -> None:
    node = {"id": "id-fra-1", "name": "fra-1", "outbound_ip": "20.0.0.1"}
    here, values = _environment("id-fra-1"), _list("20.0.0.1/32")

    change = scene.only(
        scene.resource("data.dflow_worker_node.n", None, node, mode="data", actions=["read"]),
        scene.resource("dflow_environment.e", here, here),
        scene.resource("dflow_neon_allowlist.a", values, values),
    )

    assert change.movement is Movement.SAME
