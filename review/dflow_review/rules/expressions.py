"""dFlow's `{{ … }}` expressions, as dFlow reads them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_EXPRESSION: Final = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_REFERENCE: Final = re.compile(r"([a-zA-Z_][\w-]*)\.([a-zA-Z_]\w*)", re.ASCII)
GENERATED: Final = re.compile(r"secret\(")
"""How an expression begins for which dFlow makes up a value."""

PREFIXES: Final = {
    "clickhouse": "CLICKHOUSE",
    "mariadb": "MARIADB",
    "mongo": "MONGO",
    "mysql": "MYSQL",
    "postgres": "POSTGRES",
    "redis": "REDIS",
}
"""Engines of dFlow → what the names of their variables begin with."""
PRIVATE: Final = ("URI", "NAME", "USERNAME", "PASSWORD", "HOST", "PORT")
PUBLIC: Final = ("PUBLIC_URI", "PUBLIC_HOST", "PUBLIC_PORT")
"""How the names end that are empty as long as the database is not exposed."""
_OF_A_DATABASE: Final = re.compile(rf"(?:{'|'.join(PREFIXES.values())}|MARIA)_[A-Z_]+")


class Reference(NamedTuple):
    """A variable of another service, by the service's name in dFlow."""

    service: str
    variable: str

    def __str__(self) -> str:
        return f"{{{{ {self.service}.{self.variable} }}}}"


def expressions(text: str) -> tuple[str, ...]:
    """Return what stands between each pair of double braces."""
    return tuple(_EXPRESSION.findall(text)) if "{{" in text else ()


def without_expressions(text: str) -> str:
    """Return the text with every expression taken out."""
    return _EXPRESSION.sub("", text) if "{{" in text else text


def reference_in(expression: str) -> Reference | None:
    """Read an expression as a reference, or return nothing if dFlow would not."""
    found = _REFERENCE.fullmatch(expression)
    return Reference(*found.groups()) if found else None


def is_of_a_database(variable: str) -> bool:
    """Say whether dFlow takes a variable's name for one of a database, whatever service it is asked of."""
    return _OF_A_DATABASE.fullmatch(variable) is not None
