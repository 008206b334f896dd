"""How Terraform's names become Python's, and when they cannot."""

from __future__ import annotations

import json
import keyword
import os
import subprocess
import sys

import pytest

from dflow_codegen import CodegenError
from dflow_codegen.model import ElementKind
from dflow_codegen.naming import RESERVED, RESERVED_NESTED, class_name, element_class_name, members, module_name, unique

RESOURCE = RESERVED[ElementKind.RESOURCE]

_MEMBERS = """
import json
from dflow_cdk import element, ephemeral, inputs, reference
print(json.dumps({
    name: sorted({member for class_ in classes for member in dir(class_) if member[0] != "_" and member.islower()})
    for name, classes in {
        "PROVIDER": [element.Provider],
        "RESOURCE": [element.Resource],
        "DATA_SOURCE": [element.DataSource],
        "EPHEMERAL_RESOURCE": [ephemeral.EphemeralResource],
        "nested": [inputs.Nested, reference.ObjectReference, reference.ListReference],
    }.items()
}))
"""


@pytest.mark.parametrize(
    ("terraform_name", "python_name"),
    [
        ("environment_id", "environment_id"),
        ("id", "id"),
        ("type", "type"),
        ("apiVersion", "api_version"),
        ("api-version", "api_version"),
        ("IPAddress", "ipaddress"),
        ("class", "class_"),
        ("from", "from_"),
        ("node", "node_attribute"),
        ("count", "count_attribute"),
        ("provider", "provider_attribute"),
        ("lifecycle", "lifecycle_attribute"),
        ("depends_on", "depends_on_attribute"),
        ("property", "property_attribute"),
        ("list", "list_attribute"),
        ("self", "self_attribute"),
        ("inputs", "inputs_attribute"),
        ("_hidden", "attribute_hidden"),
        ("2fa", "attribute_2fa"),
    ],
)
def test_an_attribute_is_named_in_snake_case_clear_of_everything_else(terraform_name: str, python_name: str):
    assert members([terraform_name], RESOURCE, "shop_thing") == {terraform_name: python_name}


@pytest.mark.parametrize("pair", [("api-version", "api_version"), ("apiVersion", "api_version"), ("class", "class_")])
def test_two_attributes_of_one_name_are_refused_with_both_names(pair: tuple[str, str]):
    with pytest.raises(CodegenError) as refusal:
        members(pair, RESOURCE, "shop_thing")

    assert refusal.value.title == "Names collide in Python"
    assert f"shop_thing: {pair[0]!r} and {pair[1]!r} would both be" in refusal.value.detail


def test_a_name_without_letters_is_refused():
    with pytest.raises(CodegenError, match=r"shop_thing: '--' cannot become a Python name"):
        members(["--"], RESOURCE, "shop_thing")


@pytest.mark.parametrize(
    ("kind", "terraform_type", "class_", "module"),
    [
        (ElementKind.PROVIDER, "dflow", "DflowProvider", "provider"),
        (ElementKind.RESOURCE, "dflow_app_service", "AppService", "app_service"),
        (ElementKind.DATA_SOURCE, "dflow_worker_node", "DataWorkerNode", "data_worker_node"),
        (
            ElementKind.EPHEMERAL_RESOURCE,
            "dflow_process_environment",
            "EphemeralProcessEnvironment",
            "ephemeral_process_environment",
        ),
        (ElementKind.RESOURCE, "dflow_none", "None_", "none"),
        (ElementKind.RESOURCE, "dflow_lambda", "Lambda", "lambda_"),
        (ElementKind.RESOURCE, "dflow_2fa", "Dflow2fa", "dflow_2fa"),
        (ElementKind.DATA_SOURCE, "dflow", "DataDflow", "data_dflow"),
        (ElementKind.RESOURCE, "other_thing", "OtherThing", "other_thing"),
    ],
)
def test_a_type_becomes_a_class_and_a_module(kind: ElementKind, terraform_type: str, class_: str, module: str):
    assert element_class_name(kind, terraform_type, "dflow") == class_
    assert module_name(kind, terraform_type, "dflow") == module


def test_a_class_name_is_pascal_case_and_keeps_capitals():
    assert class_name("app_service", "gitURL", "x-y") == "AppServiceGitURLXY"


def test_names_that_differ_pass():
    assert unique({"a": class_name("a"), "b": class_name("b")}, "here") == {"a": "A", "b": "B"}


def test_no_attribute_can_hide_a_member_of_the_class_it_lands_in():
    """A property of the name of a CDK member would be called back by the CDK in its place, so each is reserved."""
    for cdk in ("cdktf", "cdktn"):
        finished = subprocess.run(
            [sys.executable, "-c", _MEMBERS],
            env=os.environ | {"DFLOW_CDK": cdk},
            capture_output=True,
            text=True,
            check=True,
        )
        for name, found in json.loads(finished.stdout).items():
            reserved = RESERVED_NESTED if name == "nested" else RESERVED[ElementKind[name]]
            assert len(found) > 10
            assert set(found) - reserved == set(), f"{cdk}: {name}"


def test_no_keyword_survives():
    names = members(sorted(keyword.kwlist), RESOURCE, "shop_thing").values()

    assert not [name for name in names if keyword.iskeyword(name)]
