"""The pages of a made-up provider, and what stops the generator."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_codegen import Change, CodegenError
from dflow_codegen.reference import FurtherPage, Sources, reference_differences, reference_files, write_reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMAND = "make pages"

THING = {
    "version": 0,
    "block": {
        "description": (
            "A thing. Unlike a `shop_other`.\n\nImport by name: `terraform import shop_thing.a b`. It reads\nno token."
        ),
        "attributes": {
            "id": {"type": "string", "computed": True, "description": "Its id."},
            "name": {"type": "string", "required": True, "description": "Its <name> | its\nlabel."},
            "token_wo": {"type": "string", "optional": True, "write_only": True},
            "parts": {
                "optional": True,
                "description": "What it is made of.",
                "nested_type": {
                    "nesting_mode": "map",
                    "attributes": {
                        "size": {"type": "number", "optional": True, "computed": True, "description": "How big."},
                        "tags": {"type": ["list", "string"], "required": True},
                    },
                },
            },
        },
    },
}
PRICE = {
    "description": "What a `shop_thing` costs.",
    "summary": "A price.",
    "return_type": "number",
    "parameters": [
        {"name": "thing", "type": ["object", {"name": "string"}], "description": "Which."},
        {"name": "currency", "type": "string", "description": "In what.", "is_nullable": True},
    ],
    "variadic_parameter": {"name": "discounts", "type": "number", "description": "Off."},
}

EXAMPLES = {
    "provider/provider.tf": 'provider "shop" {}\n',
    "resources/shop_thing/resource.tf": 'resource "shop_thing" "one" {\n  name = "one"\n}\n',
    "resources/shop_thing/import.sh": "# by name\nterraform import shop_thing.one 'a \"b\" ${c}'\n",
    "resources/shop_thing/not.md": "- It makes no `shop_other`.\n",
    "resources/shop_other/resource.tf": 'resource "shop_other" "one" {}\n',
    "resources/shop_other/not.md": "- Nothing.\n",
    "data-sources/shop_thing/data-source.tf": 'data "shop_thing" "one" {}\n',
    "functions/price/function.tf": 'output "it" {\n  value = provider::shop::price({}, null)\n}\n',
}

THING_PAGE = """\
<!-- Generated from the schema of the Terraform provider acme/shop and its examples; do not edit. \
Make it again with: make pages -->

# shop_thing (resource)

A thing. Unlike a [`shop_other`](other.md).

## Example

```terraform
resource "shop_thing" "one" {
  name = "one"
}
```

## Attributes

### Required

| Name | Type | Meaning |
| --- | --- | --- |
| `name` | `string` | Its &lt;name> &#124; its label.<br>*Value:* lower case; at most 9 characters.<br>\
**A change makes a new object.** |

### Optional

| Name | Type | Meaning |
| --- | --- | --- |
| `parts` | [`map(object)`](#in-parts) | What it is made of. |
| `token_wo` | `string` | **Write-only.** |

### Read-only

| Name | Type | Meaning |
| --- | --- | --- |
| `id` | `string` | Its id. |

### <a id="in-parts"></a>In `parts`

Required:

| Name | Type | Meaning |
| --- | --- | --- |
| `tags` | `list(string)` |  |

Optional:

| Name | Type | Meaning |
| --- | --- | --- |
| `size` | `number` | How big.<br>*Default:* `3`. |

## Import

It reads no token.

On the command line:

```shell
# by name
terraform import shop_thing.one 'a "b" ${c}'
```

Or in the configuration, where the plan shows the import before it happens:

```terraform
import {
  to = shop_thing.one
  id = "a \\"b\\" $${c}"
}
```

## Timeouts

There are none to set. How long a request may take is [the provider's](../provider.md#timeouts).

## What it does not do

- It makes no [`shop_other`](other.md).

[All pages](../index.md)
"""


def fact(*rules: str, replace: bool = False, **default: object) -> dict[str, object]:
    return {"rules": list(rules), "forces_replacement": replace, **default}


@pytest.fixture
def document() -> dict[str, Any]:
    nothing = {"attributes": {}}
    facts = {"name": fact("lower case", "at most 9 characters", replace=True), "parts.size": fact(default=3)}
    schemas = {
        "provider": {"version": 0, "block": {}},
        "resource_schemas": {"shop_thing": THING, "shop_other": {"version": 0, "block": {"description": "Another."}}},
        "data_source_schemas": {"shop_thing": {"version": 0, "block": {"description": "See `shop_thing`."}}},
        "functions": {"price": PRICE},
    }
    reference = {
        "provider": nothing,
        "resource_schemas": {"shop_thing": {"attributes": facts, "importable": True}, "shop_other": nothing},
        "data_source_schemas": {"shop_thing": nothing},
    }
    return {
        "format_version": "1.0",
        "provider_schemas": {"registry.terraform.io/acme/shop": schemas},
        "reference": reference,
    }


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    directory = tmp_path / "examples"
    for name, text in EXAMPLES.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text)
    return directory


@pytest.fixture
def pages(document: dict[str, Any], examples: Path) -> Callable[[], dict[str, str]]:
    return lambda: reference_files(document, "acme/shop", Sources(examples), command=COMMAND)


def test_a_resource_has_everything_on_one_page(pages):
    assert pages()["resources/thing.md"] == THING_PAGE


def test_there_is_a_page_for_everything_and_a_list_of_them(pages):
    found = pages()

    others = ["data-sources/thing.md", "functions/price.md", "resources/other.md", "resources/thing.md"]
    assert sorted(found) == ["data-sources/thing.md", "functions/price.md", "index.md", "provider.md", *others[2:]]
    assert all(f"]({page})" in found["index.md"] for page in [*others, "provider.md"])


def test_a_name_that_two_kinds_share_means_the_one_of_the_same_kind(pages):
    assert "See `shop_thing`." in pages()["data-sources/thing.md"], "on its own page it is no link"
    assert "[`shop_thing`](../resources/thing.md)" in pages()["functions/price.md"]


def test_a_resource_that_cannot_be_imported_needs_no_import_line_and_says_so(pages):
    assert "## Import\n\nIt cannot be imported.\n" in pages()["resources/other.md"]


def test_a_function_has_its_signature_and_its_arguments_in_their_order(pages):
    page = pages()["functions/price.md"]

    assert "provider::shop::price(thing object({name = string}), currency string, …discounts number) number" in page
    assert (
        "| `thing` | `object({name = string})` | Which.<br>*Value:* not null. |\n"
        "| `currency` | `string` | In what. |\n"
        "| `discounts` | `number` | Off.<br>Any number of them.<br>*Value:* not null. |\n"
    ) in page


def test_timeouts_of_the_schema_and_of_a_file_have_precedence(pages, document, examples: Path):
    block = document["provider_schemas"]["registry.terraform.io/acme/shop"]["resource_schemas"]["shop_other"]["block"]
    block["attributes"] = {"timeouts": {"type": "string", "optional": True}}
    (examples / "resources" / "shop_thing" / "timeouts.md").write_text("Ten minutes.\n")

    found = pages()

    assert "## Timeouts\n\nSee `timeouts` above.\n" in found["resources/other.md"]
    assert "## Timeouts\n\nTen minutes.\n" in found["resources/thing.md"]


def test_the_same_input_gives_the_same_bytes_whatever_its_order(pages, document, examples: Path):
    def turned(value: object) -> object:
        if isinstance(value, dict):
            return {name: turned(value[name]) for name in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    before = pages()

    assert reference_files(turned(document), "shop", Sources(examples), command=COMMAND) == before
    assert reference_files(json.loads(json.dumps(document)), "shop", Sources(examples), command=COMMAND) == before


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_missing_or_empty_file_is_named(pages, examples: Path, name: str):
    (examples / name).write_text(" \n")
    with pytest.raises(CodegenError, match=f"{name} is missing or empty$"):
        pages()

    (examples / name).unlink()
    with pytest.raises(CodegenError, match=f"{name} is missing or empty$") as caught:
        pages()
    assert caught.value.title == "Examples are not complete"


def test_all_that_is_missing_is_named_at_once(pages, examples: Path):
    for name in EXAMPLES:
        (examples / name).unlink()
    (examples / "resources" / "shop_gone").mkdir()

    with pytest.raises(CodegenError) as caught:
        pages()

    assert all(f"{name} is missing or empty" in caught.value.detail for name in EXAMPLES)
    assert "resources/shop_gone is an example of nothing that the provider has" in caught.value.detail


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("terraform import shop_thing.one\n", "line 1 is 'terraform import shop_thing.one'; write `terraform import"),
        ("# by name\nterraform import shop_other.one x\n", "line 2 is 'terraform import shop_other.one x'"),
        ("terraform import shop_thing.one 'x\n", 'line 1 is "terraform import shop_thing.one \'x"'),
        ("# terraform import shop_thing.one x\n", "has only comments; add `terraform import shop_thing.<name> <id>`"),
    ],
)
def test_an_import_line_that_is_none_is_shown(pages, examples: Path, text: str, said: str):
    (examples / "resources" / "shop_thing" / "import.sh").write_text(text)

    with pytest.raises(CodegenError) as caught:
        pages()

    assert said in caught.value.detail
    assert "resources/shop_thing/import.sh" in caught.value.detail


def test_a_schema_alone_is_not_enough(pages, document):
    del document["reference"]["resource_schemas"]["shop_thing"]

    with pytest.raises(CodegenError, match="nothing readable about the resource shop_thing"):
        pages()


def test_a_signature_that_makes_no_sense_is_refused(pages, document):
    document["provider_schemas"]["registry.terraform.io/acme/shop"]["functions"]["price"] = {"return_type": 3}

    with pytest.raises(CodegenError, match="functions / price has no readable type: 3"):
        pages()


def test_written_pages_do_not_differ_and_pages_of_nothing_are_removed(pages, tmp_path: Path):
    directory = tmp_path / "docs"
    files = pages()
    write_reference({**files, "resources/gone.md": files["resources/other.md"]}, directory)
    (directory / "resources" / "notes.md").write_text("By hand.\n")
    (directory / "index.md").write_text("")

    assert [(str(one), one.change) for one in reference_differences(files, directory)] == [
        ("index.md: different", Change.REPLACE),
        ("resources/gone.md: no longer generated", Change.REMOVE),
    ]

    (directory / "index.md").unlink()
    assert [one.path for one in write_reference(files, directory)] == ["index.md", "resources/gone.md"]
    assert reference_differences(files, directory) == []
    assert (directory / "resources" / "notes.md").read_text() == "By hand.\n"


def test_a_page_that_somebody_wrote_is_not_overwritten(pages, tmp_path: Path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("By hand.\n")

    with pytest.raises(CodegenError, match="File is not generated"):
        write_reference(pages(), tmp_path / "docs")


def test_a_further_page_is_written_and_the_index_leads_to_it(document: dict[str, Any], examples: Path):
    page = FurtherPage("shelves.md", "Shelves", "Where things stand.", "# Shelves")

    files = reference_files(document, "acme/shop", Sources(examples), command=COMMAND, further=(page,))

    assert files["shelves.md"].endswith("# Shelves\n")
    assert "| [Shelves](shelves.md) | Where things stand. |" in files["index.md"]


def test_an_example_may_be_written_by_a_program(document: dict[str, Any], examples: Path):
    written = {"resources/shop_thing/resource.tf": "# as a program wrote it"}

    files = reference_files(document, "acme/shop", Sources(examples, written), command=COMMAND)

    assert "# as a program wrote it" in files["resources/thing.md"]
