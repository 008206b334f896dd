"""The pages in docs/reference: of all that the provider has, as generated, with links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dflow_cli.our_reference import our_reference
from dflow_codegen.reference import reference_differences
from dflow_provider.provider import DflowProvider
from dflow_provider.schema import BOOL, STRING, Attribute, Nested, NestingMode, OnChange, Presence, Schema
from dflow_provider.schema.document import schema_document
from dflow_provider.schema.reference_document import reference_document

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "reference"
EVERY_PAGE = sorted(path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*.md"))


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return our_reference()


def test_the_pages_are_as_generated(files: dict[str, str]):
    """Whoever changed a schema or an example ran `make codegen`."""
    assert [str(one) for one in reference_differences(files, PAGES)] == []
    assert sorted(files) == EVERY_PAGE, "nothing else is in docs/reference"


def test_everything_the_provider_has_has_a_page():
    provider = DflowProvider()
    kinds = {
        "resources": provider.resources,
        "data-sources": provider.data_sources,
        "ephemeral-resources": provider.ephemeral_resources,
        "functions": provider.functions,
    }
    wanted = [f"{folder}/{name.removeprefix('dflow_')}.md" for folder, names in kinds.items() for name in names]

    assert sorted([*wanted, "index.md", "provider.md", "rules.md", "vendors.md"]) == EVERY_PAGE


@pytest.mark.parametrize("name", [page for page in EVERY_PAGE if page.startswith("resources/")])
def test_a_resource_page_has_every_section(name: str):
    headings = re.findall(r"^## (.+)$", (PAGES / name).read_text(), re.MULTILINE)

    assert headings == ["Example", "Attributes", "Import", "Timeouts", "What it does not do"]


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_links_lead_to_a_page_and_a_place_on_it(name: str):
    text = (PAGES / name).read_text()
    links = re.findall(r"\]\(([^)]+)\)", text)

    assert links
    for link in links:
        page, _, anchor = link.partition("#")
        target = (PAGES / name).parent / page if page else PAGES / name
        assert target.resolve().is_file(), link
        if anchor:
            there = target.read_text()
            headings = [heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", there, re.MULTILINE)]
            assert anchor in {*re.findall(r'<a id="([^"]+)">', there), *headings}, link


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_row_of_a_table_has_the_columns_of_its_head(name: str):
    for table in re.findall(r"(?:^\|.*\n)+", (PAGES / name).read_text(), re.MULTILINE):
        rows = table.splitlines()
        assert {row.count("|") for row in rows} == {rows[0].count("|")}


class Thing:
    """A resource that can be imported."""

    schema = Schema(
        "A thing.",
        (
            Attribute("name", STRING, Presence.REQUIRED, "", on_change=OnChange.REPLACE),
            Attribute(
                "parts",
                Nested(NestingMode.LIST, (Attribute("on", BOOL, Presence.OPTIONAL_COMPUTED, "", default=False),)),
                Presence.OPTIONAL,
                "",
            ),
        ),
    )

    def import_state(self, import_id: str, call: object) -> dict[str, Any]:
        return {}


SHOP: Any = SimpleNamespace(
    name="shop",
    schema=Schema("", ()),
    resources={"shop_thing": Thing},
    data_sources={},
    ephemeral_resources={},
    functions={},
)


def test_the_document_says_what_the_schema_has_no_room_for():
    said = reference_document(SHOP)

    assert said["reference"]["resource_schemas"] == {
        "shop_thing": {
            "importable": True,
            "attributes": {
                "name": {"rules": [], "forces_replacement": True},
                "parts": {"rules": [], "forces_replacement": False},
                "parts.on": {"rules": [], "forces_replacement": False, "default": False},
            },
        }
    }
    assert {name: said[name] for name in said if name != "reference"} == schema_document(SHOP)


def test_rules_are_the_words_of_the_validators():
    said: Any = reference_document(DflowProvider())["reference"]

    source = said["resource_schemas"]["dflow_app_service"]["attributes"]["source.provider"]
    assert source["rules"] == ["one of `github`, `gitlab`, `bitbucket`, `azure_devops`, `gitea`"]
