"""The examples that the reference pages show: formatted, valid, and those that make something really applied."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dflow_acceptance.builder import building, github_app

from dflow_cli.warm_provider import warm_provider
from dflow_codegen.reference.import_line import import_lines
from dflow_sandbox.vendors.digitalocean import DigitalOceanServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_acceptance.place import Place
    from dflow_acceptance.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PAGES = ROOT / "docs" / "reference"

CONFIGURATIONS = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.glob("**/*.tf"))
MAKING_SOMETHING = [name for name in CONFIGURATIONS if not name.startswith("provider/")]
CALLS = {
    "resources": 'resource "{}" ',
    "data-sources": 'data "{}" ',
    "ephemeral-resources": 'ephemeral "{}" ',
    "functions": "provider::dflow::{}(",
}

SECURITY_GROUP = "sg-0123456789abcdef0"
AN_ID = re.compile(r"\b[0-9a-f]{24}\b")
SECRETS = {
    "DEPLOY_KEY": "-----BEGIN OPENSSH PRIVATE KEY-----\nY2FuYXJ5\n-----END OPENSSH PRIVATE KEY-----\n",
    "DFLOW_AWS_SECRET": "canary-secret",
    "GHCR_TOKEN": "canary-token",
    "ORDERS_PASSWORD": "canary",
    "ORDERS_URL": "postgres://shop:canary@orders.example.com:5432/orders",
}
"""The environment variables that examples read."""
MOUNTED = "/run/secrets/session_key"
"""The file that an example reads."""


@pytest.fixture(scope="module")
def warm() -> Iterator[dict[str, str]]:
    """The variables that let Terraform use a provider that runs already."""
    with warm_provider() as variables:
        yield variables


@pytest.fixture(scope="module")
def vendor() -> Iterator[dict[str, str]]:
    """The variables that lead to the vendor whose databases examples have."""
    with DigitalOceanServer() as server:
        yield dict(server.environment())


def with_the_place(text: str, place: Place) -> str:
    """An example as somebody would write it who works in the test's own place, from where no dFlow reaches AWS."""
    theirs = {
        SECURITY_GROUP: place.group.id,
        "acme/fra-2": f"{place.organisation.slug}/fra-2",
        'resource "dflow_security_group" "web" {': 'resource "dflow_security_group" "web" {\n  sync = false',
    }
    for shown, actual in theirs.items():
        text = text.replace(shown, actual)
    return text


def open_the_shop(place: Place) -> None:
    """What examples look up that others made: two Environments with services, and a Git provider."""
    make = place.organisation.make
    shop, reports = place.new_environment("shop-production"), place.new_environment("reports")
    make("services", name="shop-production-web", type="app", project=shop)
    make("services", name="reports-web", type="app", project=reports)
    url = "postgres://postgres:canary@dokku-postgres-shop-production-orders:5432/orders"
    details = {"type": "postgres", "connectionUrl": url, "exposedPorts": ["21543"], "status": "running"}
    make("services", name="shop-production-orders", type="database", project=shop, databaseDetails=details)
    github_app(place.organisation, name="dflow-acme")


def test_examples_are_formatted_as_terraform_does(workspace: Workspace):
    ran = workspace.terraform("fmt", "-check", "-diff", "-recursive", str(EXAMPLES))

    assert ran.code == 0, str(ran)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_an_example_is_valid_and_about_its_type(name: str, workspace: Workspace, warm: dict[str, str]):
    text = (EXAMPLES / name).read_text()
    if name == "provider/provider.tf":
        (workspace.directory / "main.tf.json").unlink()  # it asks for the provider itself
    (workspace.directory / "example.tf").write_text(text)

    said = json.loads(workspace.terraform("validate", "-json", **warm).stdout)

    assert said["diagnostics"] == []
    assert said["valid"] is True
    folder, type_, *_ = [*Path(name).parts[:-1], ""]
    assert CALLS.get(folder, 'provider "dflow" ').format(type_) in text


@pytest.mark.parametrize("name", MAKING_SOMETHING)
def test_an_example_can_be_applied_and_imported_as_its_page_says(
    name: str, place: Place, new_workspace: Callable[..., Workspace], vendor: dict[str, str], tmp_path: Path
):
    workspace = new_workspace(**SECRETS, **vendor)
    mounted = tmp_path / "mounted"
    mounted.write_text("canary\n")
    text = with_the_place((EXAMPLES / name).read_text(), place).replace(MOUNTED, str(mounted))
    (workspace.directory / "example.tf").write_text(text)
    if "shop-production" in text and 'resource "dflow_environment"' not in text:
        open_the_shop(place)

    with building(place.organisation, status="success") if 'resource "dflow_deployment"' in text else nullcontext():
        workspace.applied()
    workspace.unchanged()

    if (EXAMPLES / name).with_name("import.sh").exists():
        _import_every_way(Path(name).parent.name, place, workspace)
    workspace.destroyed()
    assert workspace.state() == {}


def _import_every_way(type_: str, place: Place, workspace: Workspace) -> None:
    file = EXAMPLES / "resources" / type_ / "import.sh"
    lines = import_lines(with_the_place(file.read_text(), place), type_, str(file))
    address = lines[0].address
    before = workspace.state()[address]

    for line in lines:
        _forget(address, workspace)
        imported = workspace.terraform(
            "import", "-no-color", line.address, AN_ID.sub(before.get("service_id", before["id"]), line.id)
        )
        assert imported.code == 0, str(imported)
        assert workspace.state()[line.address]["id"] == before["id"], line

    page = (PAGES / "resources" / f"{type_.removeprefix('dflow_')}.md").read_text()
    (block,) = re.findall(r"^import \{\n.*?^\}$", with_the_place(page, place), re.DOTALL | re.MULTILINE)
    (workspace.directory / "import.tf").write_text(block)
    _forget(address, workspace)
    ran = workspace.applied()
    # An import cannot know the version of what goes out through a write-only argument, nor that a group is not synced.
    unseen = re.search(r'_wo_version": "|"sync": false', json.dumps(before))
    assert ran.changes == {address: "update" if unseen else "import"}
    assert workspace.state()[address] == before
    workspace.unchanged()


def _forget(address: str, workspace: Workspace) -> None:
    removed = workspace.terraform("state", "rm", "-no-color", address)
    assert removed.code == 0, str(removed)
