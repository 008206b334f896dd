"""Terraform's values in Python.

| Terraform | Python |
|---|---|
| null | `None` |
| unknown | an `Unknown`, at any depth |
| string, bool | `str`, `bool` |
| number | `int` where whole, else `decimal.Decimal`; never `float` |
| list, set, tuple | `list`, in the order Terraform sent |
| map, object | `dict` with string keys; an object always has every attribute |
| dynamic | a `Dynamic`, which keeps the type beside the value |
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from dflow_provider.schema.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.schema.types import Type


@dataclass(frozen=True)
class Unknown:
    """A value that Terraform learns only at apply.

    `refinements` is what Terraform already promises about it, by the protocol's refinement numbers; two unknowns
    are equal whatever was promised.
    """

    refinements: Mapping[int, object] = field(default_factory=dict, compare=False)

    def __hash__(self) -> int:
        return hash(Unknown)

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


@record
class Dynamic:
    """A value of a `dynamic` attribute together with the type it brought along."""

    type: Type
    value: Value


Value = None | Unknown | Dynamic | str | bool | int | Decimal | list["Value"] | dict[str, "Value"]
Values = dict[str, Value]
"""One object: a configuration, a plan or a state, with every attribute of its schema present."""


def is_known(value: Value) -> bool:
    """Say whether neither the value nor anything inside it is unknown."""
    match value:
        case Unknown():
            return False
        case Dynamic(value=inner):
            return is_known(inner)
        case list():
            return all(is_known(element) for element in value)
        case dict():
            return all(is_known(element) for element in value.values())
        case _:
            return True
