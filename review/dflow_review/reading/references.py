"""Which resource a block's expressions refer to, through modules and their variables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_review.values import Plain

_KEY: Final = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]')
_ELSEWHERE: Final = frozenset({"each", "count", "path", "terraform", "self"})
_UNFOLLOWED: Final = "?"
"""In front of what is found and leads to no resource: `?local.groups`."""
_DEEPEST: Final = 50
"""Modules in modules, and variables through them; more is a circle."""


def without_keys(address: str) -> str:
    """Return an address without instance keys: `module.a["x"].b.c[0]` is one of `module.a.b.c`."""
    return _KEY.sub("", address) if "[" in address else address


@dataclass(frozen=True)
class Links:
    """What a block is tied to.

    Args:
        references: the addresses its expressions refer to, by top-level attribute.
        depends_on: the addresses it names there.
        unfollowed: what else its expressions refer to, by top-level attribute: local values, and variables and outputs
            that are written out and hold any text.
    """

    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    unfollowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


UNTIED: Final = Links()


def links_in(configuration: Plain, variables: Plain = None) -> dict[str, Links]:
    """Read the configuration of a plan: each block's links by its address without instance keys.

    Args:
        configuration: as the plan has it.
        variables: the values that the program was given, as the plan has them.
    """
    found: dict[str, Links] = {}
    if isinstance(configuration, dict):
        given = variables if isinstance(variables, dict) else {}
        values: dict[str, Plain] = {name: {"constant_value": _entry(each, "value")} for name, each in given.items()}
        root = _Module("", configuration.get("root_module"), None, values, (), {})
        _collect(root, found, 0)
    return found


@dataclass(frozen=True)
class _Module:
    """A module in the configuration.

    Args:
        prefix: of its addresses: `module.a.`; empty at the root.
        content: as the plan has it.
        parent: which calls it.
        inputs: the expressions it is called with; at the root, the values.
        depends_on: what the call waits for, in full.
        known: what variables and outputs of all modules were found to refer to.
    """

    prefix: str
    content: Plain
    parent: _Module | None
    inputs: Mapping[str, Plain]
    depends_on: tuple[str, ...]
    known: dict[tuple[str, str], tuple[str, ...]]

    def child(self, name: str) -> _Module | None:
        call = _entry(_entry(self.content, "module_calls"), name)
        if not isinstance(call, dict):
            return None
        inputs = call.get("expressions")
        return _Module(
            f"{self.prefix}module.{name}.",
            call.get("module"),
            self,
            inputs if isinstance(inputs, dict) else {},
            (*self.depends_on, *_resolved(self, _texts(call.get("depends_on")), 0)),
            self.known,
        )


def _collect(module: _Module, found: dict[str, Links], depth: int) -> None:
    resources = _entry(module.content, "resources")
    for block in resources if isinstance(resources, list) else ():
        if isinstance(block, dict):
            address = block.get("address")
            if isinstance(address, str):
                found[module.prefix + address] = _links(module, block)
    calls = _entry(module.content, "module_calls")
    if depth < _DEEPEST and isinstance(calls, dict):
        for name in calls:
            child = module.child(name)
            if child is not None:
                _collect(child, found, depth + 1)


def _links(module: _Module, block: dict[str, Plain]) -> Links:
    expressions = block.get("expressions")
    repeated = (*_named(block.get("for_each_expression")), *_named(block.get("count_expression")))
    references: dict[str, tuple[str, ...]] = {}
    unfollowed: dict[str, tuple[str, ...]] = {}
    if isinstance(expressions, dict):
        for attribute, expression in expressions.items():
            names = list(_named(expression))
            if repeated and any(name.startswith("each.") for name in names):
                names += repeated
            resolved, others = _parted(_resolved(module, names, 0))
            if resolved:
                references[attribute] = resolved
            if others:
                unfollowed[attribute] = others
    waits = (*module.depends_on, *_resolved(module, _texts(block.get("depends_on")), 0))
    if repeated:
        resolved, _ = _parted(_resolved(module, repeated, 0))
        if resolved:
            references.setdefault("for_each", resolved)
    return Links(references, _unique(waits), unfollowed) if references or waits or unfollowed else UNTIED


def _parted(names: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses of resources, and what leads to none."""
    found = _unique(names)
    others = tuple(name[len(_UNFOLLOWED) :] for name in found if name.startswith(_UNFOLLOWED))
    return tuple(name for name in found if not name.startswith(_UNFOLLOWED)) if others else found, others


def _named(expression: Plain) -> Iterator[str]:
    """List the references in an expression, or in a nested block's expressions."""
    stack: list[Plain] = [expression]
    while stack:
        match stack.pop():
            case {"references": list() as names}:
                yield from (name for name in names if isinstance(name, str))
            case dict() as nested if "constant_value" not in nested:
                stack.extend(nested.values())
            case list() as several:
                stack.extend(several)
            case _:
                pass


def _resolved(module: _Module, names: tuple[str, ...] | list[str], depth: int) -> list[str]:
    found: list[str] = []
    for name in names:
        found += _target(module, without_keys(name).split("."), depth)
    return found


def _target(module: _Module, parts: list[str], depth: int) -> list[str]:  # noqa: PLR0911 - one line for each kind
    if depth > _DEEPEST or len(parts) < 2 or parts[0] in _ELSEWHERE:
        return []
    match parts:
        case ["local", name, *_]:
            return [f"{_UNFOLLOWED}{module.prefix}local.{name}"]
        case ["var", variable, *_]:
            given = module.inputs.get(variable)
            if given is None:
                given = {"constant_value": _entry(_entry(_entry(module.content, "variables"), variable), "default")}
            return list(_through(module, module.parent, given, f"var.{variable}", depth))
        case ["module", name]:
            return [f"{module.prefix}module.{name}"] if depth == 0 else []
        case ["module", name, output, *_]:
            child = module.child(name)
            expression = _entry(_entry(_entry(child.content, "outputs"), output), "expression") if child else None
            return list(_through(module, child, expression, f"module.{name}.{output}", depth))
        case [("data" | "ephemeral") as mode, kind, name, *_]:
            return [f"{module.prefix}{mode}.{kind}.{name}"]
        case [kind, name, *_] if kind not in ("data", "ephemeral"):
            return [f"{module.prefix}{kind}.{name}"]
        case _:
            return []


def _through(here: _Module, there: _Module | None, expression: Plain, name: str, depth: int) -> tuple[str, ...]:
    """Follow a variable to the call, or an output into the module; each once, however often it is referred to."""
    key = (here.prefix, name)
    if key not in here.known:
        here.known[key] = ()  # what comes by here again on its way goes in a circle
        names = list(_named(expression))
        if names and there is not None:
            here.known[key] = _unique(_resolved(there, names, depth + 1))
        elif expression is None or _holds_text(expression):
            here.known[key] = (f"{_UNFOLLOWED}{here.prefix}{name}",)
    return here.known.get(key, ())


def _holds_text(expression: Plain) -> bool:
    """Say whether something that is written out has any text in it; `true`, a number and an empty list have none."""
    stack = [_entry(expression, "constant_value")]
    while stack:
        match stack.pop():
            case str() as text if text:
                return True
            case dict() as several:
                stack.extend(several.values())
            case list() as several:
                stack.extend(several)
            case _:
                pass
    return False


def _entry(value: Plain, key: str) -> Plain:
    return value.get(key) if isinstance(value, dict) else None


def _texts(value: Plain) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _unique(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
