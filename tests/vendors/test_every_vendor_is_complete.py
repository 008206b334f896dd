"""A vendor has everything or is not there: facts, adapter, stand-in, construct, page and tests."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import dflow_constructs
from dflow_provider.catalogue import OWNED_ALLOWLISTS, RESOURCES
from dflow_sandbox.vendors.contract_server import ContractServer
from dflow_vendors import all_vendors, vendor_named

ROOT = Path(__file__).resolve().parents[2]
OWNED = [row.key for row in all_vendors() if row.owned is not None]
STAND_INS = {
    path.stem
    for path in (ROOT / "sandbox" / "dflow_sandbox" / "vendors").glob("[a-z]*.py")
    if hasattr(import_module(f"dflow_sandbox.vendors.{path.stem}"), "SERVER")
}


def test_rows_adapters_and_stand_ins_are_of_the_same_vendors():
    assert sorted(OWNED) == sorted(OWNED_ALLOWLISTS)
    assert sorted(STAND_INS) == sorted(OWNED_ALLOWLISTS)


@pytest.mark.parametrize("key", OWNED)
def test_a_vendor_has_all_its_parts(key: str):
    row = vendor_named(key)

    assert import_module(f"dflow_provider.allowlists.vendors.{key}").open_list
    server = import_module(f"dflow_sandbox.vendors.{key}").SERVER
    assert issubclass(server, ContractServer)
    assert set(server.locators) == {locator.name for locator in row.owned.locators}
    assert (ROOT / "docs" / "reference" / "resources" / f"{key}_allowlist.md").is_file()
    assert (ROOT / "tests" / "provider" / "allowlists" / "vendors" / f"test_{key}.py").is_file()
    construct = import_module(f"dflow_constructs.allowlists.{key}")
    public = {
        name for name in dflow_constructs.__all__ if getattr(dflow_constructs, name).__module__ == construct.__name__
    }
    assert public, f"dflow_constructs exports nothing of {construct.__name__}"
    assert f"dflow_{key}_allowlist" in RESOURCES


@pytest.mark.parametrize("row", [row for row in all_vendors() if row.owned], ids=lambda row: row.key)
def test_a_row_s_examples_are_good_values(row):
    for locator in row.owned.locators:
        assert locator.pattern.fullmatch(locator.example), locator.name
        assert not locator.example.startswith("/")
        assert locator.default is None or locator.pattern.fullmatch(locator.default)
    assert row.owned.credentials
    assert row.owned.endpoint.variables, "tests and private clouds need another endpoint"
    assert row.tls is not None
    assert row.owned.rights.endswith(".")
    assert all(limit.endswith(".") for limit in row.owned.limits)


def test_the_page_of_all_vendors_names_each():
    page = (ROOT / "docs" / "reference" / "vendors.md").read_text()

    for row in all_vendors():
        assert f"| {row.name} |" in page
