"""dFlow's `{{ … }}` expressions, as dFlow reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from dflow_constructs.engine import Engine

_EXPRESSION = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_REFERENCE = re.compile(r"([a-zA-Z_][\w-]*)\.([a-zA-Z_]\w*)", re.ASCII)
_PREFIXES = "|".join(engine.reference_prefix for engine in Engine)
_OF_AN_ENGINE = re.compile(rf"({_PREFIXES}|MARIA)_[A-Z_]+")

PUBLIC_DOMAIN = "DFLOW_PUBLIC_DOMAIN"
"""The name under which every App or Docker Service offers its domain."""

EMPTY = "DFLOW_NOTHING"
"""The name of a variable that no Service has, so that a reference to it comes out empty."""


class ReferenceField(Enum):
    """What of a database a reference can ask for; the value is the end of the reference's name."""

    URI = "URI"
    NAME = "NAME"
    USERNAME = "USERNAME"
    PASSWORD = "PASSWORD"  # noqa: S105 - the end of a name, no password
    HOST = "HOST"
    PORT = "PORT"


class PublicField(Enum):
    """What of a database a reference can ask for only once it is exposed."""

    PUBLIC_URI = "PUBLIC_URI"
    PUBLIC_HOST = "PUBLIC_HOST"
    PUBLIC_PORT = "PUBLIC_PORT"


@dataclass(frozen=True)
class Reference:
    """A variable of another Service of the same Environment, by the Service's name in dFlow."""

    service: str
    variable: str

    def __str__(self) -> str:
        return f"{{{{ {self.service}.{self.variable} }}}}"


def expressions(text: str) -> tuple[str, ...]:
    """Return what stands between each pair of double braces."""
    return tuple(_EXPRESSION.findall(text))


def without_expressions(text: str) -> str:
    """Return the text with every expression taken out."""
    return _EXPRESSION.sub("", text)


def references(text: str) -> tuple[Reference, ...]:
    """Return every reference in the text, in order; what is no reference is left out."""
    return tuple(found for expression in expressions(text) if (found := parsed(expression)) is not None)


def parsed(expression: str) -> Reference | None:
    """Read one expression as a reference, or return nothing if dFlow would not."""
    found = _REFERENCE.fullmatch(expression)
    return Reference(*found.groups()) if found else None


def fields_of(engine: Engine) -> tuple[ReferenceField, ...]:
    """Return what a Database Service of the engine has; a Redis has neither a name nor a user that dFlow would find."""
    missing = {ReferenceField.NAME, ReferenceField.USERNAME} if engine is Engine.REDIS else set()
    return tuple(field for field in ReferenceField if field not in missing)


def names_of(engine: Engine) -> tuple[str, ...]:
    """Return the variables a Database Service of the engine can be asked for."""
    return tuple(f"{engine.reference_prefix}_{field.value}" for field in fields_of(engine))


def public_names_of(engine: Engine) -> tuple[str, ...]:
    """Return the variables a Database Service of the engine answers only while it is exposed."""
    return tuple(f"{engine.reference_prefix}_{field.value}" for field in PublicField)


def asks_a_database(variable: str) -> bool:
    """Say whether dFlow takes a variable's name for one of a database, whatever Service it is asked of."""
    return _OF_AN_ENGINE.fullmatch(variable) is not None
