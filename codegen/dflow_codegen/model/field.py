"""Attributes and nested blocks, which differ for a caller in nothing but how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dflow_codegen.model.types import Type


class Presence(Enum):
    """Who gives a value."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    COMPUTED = "computed"
    OPTIONAL_COMPUTED = "optional, computed if not given"

    @property
    def can_be_given(self) -> bool:
        """Whether a configuration may hold a value."""
        return self is not Presence.COMPUTED


class Exposure(Enum):
    """Where a value may be seen: a write-only one is in neither plan nor state and cannot be referred to."""

    PLAIN = auto()
    SENSITIVE = auto()
    WRITE_ONLY = auto()


@dataclass(frozen=True)
class Field:
    """One attribute or nested block under Terraform's name."""

    name: str
    type: Type
    presence: Presence
    description: str = ""
    exposure: Exposure = Exposure.PLAIN
    deprecated: bool = False
