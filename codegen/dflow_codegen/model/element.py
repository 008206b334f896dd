"""A provider and what it offers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dflow_codegen.model.types import Object


class ElementKind(Enum):
    """What a top-level block of a configuration is."""

    PROVIDER = "provider"
    RESOURCE = "resource"
    DATA_SOURCE = "data source"
    EPHEMERAL_RESOURCE = "ephemeral resource"


@dataclass(frozen=True)
class Element:
    """One type of top-level block: `terraform_type` is Terraform's name of it, such as `dflow_environment`."""

    kind: ElementKind
    terraform_type: str
    block: Object
    description: str = ""
    deprecated: bool = False


@dataclass(frozen=True)
class Provider:
    """A provider under its source address without the default registry: `dflow-cdktf/dflow`.

    `elements` are sorted by kind, then by type; the provider's own configuration is the first.
    """

    source: str
    name: str
    elements: tuple[Element, ...]
