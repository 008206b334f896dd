"""Lists that follow the node an Environment is attached to: a vendor's, one the program writes, one a person keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from dflow_acceptance.synthesis import synthesized
from dflow_acceptance.workspace import clean_environment

from dflow_sandbox.vendors.neon import SERVER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dflow_acceptance.place import Place
    from dflow_acceptance.workspace import Workspace

    from dflow_sandbox.vendors.neon import NeonServer

PROGRAM = """
from dflow_constructs import (
    AppService, Attached, DflowStack, Engine, Environment, ExternalDatabase, GitHub, InlineList, Manual, Neon, Secret,
)
from dflow_cdk import cdk

app = cdk.App()
stack = DflowStack(app, "shop")
live = Environment(stack, "live", application="shop", worker_nodes=Attached(), egress={"nat-a": "203.0.113.77"})
instance = cdk.TerraformResource(stack, "instance", terraform_resource_type="terraform_data")
lists = {
    "vendors": Neon(project_id="quiet-river-12345678"),
    "inline": InlineList(instance),
    "manual": Manual("Ask #dba to add these to pg_hba.conf of db-7."),
}
for name, allowlist in lists.items():
    database = ExternalDatabase(
        stack, name, engine=Engine.POSTGRES, host=f"{name}.example.com", username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD"), allowlist=allowlist,
    )
    if name == "inline":
        instance.add_override("input", database.allowed_addresses.cidrs)
    AppService(live, name, source=GitHub("acme/shop", branch="main")).connect_to(database)
app.synth()
"""
FIRST, NEXT, NAT = "203.0.113.9/32", "203.0.113.10/32", "203.0.113.77/32"


@pytest.fixture
def server() -> Iterator[NeonServer]:
    with SERVER() as server:
        yield server


@pytest.fixture
def shop(settings: dict[str, str], server: NeonServer, tmp_path: Path) -> Workspace:
    home = tmp_path / "home"
    home.mkdir()
    environment = {**settings, **server.environment(), "ORDERS_PASSWORD": "not-much-of-a-secret"}
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    return synthesized(program, tmp_path / "program", clean_environment(home, environment))


def allowed(shop: Workspace, server: NeonServer, foreign: set[str]) -> tuple[set[str], set[str], dict[str, Any]]:
    """Who is let in: on the vendor's list beside the others, on the program's own, and by a person."""
    values = json.loads(shop.terraform("show", "-json").stdout)["values"]
    (output,) = values["outputs"].values()
    (instance,) = (each for each in values["root_module"]["resources"] if each["type"] == "terraform_data")
    assert foreign <= server.cidrs()
    return server.cidrs() - foreign, set(instance["values"]["output"]), output["value"]


def test_all_lists_follow_the_node_that_the_environment_is_attached_to(
    shop: Workspace, place: Place, server: NeonServer
):
    foreign = server.cidrs()
    kept = server.listed()
    shop.applied()

    vendors, inline, manual = allowed(shop, server, foreign)
    assert vendors == inline == {FIRST, NAT}
    assert manual == {
        "database": "manual",
        "port": 5432,
        "instructions": "Ask #dba to add these to pg_hba.conf of db-7.",
        "allow": {"shop-live": FIRST, "nat-a": NAT},
    }
    shop.unchanged()
    for name in ("vendors", "inline", "manual"):
        variables = place.organisation.variables(place.service(f"shop-live-{name}")["id"])
        assert f"@{name}.example.com:5432" in variables["DATABASE_URL"]

    place.organisation.change("servers", place.node_id, publicIp="203.0.113.10")
    seen: list[set[str]] = []
    server.after_every(lambda: seen.append(server.cidrs() & {FIRST, NEXT}))
    drift = shop.plan()

    assert drift.code == 2, str(drift)
    assert drift.changes == {
        "dflow_neon_allowlist.vendors_Allowlist_2B3A3C3A": "update",
        "terraform_data.instance": "update",
    }
    shop.applied()
    assert all(seen), "for a moment neither address was let in"
    vendors, inline, manual = allowed(shop, server, foreign)
    assert vendors == inline == {NEXT, NAT}
    assert manual["allow"] == {"shop-live": NEXT, "nat-a": NAT}

    shop.destroyed()

    assert server.listed() == kept
    assert place.organisation.named("projects", "shop-live"), "an Environment that was there before stays"
