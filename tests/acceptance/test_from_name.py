"""A program that takes what exists in dFlow, and says what it takes it for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dflow_acceptance.synthesis import synthesized
from dflow_acceptance.workspace import Workspace, clean_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dflow_acceptance.place import Place

PROGRAM = """
import os
from dflow_constructs import AccessOutputs, App, AppService, DatabaseService, DflowStack, Engine, Environment

app = App()
stack = DflowStack(app, "shop")
live = Environment.from_name(stack, "live", "shop-live")
api = AppService.from_name(live, "api", "shop-live-api", variables={"LOG_LEVEL": "info"})
api.connect_to(DatabaseService.from_name(live, "cache", "shop-live-cache-x1y2", engine=Engine[os.environ["ENGINE"]]))
AccessOutputs(stack)
app.synth()
"""


@pytest.fixture
def written_for(settings: dict[str, str], place: Place, tmp_path: Path) -> Callable[[str], Workspace]:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "program.py").write_text(PROGRAM)
    place.organisation.make(
        "services",
        name="shop-live-cache-x1y2",
        type="database",
        project=place.environment_id,
        databaseDetails={"type": "redis"},
    )

    def written(engine: str) -> Workspace:
        environment = clean_environment(home, {**settings, "ENGINE": engine})
        return synthesized(tmp_path / "program.py", tmp_path / engine, environment)

    return written


def test_what_exists_gets_variables_and_nothing_else(written_for: Callable[[str], Workspace], place: Place):
    shop = written_for("REDIS")

    shop.applied()

    assert place.organisation.variables(place.service_id) == {
        "LOG_LEVEL": "info",
        "REDIS_URL": "{{ shop-live-cache-x1y2.REDIS_URI }}",
    }
    names = {each["name"] for each in place.organisation.documents("services")}
    assert names == {"shop-live-api", "shop-live-cache-x1y2"}
    assert [each["name"] for each in place.organisation.documents("projects")] == ["shop-live"]
    shop.unchanged()


def test_a_plan_ends_where_the_program_is_mistaken(written_for: Callable[[str], Workspace], place: Place):
    error = written_for("POSTGRES").apply().only_error

    assert error.title == "Resource postcondition failed"
    assert "takes shop-live-cache-x1y2 for a database of the engine postgres, and dFlow has another." in error.detail
    assert place.organisation.variables(place.service_id) == {}
