"""Who loses access when an address leaves a list is named: Environments, this machine. On Neon's list, as on any."""

from __future__ import annotations

import socket
import uuid
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from dflow_sandbox import Sandbox

KEY = "neon"
ADDRESS = "203.0.113.177/32"


def test_environments_that_lose_access_are_named(
    sandbox: Sandbox, operator: Any, environment: dict[str, str], terraform: Any, config: Any
):
    environment.update(sandbox.environment())
    name = f"leaving-{uuid.uuid4().hex[:8]}"
    reached = {"preferConnectionType": "tailscale", "hostname": name, "username": "root"}
    node = {"name": name, "tenant": sandbox.tenant_id, "publicIp": "203.0.113.177", **reached}
    server = operator("POST", "servers?depth=0", node)["doc"]
    project = {"name": f"{name}-shop", "server": server["id"], "tenant": sandbox.tenant_id}
    operator("POST", "projects?depth=0", project)
    state = terraform.apply(config({name: ADDRESS, "nat": "203.0.113.99/32"}))

    terraform.plan(config({"nat": "203.0.113.99/32"}), state)

    warnings = {each.title: each.detail for each in terraform.last_report.diagnostics}
    said = warnings["Environment loses access"]
    assert f"{ADDRESS} is where {name} sends from, and {name}-shop run there" in said
    assert "Neon project quiet-river-12345678" in said


def test_this_machine_is_named_when_what_let_it_in_leaves(terraform: Any, config: Any):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # asks the routing table, and sends nothing
        except OSError:
            pytest.skip("this machine has no way to anywhere, so nothing can cut it off")
        own = probe.getsockname()[0]
    state = terraform.apply(
        config({"all": "0.0.0.0/0", "fra-2": "203.0.113.99/32"}, open_to_world_reason="load test until Friday")
    )

    terraform.plan(config({"fra-2": "203.0.113.99/32"}), state)

    warnings = {each.title: each.detail for each in terraform.last_report.diagnostics}
    said = warnings["This machine loses access"]
    assert f"0.0.0.0/0 leave Neon project quiet-river-12345678, and this machine's own address is {own}" in said


def test_an_address_that_no_node_has_is_nobody_s_loss(
    sandbox: Sandbox, environment: dict[str, str], terraform: Any, config: Any
):
    environment.update(sandbox.environment())
    state = terraform.apply(config({"nat-a": "203.0.113.98/32", "nat-b": "203.0.113.99/32"}))

    terraform.plan(config({"nat-b": "203.0.113.99/32"}), state)

    assert not terraform.last_report.diagnostics


def test_without_a_control_plane_nobody_is_named(terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS, "fra-2": "203.0.113.99/32"}))

    terraform.plan(config({"fra-2": "203.0.113.99/32"}), state)

    assert not terraform.last_report.diagnostics
