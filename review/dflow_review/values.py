"""Planned values as a plan knows them: there, not there, not known before apply, or hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, TypeAlias

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
"""A JSON value."""

_LONGER_THAN_A_PORT: Final = len("65535") + 1


class Missing(Enum):
    """Why there is no value to look at."""

    ABSENT = auto()
    """The attribute is not set, or there is no such attribute."""
    UNKNOWN = auto()
    """It is known only after apply."""
    SENSITIVE = auto()
    """The plan has it and marks it sensitive. It is never looked at, except by the search for secrets."""


@dataclass(frozen=True)
class Block:
    """One side of a planned change: what a resource was, or will be.

    Args:
        values: the JSON object of attributes; sensitive values are in it too.
        unknown: the same structure with `True` where a value is known only after apply.
        sensitive: the same structure with `True` where a value is sensitive.
    """

    values: dict[str, Plain]
    unknown: Plain = field(default_factory=dict)
    sensitive: Plain = field(default_factory=dict)

    def get(self, *path: str | int) -> Plain | Missing:
        """Return the value at a path of attribute names and positions, or why there is none.

        A container is returned as it is if nothing in it is unknown or sensitive; otherwise its worst mark counts:
        look at its elements one by one with `keys` or `length`.
        """
        if len(path) == 1 and isinstance(path[0], str):  # as most are, so that it pays to be quick
            unknown, sensitive = _mark_of(self.unknown, path[0]), _mark_of(self.sensitive, path[0])
            value = self.values.get(path[0])
        else:
            unknown, sensitive = _marks_at(self.unknown, path), _marks_at(self.sensitive, path)
            value = _at(self.values, path)
        if unknown is True:
            return Missing.UNKNOWN
        if sensitive is True:
            return Missing.SENSITIVE
        if value is None:
            return Missing.ABSENT
        if unknown and any_mark(unknown):
            return Missing.UNKNOWN
        return Missing.SENSITIVE if sensitive and any_mark(sensitive) else value

    def text(self, *path: str | int) -> str | Missing:
        """Return a string; anything else that is there counts as absent."""
        value = self.get(*path)
        return value if isinstance(value, str | Missing) else Missing.ABSENT

    def number(self, *path: str | int) -> int | Missing:
        """Return a whole number; anything else that is there counts as absent."""
        value = self.get(*path)
        if isinstance(value, Missing):
            return value
        return value if isinstance(value, int) and not isinstance(value, bool) else Missing.ABSENT

    def port(self, *path: str | int) -> int | None:
        """Return a port, which some providers write as a text; nothing if there is none, or none yet."""
        value = self.get(*path)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < _LONGER_THAN_A_PORT:
            value = int(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def keys(self, *path: str | int) -> tuple[str, ...] | Missing:
        """Return the keys of a map or nested object, even if some of its values are unknown."""
        if _marks_at(self.unknown, path) is True:
            return Missing.UNKNOWN
        value = _at(self.values, path)
        return tuple(value) if isinstance(value, dict) else Missing.ABSENT

    def length(self, *path: str | int) -> int | Missing:
        """Return how many elements a list or set has, even if some of them are unknown."""
        if _marks_at(self.unknown, path) is True:
            return Missing.UNKNOWN
        value = _at(self.values, path)
        return len(value) if isinstance(value, list) else Missing.ABSENT


def _mark_of(marks: Plain, name: str) -> Plain:
    return marks.get(name) if isinstance(marks, dict) else marks is True


def _marks_at(marks: Plain, path: tuple[str | int, ...]) -> Plain:
    """Return the marks of a place; `True` if it, or everything around it, is marked."""
    for step in path:
        if not marks or marks is True:
            return marks
        marks = _step(marks, step)
    return marks


def _at(value: Plain, path: tuple[str | int, ...]) -> Plain:
    for step in path:
        value = _step(value, step)
    return value


def _step(value: Plain, step: str | int) -> Plain:
    if isinstance(value, dict):
        return value.get(step) if isinstance(step, str) else None
    if isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
        return value[step]
    return None


def any_mark(marks: Plain) -> bool:
    """Say whether anything is marked. However deep the marks are, they take no room on the stack."""
    if not isinstance(marks, dict | list):
        return marks is True
    left: list[Plain] = [marks]
    while left:
        each = left.pop()
        if each is True:
            return True
        if each and isinstance(each, dict):
            left.extend(each.values())
        elif each and isinstance(each, list):
            left.extend(each)
    return False


NOTHING: Final = Block({})
"""A side on which the resource does not exist."""
