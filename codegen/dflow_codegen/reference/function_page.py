"""The page of one function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_codegen.reference.markdown import block, cell, code, hand_written, prose, table
from dflow_codegen.reference.place import INDEX, function_page_of, links_on, way

if TYPE_CHECKING:
    from dflow_codegen.model import Provider
    from dflow_codegen.reference.example import Example
    from dflow_codegen.reference.function import Function, Parameter
    from dflow_codegen.reference.markdown import Link


def function_page(
    provider: Provider, functions: tuple[Function, ...], function: Function, example: Example
) -> list[str]:
    """Return the page's paragraphs."""
    own = function_page_of(function)
    link = links_on(provider, functions, function)
    parts = [
        f"# {function.name} (function)",
        prose(function.description or function.summary, link),
        "## Example",
        block("terraform", example.configuration),
        "## Signature",
        block("text", function.signature),
    ]
    if function.parameters:
        parts += ["## Arguments", table(("Name", "Type", "Meaning"), [_row(one, link) for one in function.parameters])]
    if example.limits:
        parts += ["## What it does not do", hand_written(example.limits, link)]
    return [*parts, f"[All pages]({way(own, INDEX)})"]


def _row(parameter: Parameter, link: Link) -> tuple[str, str, str]:
    meaning = [cell(parameter.description, link)]
    if parameter.variadic:
        meaning.append("Any number of them.")
    if not parameter.nullable:
        meaning.append("*Value:* not null.")
    return code(parameter.name), code(parameter.type), "<br>".join(part for part in meaning if part)
