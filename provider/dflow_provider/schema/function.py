"""Provider functions: what a configuration computes by `provider::dflow::<name>(…)`, without asking anybody."""

from __future__ import annotations

from enum import Flag, auto
from typing import TYPE_CHECKING, ClassVar, Protocol

from dflow_provider.schema.attribute import Exposure
from dflow_provider.schema.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.schema.types import Type
    from dflow_provider.schema.values import Value


class Accepts(Flag):
    """What a parameter takes besides known values.

    For any other argument Terraform does not call the function: a null is its own error, an unknown makes the result
    unknown.
    """

    KNOWN = 0
    NULL = auto()
    UNKNOWN = auto()


@record
class Parameter:
    """One parameter.

    Args:
        name: Terraform's name for it, snake case; it stands in messages and on the reference page alone.
        type: its type.
        description: Markdown for the reference page.
        accepts: whether nulls and unknowns reach the function.
        exposure: SENSITIVE keeps the argument out of messages and logs. Whether the result is sensitive is decided
            by Terraform, from the arguments it was given.
    """

    name: str
    type: Type
    description: str
    accepts: Accepts = Accepts.KNOWN
    exposure: Exposure = Exposure.PLAIN


@record
class Signature:
    """What a function takes and returns.

    Args:
        summary: one line of plain text.
        description: Markdown for the reference page.
        parameters: the parameters, in their order.
        returns: the type of the result.
        variadic: takes any number of further arguments, one by one.
    """

    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    returns: Type
    variadic: Parameter | None = None

    def parameter(self, position: int) -> Parameter | None:
        """Return the parameter that an argument belongs to, counted from 0; nothing if there is none."""
        return self.parameters[position] if position < len(self.parameters) else self.variadic


class Function(Protocol):
    """A pure function: the same arguments give the same result. It needs no configured provider."""

    signature: ClassVar[Signature]

    def call(self, arguments: Sequence[Value]) -> Value:
        """Return the result; the arguments are as many as the signature says, and of its types.

        Raises:
            FunctionError: the arguments are refused.
        """


class FunctionError(Exception):
    """Why a function has no result: what was found, why it is refused and what to do.

    Args:
        text: the story, in full sentences.
        argument: position of the argument it is about, counted from 0; nothing for the call as a whole.
    """

    def __init__(self, text: str, argument: int | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.argument = argument
