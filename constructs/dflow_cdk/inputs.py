"""What a resource was given, checked when it is given and turned into Terraform's JSON at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, ClassVar

_NULL = "${null}"
"""Null as Terraform reads it from JSON; a `None` would be dropped on the way and the attribute be missing."""


class Kind(Enum):
    """What a value may be, as a person would say it. References to other resources may stand for every kind."""

    STRING = "a string"
    NUMBER = "a number"
    BOOL = "True or False"
    LIST = "a list"
    MAP = "a mapping with string keys"
    OBJECT = "an object of its generated class"
    ANY = "any value"


def check(owner: str, name: str, value: object, kind: Kind) -> None:
    """Refuse a value of the wrong kind; `None` means not given.

    Raises:
        TypeError: names the owner, the attribute, what was found and what is expected; never shows the value.
    """
    if value is None or _fits(value, kind):
        return
    raise TypeError(f"{owner}: {name} is {_article(type(value).__name__)}; pass {kind.value}")


_PLAIN: Mapping[Kind, type | tuple[type, ...]] = {
    Kind.STRING: str,
    Kind.NUMBER: (int, float),
    Kind.BOOL: bool,
    Kind.LIST: Sequence,
    Kind.MAP: Mapping,
}
_TEXT = (str, bytes)


def _fits(value: object, kind: Kind) -> bool:
    if kind is Kind.ANY or is_token(value):
        return True
    if kind is Kind.OBJECT:
        return isinstance(value, Nested)
    if (kind is Kind.LIST and isinstance(value, _TEXT)) or (kind is Kind.NUMBER and isinstance(value, bool)):
        return False
    return isinstance(value, _PLAIN[kind])


def is_token(value: object) -> bool:
    """Say whether a value is an object of the CDK, resolved when the stack is synthesized."""
    return hasattr(value, "__jsii_type__")


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


class Nested:
    """A nested object that can be given to a resource; the generated subclasses are frozen dataclasses."""

    FIELDS: ClassVar[Mapping[str, tuple[str, Kind]]] = {}
    """For each Python field Terraform's name and the kind of its value."""

    EVERY_FIELD: ClassVar[bool] = False
    """Whether Terraform wants fields that were not given spelled out as null (values of an `object` type)."""

    def __post_init__(self) -> None:
        for field, (name, kind) in self.FIELDS.items():
            check(type(self).__name__, name, getattr(self, field), kind)

    def to_terraform(self) -> dict[str, Any]:
        """Return the object under Terraform's names, without what was not given."""
        values = {name: getattr(self, field) for field, (name, _) in self.FIELDS.items()}
        return {name: terraform_value(value) for name, value in values.items() if value is not None or self.EVERY_FIELD}


def terraform_value(value: Any) -> Any:
    """Turn a value into what the CDK can carry: nested objects become dicts, sequences lists; references stay.

    Raises:
        TypeError: the value, or something within it, is nothing that Terraform knows.
    """
    if value is None:
        return _NULL
    if isinstance(value, str | int | float) or is_token(value):
        return value
    if isinstance(value, Nested):
        return value.to_terraform()
    if isinstance(value, Mapping):
        return {key: terraform_value(element) for key, element in value.items()}
    if isinstance(value, Sequence):
        return [terraform_value(element) for element in value]
    raise TypeError(f"a value of type {type(value).__name__} cannot be given to Terraform")
