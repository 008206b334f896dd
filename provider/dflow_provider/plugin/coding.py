"""What the msgpack and the JSON form of a value have in common: errors with an address, and numbers."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dflow_provider.schema import Path

LONGEST_INTEGER = 4000
"""Digits up to which a whole number is an `int`. Python refuses to print much longer ones, and `1e999999999` would
fill the memory."""


DEEPEST = 100
"""Levels to which a dynamic value may be nested. Every other depth is the schema's, and everything that walks a value
calls itself: what could be read but not written would cost the object it belongs to."""


class CodingError(ValueError):
    """A value is not of its type, on its way in or out. `path` leads to it, in the field of a request if it has one."""

    def __init__(self, problem: str, path: Path = (), field: str = "") -> None:
        super().__init__(f"{address(path)}: {problem}" if path else problem)
        self.problem = problem
        self.path = path
        self.field = field


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


def require_shallow(type_notation: object, path: Path) -> None:
    """Refuse the type of a dynamic value that is nested too deeply, before anything calls itself on it.

    Raises:
        CodingError: it is.
    """
    level = [type_notation]
    for _ in range(DEEPEST - len(path)):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise CodingError(f"nested deeper than {DEEPEST} levels", path)


def _inside(notation: object) -> Iterable[object]:
    match notation:
        case list():
            return notation
        case dict():
            return notation.values()
        case _:
            return ()


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
