"""What stands in the guides works: every Python block is run, in a program that has what its page speaks of."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import dflow_constructs
from dflow_cdk import cdk
from dflow_cli.main import COMMANDS
from dflow_constructs import (
    App,
    AppService,
    AwsSecurityGroup,
    DatabaseService,
    DflowStack,
    DockerService,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Secret,
    testing,
)

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted((ROOT / "docs" / "guide").glob("*.md")), ROOT / "README.md"]
YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = (
    # What a reader fills in, as what stands for it here.
    (re.compile(r"source=…"), "source=SOURCE"),
    (re.compile(r"(password|seed)=…"), r"\1=PASSWORD"),
    (re.compile(r"allowlist=…"), "allowlist=ALLOWLIST"),
    (re.compile(r"(?<=[(\s])…(?=[,)])"), "**MORE"),
)
SOURCE = GitHub("acme/shop", branch="main")
PASSWORD = Secret.from_environment("ORDERS_PASSWORD")
ALLOWLIST = AwsSecurityGroup("sg-0123456789abcdef0")
HOST = {"host": "db.example.com"}


def blocks() -> list[Any]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(pytest.param(page, line, match[1], id=f"{page.name}:{line}"))
    return found


class World(dict[str, Any]):
    """The names a block may use; each is made when it is asked for, and not if the block makes one itself."""

    def __init__(self, directory: Path) -> None:
        super().__init__(SOURCE=SOURCE, PASSWORD=PASSWORD, ALLOWLIST=ALLOWLIST, cdk=cdk)
        self["MORE"] = {"username": "shop", "password": PASSWORD, "allowlist": ALLOWLIST}
        self._directory = directory

    def __missing__(self, name: str) -> Any:
        made = getattr(self, f"make_{name}", None)
        if made is not None:
            self[name] = made()
            return self[name]
        for library in (dflow_constructs, testing):
            if hasattr(library, name):
                return getattr(library, name)
        raise KeyError(name)

    def make_app(self) -> App:
        return App(outdir=str(self._directory))

    def make_stack(self) -> DflowStack:
        return DflowStack(self["app"], "shop")

    def make_production(self) -> Environment:
        return Environment(self["stack"], "production", application="shop", worker_nodes=["fra-1"])

    def make_staging(self) -> Environment:
        return Environment(self["stack"], "staging", application="shop", worker_nodes=["fra-2"])

    def make_web(self) -> AppService:
        return AppService(self["production"], "web", source=SOURCE)

    def make_api(self) -> AppService:
        return AppService(self["production"], "api", source=SOURCE)

    def make_staging_web(self) -> AppService:
        return AppService(self["staging"], "web", source=SOURCE)

    def make_worker(self) -> DockerService:
        return DockerService(self["production"], "worker", image="ghcr.io/acme/worker:1.4.2")

    def make_cache(self) -> DatabaseService:
        return DatabaseService(self["production"], "cache", engine=Engine.REDIS)

    def make_orders(self) -> ExternalDatabase:
        return self._external("orders")

    def make_legacy(self) -> ExternalDatabase:
        return self._external("legacy")

    def _external(self, name: str) -> ExternalDatabase:
        return ExternalDatabase(
            self["stack"],
            name,
            engine=Engine.POSTGRES,
            host="db.example.com",
            username="shop",
            password=PASSWORD,
            allowlist=ALLOWLIST,
        )


@pytest.mark.parametrize(("page", "line", "block"), blocks())
def test_a_block_of_a_guide_runs(page: Path, line: int, block: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    world = World(tmp_path / "out")
    if "assert " in block:  # what it asks about has happened before on its page
        world["web"].add_variable("LOG_LEVEL", "info")
        world["web"].connect_to(world["orders"])
    for left_out, filled_in in LEFT_OUT:
        block = left_out.sub(filled_in, block)
    code = compile("\n" * line + block, str(page), "exec")

    exec(code, {}, world)  # noqa: S102 - which is what is tested

    for stack in [value for value in world.values() if isinstance(value, DflowStack)]:
        testing.synthesized(stack)


def test_recipes_for_pipelines_can_be_read():
    recipes = [block for page in PAGES for block in YAML.findall(page.read_text(encoding="utf-8"))]

    assert len(recipes) >= 3
    assert all(isinstance(yaml.safe_load(recipe), dict) for recipe in recipes)


def test_every_command_on_a_page_exists():
    asked = {command for page in PAGES for command in re.findall(r"dflow-cdktf ([a-z]+)", page.read_text("utf-8"))}

    assert {"provider", "doctor", "review"} <= asked <= set(COMMANDS)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "caveats.md"], ids=lambda page: page.name)
def test_a_link_leads_to_a_heading_that_is_there(page: Path):
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", page.read_text(encoding="utf-8"))

    targets = [(page.parent / path if path else page, anchor) for path, anchor in links]
    assert [
        target for target, anchor in targets if not target.exists() or (anchor and anchor not in anchors(target))
    ] == []


def anchors(page: Path) -> set[str]:
    """The anchors of a page: its own, and those that GitHub gives headings."""
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    given = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return given | set(re.findall(r'<a id="([^"]+)">', text))


def test_there_are_blocks_to_run():
    assert len(blocks()) >= 40
