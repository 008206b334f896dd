"""The schema document is Terraform's own."""

from __future__ import annotations

import json

import pytest

from dflow_provider.schema.document import schema_document


@pytest.mark.acceptance
def test_it_equals_what_terraform_prints(workspace, shelf):
    """Write-only and sensitive flags, nested types and all."""
    printed = workspace.run("providers", "schema", "-json")

    assert json.loads(printed.out) == schema_document(shelf.ShelfProvider())


def test_a_provider_without_resources_or_functions_has_no_section_for_them(shelf):
    """Terraform leaves empty sections out."""
    provider = shelf.ShelfProvider()
    provider.resources = {}
    provider.functions = {}

    assert list(schema_document(provider)["provider_schemas"]["registry.terraform.io/dflow-cdktf/shelf"]) == [
        "provider",
        "data_source_schemas",
        "ephemeral_resource_schemas",
    ]
