"""A provider's reference document and examples → the files of its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dflow_codegen.read import read_provider
from dflow_codegen.reference.example import Sources, read_examples
from dflow_codegen.reference.facts import facts_of
from dflow_codegen.reference.function import functions_of
from dflow_codegen.reference.function_page import function_page
from dflow_codegen.reference.index_page import FurtherPage, index_page
from dflow_codegen.reference.page import page
from dflow_codegen.reference.place import INDEX, function_page_of, page_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def reference_files(
    document: Mapping[str, Any],
    provider: str,
    examples: Sources,
    *,
    command: str,
    further: tuple[FurtherPage, ...] = (),
) -> dict[str, str]:
    """Return the pages of one provider as text by path, relative to the directory of the reference.

    The same input gives the same bytes.

    Args:
        document: the output of `terraform providers schema -json`, parsed, with a section `reference` beside it
            that holds defaults and rules.
        provider: a source address (`dflow-cdktf/dflow`, with or without registry) or its last part (`dflow`).
        examples: where an example of every type is.
        command: how to make the pages again, for the first line of each.
        further: pages on other things, which the index leads to.

    Raises:
        CodegenError: the document is none, or examples are missing; every missing file is named.
    """
    model = read_provider(document, provider)
    facts = {element: facts_of(document, element) for element in model.elements}
    importable = frozenset(element.terraform_type for element, known in facts.items() if known.importable)
    functions = functions_of(document, model)
    found = read_examples(model, functions, importable, examples)
    head = (
        f"<!-- Generated from the schema of the Terraform provider {model.source} and its examples; do not edit. "
        f"Make it again with: {command} -->"
    )
    pages = {INDEX: index_page(model, functions, further)}
    for element in model.elements:
        pages[page_of(model, element)] = page(model, functions, element, facts[element], found[element])
    for function in functions:
        pages[function_page_of(function)] = function_page(model, functions, function, found[function])
    return {
        **{path: _text(head, parts) for path, parts in pages.items()},
        **{page_.path: _text(head, [page_.text]) for page_ in further},
    }


def _text(head: str, parts: list[str]) -> str:
    return "\n\n".join([head, *(part for part in parts if part)]) + "\n"
