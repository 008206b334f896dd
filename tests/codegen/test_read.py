"""What the reader refuses, and with which words."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_codegen import CodegenError
from dflow_codegen.model import Collection, CollectionKind, ElementKind, Exposure, Object, ObjectForm, Presence
from dflow_codegen.read import read_provider


def a_document(attribute: Any) -> dict[str, Any]:
    block = {"attributes": {"name": attribute}}
    return {
        "format_version": "1.0",
        "provider_schemas": {"registry.terraform.io/acme/shop": {"resource_schemas": {"shop_thing": {"block": block}}}},
    }


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({}, "Not a provider schema: there is no format_version at the top; run `terraform providers schema -json`"),
        ([], "Not a provider schema"),
        ({"format_version": "1.2", "planned_values": {}}, "this is a plan or a state as JSON"),
        ({"format_version": "1.0", "values": {}}, "this is a plan or a state as JSON"),
        ({"format_version": "2.0", "provider_schemas": {}}, "Unknown schema format: format_version is '2.0'"),
        ({"format_version": 1}, "Unknown schema format: format_version is 1, and only 1.x is known"),
        ({"format_version": "1.0"}, "No provider in the schema: provider_schemas is missing or empty"),
        ({"format_version": "1.0", "provider_schemas": []}, "No provider in the schema"),
        ({"format_version": "1.0", "provider_schemas": ["x"]}, "provider_schemas is of type list where a JSON object"),
    ],
)
def test_a_wrong_document_is_named(document: Any, words: str):
    with pytest.raises(CodegenError) as refusal:
        read_provider(document, "shop")

    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ({"optional": True}, "shop_thing / block / name has neither type nor nested_type"),
        ({"type": "text", "optional": True}, "has the type 'text', which is not in Terraform's notation"),
        ({"type": ["list"], "optional": True}, "has the type ['list']"),
        ({"type": ["object", ["a"]], "optional": True}, "which is not in Terraform's notation"),
        ({"type": "string"}, "is neither required, optional nor computed"),
        ({"type": "string", "required": True, "optional": True}, "or is several that exclude each other"),
        ({"nested_type": {"nesting_mode": "tree"}, "optional": True}, "has the nesting mode 'tree'"),
        ("string", "shop_thing / block / name is of type str where a JSON object belongs"),
    ],
)
def test_a_malformed_attribute_is_shown_with_its_place(attribute: Any, words: str):
    with pytest.raises(CodegenError) as refusal:
        read_provider(a_document(attribute), "shop")

    assert refusal.value.title == "Malformed provider schema"
    assert words in refusal.value.detail


@pytest.mark.parametrize("address", ["bad address", "a/b\nc", "", "../x"])
def test_a_source_address_that_is_none_is_refused(address: str):
    document = {"format_version": "1.0", "provider_schemas": {address: {}}}

    with pytest.raises(CodegenError, match="is no source address"):
        read_provider(document, address.rpartition("/")[2])


def test_a_provider_is_found_by_name_by_source_and_by_address(rich_document: dict[str, Any]):
    for name in ("rich", "acme/rich", "registry.example.com/acme/rich", "Acme/Rich"):
        assert read_provider(rich_document, name).source == "registry.example.com/acme/rich"
    assert read_provider(rich_document, "null").source == "hashicorp/null"


def test_a_provider_that_is_not_there_is_answered_with_those_that_are(rich_document: dict[str, Any]):
    with pytest.raises(CodegenError, match=r"there is no 'aws'; the schema has registry.example.com/acme/rich, "):
        read_provider(rich_document, "aws")


def test_a_name_of_two_providers_needs_the_whole_address():
    document = {"format_version": "1.0", "provider_schemas": {"a.example/x/shop": {}, "b.example/x/shop": {}}}

    with pytest.raises(CodegenError, match=r"'x/shop' may be a.example/x/shop or b.example/x/shop; write the whole"):
        read_provider(document, "x/shop")


def test_functions_identities_and_lists_are_left_aside(rich_document: dict[str, Any]):
    elements = read_provider(rich_document, "rich").elements

    assert [(element.kind, element.terraform_type) for element in elements] == [
        (ElementKind.PROVIDER, "rich"),
        (ElementKind.RESOURCE, "rich_2fa"),
        (ElementKind.RESOURCE, "rich_everything"),
        (ElementKind.RESOURCE, "rich_lambda"),
        (ElementKind.RESOURCE, "rich_none"),
        (ElementKind.DATA_SOURCE, "rich_everything"),
        (ElementKind.EPHEMERAL_RESOURCE, "rich_token"),
    ]


def test_names_that_terraform_keeps_for_itself_are_left_out(rich_document: dict[str, Any]):
    """`count` in a resource is always Terraform's own, so a parameter for the provider's would have no effect."""
    provider, _, everything, *_ = read_provider(rich_document, "rich").elements

    assert "alias" not in {field.name for field in provider.block.fields}
    assert {"count", "for_each", "depends_on", "provider", "lifecycle"}.isdisjoint(
        field.name for field in everything.block.fields
    )
    settings = next(field.type for field in everything.block.fields if field.name == "settings")
    assert isinstance(settings, Object)
    assert "count" in {field.name for field in settings.fields}


def test_blocks_and_nested_attributes_become_fields(rich_document: dict[str, Any]):
    everything = read_provider(rich_document, "rich").elements[2]
    fields = {field.name: field for field in everything.block.fields}

    assert list(fields) == sorted(fields)
    assert fields["secret_wo"].exposure is Exposure.WRITE_ONLY
    assert fields["node"].presence is Presence.OPTIONAL_COMPUTED
    assert fields["old"].deprecated
    assert fields["owner"].presence is Presence.REQUIRED
    match fields["owner"].type:
        case Collection(CollectionKind.SET, Object(ObjectForm.BLOCK), at_most_one=True):
            pass
        case other:
            pytest.fail(f"a block that occurs once at most was read as {other}")
    match fields["rules"].type:
        case Collection(CollectionKind.MAP, Collection(CollectionKind.LIST, Object(ObjectForm.TYPE, rule_fields))):
            assert [field.name for field in rule_fields] == ["cidr", "ports"]
        case other:
            pytest.fail(f"a map of lists of objects was read as {other}")
