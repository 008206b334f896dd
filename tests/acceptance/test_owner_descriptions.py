"""What dFlow shows beside what a stack makes, from one deployment to the next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from dflow_acceptance.synthesis import synthesized
from dflow_acceptance.workspace import clean_environment

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_acceptance.place import Place

PROGRAM = """
import json, os
from dflow_constructs import App, AppService, DatabaseService, DflowStack, DockerService, Engine, Environment, GitHub

app = App()
given = json.loads(os.environ["DESCRIPTION"])
stack = DflowStack(app, "shop")
blue = Environment(stack, "blue", application="shop", worker_nodes=["fra-1"], description=given)
AppService(blue, "web", source=GitHub("acme/shop", branch="main"), description=given)
DockerService(blue, "worker", image="acme/worker:1", description=given)
DatabaseService(blue, "cache", engine=Engine.REDIS, description=given)
app.synth()
"""
NAMES = ("shop-blue", "shop-blue-cache", "shop-blue-web", "shop-blue-worker")


@pytest.mark.slow
def test_it_changes_in_place_can_be_turned_off_and_shows_in_no_further_plan(
    settings: dict[str, str], place: Place, tmp_path: Path
):
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "program.py").write_text(PROGRAM)

    def deployed(description: str | None) -> dict[str, tuple[str, str | None]]:
        environment = clean_environment(home, {**settings, "DESCRIPTION": json.dumps(description)})
        workspace = synthesized(tmp_path / "program.py", tmp_path / "out", environment)
        workspace.applied()
        workspace.unchanged()
        documents = [*place.organisation.documents("projects"), *place.organisation.documents("services")]
        return {each["name"]: (each["id"], each.get("description")) for each in documents if each["name"] in NAMES}

    first = deployed(None)
    steps = [deployed(text) for text in ("Ask #shop", "")]

    assert {name: text for name, (_, text) in first.items()} == {
        "shop-blue": "Kept by Terraform: stack shop, construct shop/blue",
        "shop-blue-cache": "Kept by Terraform: stack shop, construct shop/blue/cache",
        "shop-blue-web": "Kept by Terraform: stack shop, construct shop/blue/web",
        "shop-blue-worker": "Kept by Terraform: stack shop, construct shop/blue/worker",
    }
    for step, text in zip(steps, ("Ask #shop", None), strict=True):
        assert step == {name: (record, text) for name, (record, _) in first.items()}
