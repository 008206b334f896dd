"""Where each page stands, and how one page points at another."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from dflow_codegen.model import Element, ElementKind

if TYPE_CHECKING:
    from dflow_codegen.model import Provider
    from dflow_codegen.reference.function import Function
    from dflow_codegen.reference.markdown import Link

INDEX = "index.md"
FOLDERS = {
    ElementKind.RESOURCE: "resources",
    ElementKind.DATA_SOURCE: "data-sources",
    ElementKind.EPHEMERAL_RESOURCE: "ephemeral-resources",
}
"""Of the pages and of their examples alike."""

FUNCTIONS = "functions"

_ADDRESS = re.compile(r"(?:(?P<mode>data|ephemeral)\.)?(?P<type>[a-z0-9_]+)(?:\..*)?")
_MODES = {"data": (ElementKind.DATA_SOURCE,), "ephemeral": (ElementKind.EPHEMERAL_RESOURCE,), None: tuple(FOLDERS)}


def page_of(provider: Provider, element: Element) -> str:
    """Return where an element's page stands, from the root of the reference."""
    if element.kind is ElementKind.PROVIDER:
        return "provider.md"
    return f"{FOLDERS[element.kind]}/{element.terraform_type.removeprefix(f'{provider.name}_')}.md"


def function_page_of(function: Function) -> str:
    """Return where a function's page stands, from the root of the reference."""
    return f"{FUNCTIONS}/{function.name}.md"


def way(here: str, there: str) -> str:
    """Return the relative address of one page on another."""
    return posixpath.relpath(there, posixpath.dirname(here) or ".")


def links_on(provider: Provider, functions: tuple[Function, ...], here: Element | Function) -> Link:
    """Return what finds the page of a type, an address (`data.shop_thing.it.id`) or a function (`provider::shop::f`).

    On that very page it finds nothing. Where a resource and a data source share a name, the bare name means the one of
    the page's own kind, else the resource.
    """
    pages = {(element.kind, element.terraform_type): page_of(provider, element) for element in provider.elements}
    called = {function.address: function_page_of(function) for function in functions}
    own_kind = here.kind if isinstance(here, Element) else None
    own = page_of(provider, here) if isinstance(here, Element) else function_page_of(here)

    def find(name: str) -> str | None:
        call = name.partition("(")[0]
        if call in called:
            return called[call]
        found = _ADDRESS.fullmatch(name)
        if found is None:
            return None
        kinds = sorted(_MODES[found["mode"]], key=lambda kind: kind is not own_kind)
        return next((pages[kind, found["type"]] for kind in kinds if (kind, found["type"]) in pages), None)

    def link(name: str) -> str | None:
        there = find(name)
        return None if there is None or there == own else way(own, there)

    return link
