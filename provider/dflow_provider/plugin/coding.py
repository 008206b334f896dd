"""What the msgpack and the JSON form of a value have in common: errors with an address, and numbers."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dflow_provider.schema import Path

LONGEST_INTEGER = 4000
"""Digits up to which a whole number is an `int`. Python refuses to print much longer ones, and `1e999999999` would
fill the memory."""


class CodingError(ValueError):
    """A value is not of its type, on its way in or out. `path` leads to it."""

    def __init__(self, problem: str, path: Path = ()) -> None:
        super().__init__(f"{address(path)}: {problem}" if path else problem)
        self.problem = problem
        self.path = path


def address(path: Path) -> str:
    """Write a path the way Terraform prints it: `entries["fra-1"].cidr`, `ports[0].scheme`."""
    text = ""
    for position, step in enumerate(path):
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.isidentifier():
            text += step if position == 0 else f".{step}"
        else:
            text += f'["{step}"]'
    return text


def number_from_text(text: str, path: Path) -> int | Decimal:
    """Read a decimal number, whole ones as `int`."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_nan():
        raise CodingError(f"{text[:40]!r} is not a number", path)
    return whole_if_possible(number)


def whole_if_possible(number: Decimal) -> int | Decimal:
    """Turn `5` and `5.0` into an `int`; leave fractions, infinity and astronomic numbers alone."""
    if number.is_finite() and number.adjusted() <= LONGEST_INTEGER and number == number.to_integral_value():
        return int(number)
    return number


def number_text(number: int | Decimal) -> str:
    """Write a number in full, so that nothing is lost to binary fractions."""
    if isinstance(number, Decimal) and number.is_finite() and abs(number.adjusted()) <= LONGEST_INTEGER:
        return f"{number:f}"
    return str(number)
