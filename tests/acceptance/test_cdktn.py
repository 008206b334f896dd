"""What the successor of cdktf synthesizes, carried out by Terraform."""

import importlib.util
from pathlib import Path

import pytest
from dflow_acceptance.place import Place
from dflow_acceptance.synthesis import QUICKSTART, synthesized
from dflow_acceptance.workspace import clean_environment


@pytest.mark.skipif(importlib.util.find_spec("cdktn") is None, reason="cdktn is not installed")
def test_the_quickstart_synthesized_by_cdktn_is_applied_and_needs_no_change(
    settings: dict[str, str], place: Place, tmp_path: Path
):
    place.organisation.worker_node("fra-2", publicIp="203.0.113.22")
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **settings,
        "DFLOW_CDK": "cdktn",
        "ORDERS_PASSWORD": "not-much-of-a-secret",
        "QUICKSTART_SECURITY_GROUP": place.group.id,
    }
    workspace = synthesized(QUICKSTART, tmp_path / "program", clean_environment(home, environment))

    workspace.applied()

    names = {each["name"] for each in place.organisation.documents("projects")}
    assert names == {"shop-live", "shop-production", "shop-staging"}
    assert place.group.ours() == ["203.0.113.22/32", "203.0.113.9/32"]
    workspace.unchanged()

    workspace.destroyed()

    assert place.group.ours() == []
