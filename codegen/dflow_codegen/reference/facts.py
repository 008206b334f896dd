"""What a reference document says beyond the schema: defaults, rules, what a change costs, what can be imported."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from dflow_codegen.errors import CodegenError
from dflow_codegen.model import Element, ElementKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class NoDefault(Enum):
    """Says that nothing is planned where the configuration is silent; null would be a value."""

    NO_DEFAULT = auto()


@dataclass(frozen=True)
class AttributeFacts:
    """Of one attribute. `rules` say what holds for a good value, as phrases: `one of app, docker`."""

    rules: tuple[str, ...] = ()
    forces_replacement: bool = False
    default: object = NoDefault.NO_DEFAULT


@dataclass(frozen=True)
class ElementFacts:
    """Of one type; attributes by their path without indexes, such as `source.provider`."""

    importable: bool = False
    attributes: Mapping[str, AttributeFacts] = field(default_factory=dict)

    def of(self, path: str) -> AttributeFacts:
        """Return what is known of an attribute, which may be nothing."""
        return self.attributes.get(path, AttributeFacts())


_SECTIONS = {
    ElementKind.RESOURCE: "resource_schemas",
    ElementKind.DATA_SOURCE: "data_source_schemas",
    ElementKind.EPHEMERAL_RESOURCE: "ephemeral_resource_schemas",
}


def facts_of(document: Mapping[str, Any], element: Element) -> ElementFacts:
    """Read what the document's section `reference` says of one element.

    Raises:
        CodegenError: the section is missing, or says nothing of the element.
    """
    try:
        reference = document["reference"]
        if element.kind is ElementKind.PROVIDER:
            said = reference["provider"]
        else:
            said = reference[_SECTIONS[element.kind]][element.terraform_type]
        return ElementFacts(
            importable=bool(said.get("importable", False)),
            attributes={path: _attribute(fact) for path, fact in said["attributes"].items()},
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise CodegenError(
            "Not a reference document",
            f"its section `reference` has nothing readable about the {element.kind.value} {element.terraform_type} "
            f"({error!r}); pages need the provider's reference document, which says more than its schema",
        ) from error


def _attribute(fact: Mapping[str, Any]) -> AttributeFacts:
    return AttributeFacts(
        rules=tuple(fact["rules"]),
        forces_replacement=bool(fact["forces_replacement"]),
        default=fact.get("default", NoDefault.NO_DEFAULT),
    )
