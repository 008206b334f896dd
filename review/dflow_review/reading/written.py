"""What stands in a program where a value is known only to Terraform, so that two programs can be compared there."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dflow_review.values import Plain

_NAMED: Final = re.compile(r"\b(?:(var|local|module)\.([\w-]+)|data\.(\w+)\.([\w-]+))")
_OF_EACH: Final = re.compile(r"\b(?:each|count)\.")
_SECTIONS: Final = {"var": "variable", "local": "locals", "module": "module"}


class Written:
    """The expressions of one program, with what they name: variables, local values, modules and data sources.

    A resource that an expression names is told by its address alone: what it becomes is not known before apply.

    Args:
        content: the synthesized JSON.
    """

    def __init__(self, content: Mapping[str, Plain]) -> None:
        self._content = content
        self._known: dict[tuple[str, ...], str] = {}

    def behind(self, text: str, block: Mapping[str, Plain]) -> str:
        """Return what tells an expression from any that may lead to another value; for comparing, not for reading.

        Args:
            text: with the expression.
            block: the resource's, whose `for_each` and `count` say what `each` and `count` are.
        """
        repeated = json.dumps([block.get("for_each"), block.get("count")]) if _OF_EACH.search(text) else ""
        told = [text, repeated, *(self._told(name) for name in _names(text + repeated))]
        return _digest(told)

    def _told(self, name: tuple[str, ...]) -> str:
        """Return what tells all that a name leads to, by way of other names too."""
        if name not in self._known:
            reached, left = {name: self._block(name)}, [name]
            while left:
                for each in _names(reached[left.pop()]):
                    if each not in reached:
                        reached[each] = self._block(each)
                        left.append(each)
            self._known[name] = _digest(reached.values())
        return self._known[name]

    def _block(self, name: tuple[str, ...]) -> str:
        value: Plain = dict(self._content)
        for step in name:
            value = value.get(step) if isinstance(value, dict) else None
        return json.dumps(value, sort_keys=True)


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode(errors="surrogatepass")).hexdigest()


def _names(text: str) -> list[tuple[str, ...]]:
    found = (
        (_SECTIONS[kind], name) if kind else ("data", source, called)
        for kind, name, source, called in _NAMED.findall(text)
    )
    return list(dict.fromkeys(found))
