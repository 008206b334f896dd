"""Which Environments and services connect from where."""

from __future__ import annotations

from typing import Any


def _entry(**more: Any) -> dict[str, Any]:
    return {
        "project_id": "p",
        "owner": "o",
        "foreign_entries": [],
        "entries": {"fra-1": {"cidr": "20.0.0.1/32"}},
        **more,
    }


def _node(scene, name: str, address: str) -> dict[str, Any]:
    values = {"id": f"id-{name}", "name": name, "outbound_ip": address}
    return scene.resource(f"data.dflow_worker_node.{name}", values, values, mode="data")


def test_services_of_environments_on_a_node_connect_from_there(scene) -> None:
    environment = {"id": "e-1", "name": "shop-production", "worker_nodes": ["id-fra-1"]}
    change = scene.only(
        _node(scene, "fra-1", "20.0.0.1"),
        scene.resource("dflow_environment.e", environment, environment),
        scene.resource("dflow_app_service.s", None, {"name": "web", "environment_id": "e-1"}),
        scene.resource("dflow_database_service.d", None, {"name": "cache", "environment_id": "e-1"}),
        scene.resource("dflow_neon_allowlist.a", None, _entry()),
    )
    (entry,) = change.after
    assert entry.source.environments == {"shop-production"}
    assert entry.source.services == {"web"}


def test_what_is_created_together_is_found_by_reference(scene) -> None:
    change = scene.only(
        _node(scene, "fra-1", "20.0.0.1"),
        scene.resource(
            "dflow_environment.e",
            None,
            {"name": "shop", "worker_nodes": [None]},
            unknown={"id": True, "worker_nodes": [True]},
            refers={"worker_nodes": "data.dflow_worker_node.fra-1.id"},
        ),
        scene.resource(
            "dflow_docker_service.s",
            None,
            {"name": "worker"},
            unknown={"environment_id": True},
            refers={"environment_id": "dflow_environment.e.id"},
        ),
        scene.resource("dflow_neon_allowlist.a", None, _entry()),
    )
    assert change.after[0].source.services == {"worker"}
    assert change.after[0].source.environments == {"shop"}


def test_a_foreign_address_of_a_node_is_recognized(scene) -> None:
    values = _entry(entries={}, foreign_entries=["20.0.0.9"])
    change = scene.only(_node(scene, "fra-9", "20.0.0.9"), scene.resource("dflow_neon_allowlist.a", values, values))
    assert (change.before[0].source.node, change.before[0].is_foreign) == ("fra-9", True)
