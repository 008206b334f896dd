"""Attributes and schemas: what a resource, data source or provider block may hold."""

from __future__ import annotations

from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from dflow_provider.schema.record import record
from dflow_provider.schema.types import ListOf, MapOf, ObjectOf, SetOf, Type

if TYPE_CHECKING:
    from dflow_provider.schema.values import Value


class Presence(Enum):
    """Who gives an attribute its value."""

    REQUIRED = auto()
    OPTIONAL = auto()
    COMPUTED = auto()
    OPTIONAL_COMPUTED = auto()


class Exposure(Enum):
    """Where an attribute's value may be seen.

    SENSITIVE is hidden in Terraform's output and stands in the state. WRITE_ONLY never leaves the configuration: the
    layer blanks it in plan and state, and hooks read it from `config`.
    """

    PLAIN = auto()
    SENSITIVE = auto()
    WRITE_ONLY = auto()


class OnChange(Enum):
    """What a changed value means for an existing object."""

    UPDATE = auto()
    REPLACE = auto()


class NestingMode(Enum):
    """How often a nested object occurs, and what addresses it."""

    SINGLE = auto()
    LIST = auto()
    SET = auto()
    MAP = auto()


@record
class Nested:
    """A nested object, or a collection of them, with attributes of its own."""

    nesting: NestingMode
    attributes: tuple[Attribute, ...]


class Validator(Protocol):
    """A check of one configured value; it sees no null and no unknown, and asks nobody."""

    @property
    def description(self) -> str:
        """What holds for a good value, for the reference page: `one of app, docker`."""

    def problem(self, value: Value) -> str | None:
        """Say what is wrong with the value and what to do, or nothing; the layer adds the attribute's address."""


class _NoDefault(Enum):
    NO_DEFAULT = auto()


NO_DEFAULT = _NoDefault.NO_DEFAULT


@record
class Attribute:
    """One attribute.

    Args:
        name: Terraform's name for it, snake case.
        type: its type, or the nested object it holds.
        presence: who gives the value. An attribute with a default is OPTIONAL_COMPUTED.
        description: Markdown for the reference page: how it differs from its neighbours, its unit, its default as
            behaviour.
        exposure: where its value may be seen.
        default: the planned value where the configuration says nothing.
        on_change: REPLACE plans a new object instead of an update.
        recomputed_with: for a computed attribute, the attributes whose change makes its planned value unknown; with
            none, the value once learnt stays until the object is replaced.
        validators: checks of a configured value.
    """

    name: str
    type: Type | Nested
    presence: Presence
    description: str
    exposure: Exposure = Exposure.PLAIN
    default: Value | _NoDefault = NO_DEFAULT
    on_change: OnChange = OnChange.UPDATE
    recomputed_with: tuple[str, ...] = ()
    validators: tuple[Validator, ...] = ()

    @cached_property
    def value_type(self) -> Type:
        """The type of the attribute's value, nested objects included."""
        if not isinstance(self.type, Nested):
            return self.type
        item = ObjectOf({attribute.name: attribute.value_type for attribute in self.type.attributes})
        match self.type.nesting:
            case NestingMode.SINGLE:
                return item
            case NestingMode.LIST:
                return ListOf(item)
            case NestingMode.SET:
                return SetOf(item)
            case NestingMode.MAP:
                return MapOf(item)


@record
class Schema:
    """The attributes of one block. `version` counts changes of the state's layout, from 0."""

    description: str
    attributes: tuple[Attribute, ...]
    version: int = 0

    @cached_property
    def value_type(self) -> ObjectOf:
        """The type of a whole configuration, plan or state."""
        return ObjectOf({attribute.name: attribute.value_type for attribute in self.attributes})
