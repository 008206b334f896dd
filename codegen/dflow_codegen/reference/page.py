"""The page of one resource, data source or ephemeral resource, or of the provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_codegen.model import ElementKind
from dflow_codegen.reference.attribute_tables import attribute_tables
from dflow_codegen.reference.markdown import block, hand_written, paragraphs, prose, sentences
from dflow_codegen.reference.place import INDEX, links_on, page_of, way

if TYPE_CHECKING:
    from dflow_codegen.model import Element, Provider
    from dflow_codegen.reference.example import Example
    from dflow_codegen.reference.facts import ElementFacts
    from dflow_codegen.reference.function import Function
    from dflow_codegen.reference.markdown import Link

_LANGUAGE = "terraform"


def page(
    provider: Provider, functions: tuple[Function, ...], element: Element, facts: ElementFacts, example: Example
) -> list[str]:
    """Return the page's paragraphs."""
    link = links_on(provider, functions, element)
    about, about_import = _about(element)
    own = page_of(provider, element)
    parts = [
        f"# {element.terraform_type} ({element.kind.value})",
        prose(about, link),
        "## Example",
        block(_LANGUAGE, example.configuration),
        "## Attributes",
        *(attribute_tables(element.block, facts, link) or ["None."]),
    ]
    if element.deprecated:
        parts.insert(1, "**Deprecated.**")
    if element.kind is ElementKind.RESOURCE:
        parts += ["## Import", prose(about_import, link), *_importing(example)]
    if waiting := _waiting(provider, element, example, link):
        parts += ["## Timeouts", waiting]
    if example.limits:
        parts += ["## What it does not do", hand_written(example.limits, link)]
    return [*parts, f"[All pages]({way(own, INDEX)})"]


def _about(element: Element) -> tuple[str, str]:
    """Part a description into what opens the page and, by the paragraphs' first word, what is about importing.

    Of the latter, sentences with a command are left out: the commands that are tested stand below.
    """
    said = paragraphs(element.description)
    importing = [one for one in said if element.kind is ElementKind.RESOURCE and one.startswith("Import ")]
    opening = [one for one in said if one not in importing]
    without_command = [
        sentence for one in importing for sentence in sentences(one) if "`terraform import " not in sentence
    ]
    return "\n\n".join(opening), " ".join(without_command)


def _importing(example: Example) -> list[str]:
    if not example.import_lines:
        return ["It cannot be imported."]
    first = example.import_lines[0]
    as_block = f'import {{\n  to = {first.address}\n  id = "{_in_quotes(first.id)}"\n}}'
    return [
        "On the command line, one of:" if len(example.import_lines) > 1 else "On the command line:",
        block("shell", example.import_commands),
        "Or in the configuration, where the plan shows the import before it happens:",
        block(_LANGUAGE, as_block),
    ]


def _waiting(provider: Provider, element: Element, example: Example, link: Link) -> str:
    if example.waiting:
        return hand_written(example.waiting, link)
    if element.kind is not ElementKind.RESOURCE:
        return ""
    if any(field.name == "timeouts" for field in element.block.fields):
        return "See `timeouts` above."
    there = way(page_of(provider, element), page_of(provider, provider.elements[0]))
    return f"There are none to set. How long a request may take is [the provider's]({there}#timeouts)."


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return escaped.replace("${", "$${").replace("%{", "%%{")
