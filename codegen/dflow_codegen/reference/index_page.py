"""The page that lists all pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_codegen.model import ElementKind
from dflow_codegen.reference.markdown import cell, code, first_sentence, table
from dflow_codegen.reference.place import INDEX, function_page_of, page_of, way

if TYPE_CHECKING:
    from dflow_codegen.model import Element, Provider
    from dflow_codegen.reference.function import Function

_HEADINGS = {
    ElementKind.RESOURCE: "Resources",
    ElementKind.DATA_SOURCE: "Data sources",
    ElementKind.EPHEMERAL_RESOURCE: "Ephemeral resources",
}

_MARKS = """\
- *Value* says what a value has to be; anything else is refused when the plan is made, or earlier.
- *Default* is what is planned where the configuration says nothing.
- **A change makes a new object**: the plan replaces the object instead of updating it.
- **Sensitive**: Terraform does not print the value. It stands in the state.
- **Write-only**: the value is sent and stands in no plan and no state. Terraform sees no change of it, so a version
  beside it says when to send it again."""


@dataclass(frozen=True)
class FurtherPage:
    """A page on something other than a type or a function.

    Attributes:
        path: relative to the directory of the reference.
        title: of the link to it.
        about: what it says, in a sentence.
        text: of the page.
    """

    path: str
    title: str
    about: str
    text: str


def index_page(provider: Provider, functions: tuple[Function, ...], further: tuple[FurtherPage, ...] = ()) -> list[str]:
    """Return the page's paragraphs."""
    settings = provider.elements[0]
    parts = [
        f"# Reference of the {provider.name} provider",
        f"Source address {code(provider.source)}; [its settings]({way(INDEX, page_of(provider, settings))}).",
    ]
    for kind, heading in _HEADINGS.items():
        elements = [element for element in provider.elements if element.kind is kind]
        if elements:
            parts += [f"## {heading}", table(("Type", "What it is"), [_row(provider, one) for one in elements])]
    if functions:
        rows = [(f"[{code(one.name)}]({function_page_of(one)})", cell(one.summary)) for one in functions]
        parts += ["## Functions", table(("Function", "What it gives"), rows)]
    if further:
        rows = [(f"[{cell(one.title)}]({one.path})", cell(one.about)) for one in further]
        parts += ["## Further pages", table(("Page", "What it says"), rows)]
    return [*parts, "## How to read the pages", _MARKS]


def _row(provider: Provider, element: Element) -> tuple[str, str]:
    link = way(INDEX, page_of(provider, element))
    return f"[{code(element.terraform_type)}]({link})", cell(first_sentence(element.description))
