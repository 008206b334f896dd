"""From Terraform JSON that a program synthesized to a plan in which everything is new.

Nothing is evaluated but what needs no evaluation: references to local values that are written out, and `for_each` over
them. Whatever else stands in `${…}` is known only to Terraform, and so unknown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dflow_review.errors import ReviewError
from dflow_review.plan import Action, Mode, Plan, PlannedResource
from dflow_review.reading.besides import besides_blocks
from dflow_review.reading.expressions import about_cidr, every_cidr
from dflow_review.reading.references import without_keys
from dflow_review.reading.written import Written
from dflow_review.values import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_review.reading.document import Document
    from dflow_review.values import Plain

_META: Final = frozenset(
    {"//", "provider", "depends_on", "lifecycle", "for_each", "count", "provisioner", "connection"}
)
_EXPRESSION: Final = re.compile(r"\$\{(.*)\}", re.DOTALL)
_LITERAL: Final = re.compile(r"\"([^\"\\$%]*)\"")
_TRAVERSAL: Final = re.compile(r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[(?:\"[^\"\\]*\"|\d+)\])*")
_STEP: Final = re.compile(r"\.?([A-Za-z_][\w-]*)|\[\"([^\"\\]*)\"\]|\[(\d+)\]")
_NO_RESOURCE: Final = frozenset({"local", "var", "each", "count", "path", "terraform", "self", "module"})
_UNFOLLOWED: Final = frozenset({"local", "var", "module"})
_DEEPEST: Final = 100

MODULE: Final = "module."
"""How the addresses of modules begin. A synthesized program has calls of modules, and nothing of what is in them."""


def looks_synthesized(content: Mapping[str, Plain]) -> bool:
    """Say whether an object is Terraform's configuration in JSON."""
    return any(isinstance(content.get(key), dict) for key in ("resource", "data", "terraform", "provider"))


def plan_of_program(document: Document, name: str, where: str) -> Plan:
    """Read synthesized Terraform JSON.

    Raises:
        ReviewError: it is none.
    """
    reader = _Reader(document.content, where)
    resources = [*reader.resources("resource", Mode.MANAGED), *reader.resources("data", Mode.DATA)]
    resources.sort(key=lambda each: each.address)
    return Plan(
        name=name,
        sha256=document.sha256,
        format_version="",
        terraform_version="",
        resources=tuple(resources),
        besides=tuple(reader.with_expressions(each) for each in besides_blocks(document.content)),
    )


@dataclass(frozen=True)
class _Unknown:
    """Only Terraform knows.

    Args:
        text: as far as it could be followed.
    """

    text: str = ""


_UNKNOWN: Final = _Unknown()


class _Reader:
    """One program's resources.

    Args:
        content: the JSON.
        where: the file's name, for messages.
    """

    def __init__(self, content: dict[str, Plain], where: str) -> None:
        self._content = content
        self._where = where
        local = content.get("locals")
        self._locals: dict[str, Plain] = local if isinstance(local, dict) else {}
        self._sources = _sources(content)
        self._written = Written(content)

    def resources(self, section: str, mode: Mode) -> Iterator[PlannedResource]:
        for kind, blocks in self._objects(self._content.get(section), section):
            for name, block in self._objects(blocks, f"{section}.{kind}"):
                if not isinstance(block, dict):
                    raise self._wrong(f"{section}.{kind}.{name}")
                address = f"{kind}.{name}" if mode is Mode.MANAGED else f"data.{kind}.{name}"
                for key, each in self._instances(block):
                    yield self._resource(kind, address + key, block, each, mode)

    def with_expressions(self, besides: PlannedResource) -> PlannedResource:
        """Return a call of a module with what its arguments lead to; whatever else it is as it is."""
        if not besides.address.startswith(MODULE) or besides.after is None:
            return besides
        text = json.dumps(besides.after.values, sort_keys=True)
        return replace(besides, written={"": (self._written.behind(text, besides.after.values),)})

    def _objects(self, value: Plain, place: str) -> Iterator[tuple[str, Plain]]:
        if value is None:
            return
        if not isinstance(value, dict):
            raise self._wrong(place)
        yield from ((key, each) for key, each in value.items() if key != "//")

    def _wrong(self, place: str) -> ReviewError:
        return ReviewError(
            "synthesized JSON is malformed",
            f"{self._where} has no object at {place}, where one is expected. Synthesize it again.",
        )

    def _instances(self, block: dict[str, Plain]) -> Iterator[tuple[str, dict[str, Plain]]]:
        """Yield each instance's key and what `each` is in it; one without a key if only Terraform knows them."""
        if "for_each" in block:
            table = self._looked_up(block["for_each"], {})
            if isinstance(table, dict):
                for key, value in table.items():
                    yield f'["{key}"]', {"key": key, "value": value}
                return
            if isinstance(table, list) and all(isinstance(each, str) for each in table):
                for element in table:
                    yield f'["{element}"]', {"key": element, "value": element}
                return
        count = block.get("count")
        if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= len(self._content) + 10_000:
            for index in range(count):
                yield f"[{index}]", {}
            return
        yield "", {}

    def _resource(
        self, kind: str, address: str, block: dict[str, Plain], each: dict[str, Plain], mode: Mode
    ) -> PlannedResource:
        arguments = {key: value for key, value in block.items() if key not in _META}
        values: dict[str, Plain] = {}
        unknown: dict[str, Plain] = {}
        references: dict[str, tuple[str, ...]] = {}
        unfollowed: dict[str, tuple[str, ...]] = {}
        written: dict[str, tuple[str, ...]] = {}
        with_dynamic = self._with_dynamic(arguments, unknown)
        for key in unknown:
            written[key] = (self._written.behind(json.dumps(block.get("dynamic"), sort_keys=True), block),)
        for key, argument in with_dynamic.items():
            value, marks = self._evaluated(argument, each, 0)
            if value is not None:
                values[key] = value
            if marks:
                unknown[key] = marks
                written[key] = tuple(self._written.behind(text, block) for text in self._said(argument, each, 0))
            named, others = _references(argument)
            if named:
                references[key] = named
            if others:
                unfollowed[key] = others
        if mode is Mode.MANAGED:
            unknown.setdefault("id", True)
        waits = block.get("depends_on")
        return PlannedResource(
            address=address,
            type=kind,
            provider=self._sources.get(_local_name(kind, block), ""),
            action=Action.CREATE if mode is Mode.MANAGED else Action.READ,
            before=None,
            after=Block(values, unknown, {}),
            references=references,
            unfollowed=unfollowed,
            written=written,
            depends_on=tuple(
                sorted(without_keys(one) for one in waits if isinstance(one, str)) if isinstance(waits, list) else ()
            ),
            mode=mode,
        )

    def _with_dynamic(self, arguments: dict[str, Plain], unknown: dict[str, Plain]) -> dict[str, Plain]:
        """Write `dynamic` blocks out where their table is known."""
        dynamic = arguments.pop("dynamic", None)
        if not isinstance(dynamic, dict):
            return arguments
        for name, blocks in dynamic.items():
            written: list[Plain] = []
            for one in blocks if isinstance(blocks, list) else [blocks]:
                table = self._looked_up(one.get("for_each"), {}) if isinstance(one, dict) else _UNKNOWN
                if not isinstance(one, dict) or not isinstance(table, dict | list):
                    unknown[name] = True
                    continue
                iterator = one.get("iterator")
                label = iterator if isinstance(iterator, str) else name
                pairs = table.items() if isinstance(table, dict) else ((str(at), each) for at, each in enumerate(table))
                for key, value in pairs:
                    written.append(_bound(one.get("content"), label, {"key": key, "value": value}, 0))
            if name not in unknown:
                arguments[name] = written
        return arguments

    def _evaluated(self, argument: Plain, each: dict[str, Plain], depth: int) -> tuple[Plain, Plain]:
        """Return an argument's value, and which parts of it are unknown."""
        if depth > _DEEPEST:
            return None, True
        match argument:
            case str():
                value = self._looked_up(argument, each)
                if isinstance(value, _Unknown):
                    return None, True
                return (value, False) if not isinstance(value, dict | list) else self._evaluated(value, each, depth + 1)
            case dict():
                pairs = {key: self._evaluated(value, each, depth + 1) for key, value in argument.items()}
                marks: dict[str, Plain] = {key: mark for key, (_, mark) in pairs.items() if mark}
                values: dict[str, Plain] = {key: value for key, (value, _) in pairs.items()}
                return values, marks or False
            case list():
                items = [self._evaluated(value, each, depth + 1) for value in argument]
                known = [value for value, _ in items]
                return known, [mark for _, mark in items] if any(mark for _, mark in items) else False
            case _:
                return argument, False

    def _said(self, argument: Plain, each: dict[str, Plain], depth: int) -> Iterator[str]:
        """Yield the texts in an argument that only Terraform knows the value of, with the keys of maps before them."""
        if isinstance(argument, str):
            value = self._looked_up(argument, each)
            if isinstance(value, _Unknown):
                yield value.text
            elif isinstance(value, dict | list) and depth <= _DEEPEST:
                yield from self._said(value, each, depth + 1)
        elif isinstance(argument, dict) and depth <= _DEEPEST:
            for key, inner in argument.items():
                yield from (f"{key}: {text}" for text in self._said(inner, each, depth + 1))
        elif isinstance(argument, list) and depth <= _DEEPEST:
            for inner in argument:
                yield from self._said(inner, each, depth + 1)

    def _looked_up(self, argument: Plain, each: dict[str, Plain]) -> Plain | _Unknown:
        """Return what a text stands for, as far as it is written out somewhere."""
        for _ in range(_DEEPEST):
            if not isinstance(argument, str) or ("${" not in argument and "%{" not in argument):
                return argument.replace("$${", "${") if isinstance(argument, str) else argument
            if "${" not in argument.replace("$${", "") and "%{" not in argument.replace("%%{", ""):
                return argument.replace("$${", "${").replace("%%{", "%{")
            whole = _EXPRESSION.fullmatch(argument)
            found = self._traversed(whole[1].strip(), each) if whole else _UNKNOWN
            if isinstance(found, _Unknown):
                return _Unknown(argument)
            argument = found
        return _UNKNOWN

    def _traversed(self, expression: str, each: dict[str, Plain]) -> Plain | _Unknown:
        literal = _LITERAL.fullmatch(expression)
        if literal is not None:
            return literal[1]
        if _TRAVERSAL.fullmatch(expression) is None:
            return self._computed(expression, each)
        steps = [next(part for part in found if part) for found in _STEP.findall(expression)]
        roots: dict[str, dict[str, Plain]] = {"local": self._locals, "each": each}
        value: Plain = roots.get(steps[0])
        if value is None:
            return _UNKNOWN
        for step in steps[1:]:
            match value:
                case dict() if step in value:
                    value = value[step]
                case list() if step.isdigit() and int(step) < len(value):
                    value = value[int(step)]
                case _:
                    return _UNKNOWN
        return value

    def _computed(self, expression: str, each: dict[str, Plain]) -> Plain | _Unknown:
        """Carry out what the constructs write around CIDRs, as far as these are written out."""
        about = about_cidr(expression)
        if about is not None:
            name, function = about
            cidr = self._looked_up(f"${{{name}}}", each)
            try:
                return function(cidr) if isinstance(cidr, str) else _UNKNOWN
            except ValueError:
                return _UNKNOWN
        listed = every_cidr(expression)
        table = self._looked_up(f"${{{listed[0]}}}", each) if listed else _UNKNOWN
        if listed is None or not isinstance(table, dict):
            return _UNKNOWN
        cidrs = [row.get("cidr") if isinstance(row, dict) else None for row in table.values()]
        if not listed[1]:
            return cidrs
        known = [cidr for cidr in cidrs if isinstance(cidr, str) and "${" not in cidr]
        return ",".join(dict.fromkeys(known)) if len(known) == len(cidrs) else _UNKNOWN


def _bound(content: Plain, label: str, iteration: dict[str, Plain], depth: int) -> Plain:
    """Write a dynamic block's content with its element in place."""
    match content:
        case str():
            whole = _EXPRESSION.fullmatch(content)
            steps = whole[1].strip().split(".") if whole else []
            if steps[:1] != [label]:
                return content
            value: Plain = dict(iteration)
            for step in steps[1:]:
                if not isinstance(value, dict) or step not in value:
                    return content
                value = value[step]
            return value
        case dict() if depth < _DEEPEST:
            return {key: _bound(value, label, iteration, depth + 1) for key, value in content.items()}
        case list() if depth < _DEEPEST:
            return [_bound(value, label, iteration, depth + 1) for value in content]
        case _:
            return content


def _references(argument: Plain) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the resources that the expressions in an argument name, and what else they name that may hold a value."""
    found: set[str] = set()
    others: set[str] = set()
    stack = [argument]
    while stack:
        value = stack.pop()
        match value:
            case str() if "${" in value:
                for text in _TRAVERSAL.findall(value):
                    parts = without_keys(text).split(".")
                    if parts[0] == "data" and len(parts) > 2:
                        found.add(".".join(parts[:3]))
                    elif len(parts) > 2 and parts[0] not in _NO_RESOURCE and "_" in parts[0]:
                        found.add(".".join(parts[:2]))
                    elif len(parts) > 1 and parts[0] in _UNFOLLOWED:
                        others.add(".".join(parts[:2]))
            case dict():
                stack.extend(value.values())
            case list():
                stack.extend(value)
            case _:
                pass
    return tuple(sorted(found)), tuple(sorted(others))


def _sources(content: Mapping[str, Plain]) -> dict[str, str]:
    match content.get("terraform"):
        case {"required_providers": dict() as providers}:
            return {name: source for name, row in providers.items() if (source := _source(row))}
        case {"required_providers": [dict() as providers]}:
            return {name: source for name, row in providers.items() if (source := _source(row))}
        case _:
            return {}


def _source(row: Plain) -> str:
    match row:
        case {"source": str() as source}:
            return "/".join(source.split("/")[-2:])
        case _:
            return ""


def _local_name(kind: str, block: dict[str, Plain]) -> str:
    provider = block.get("provider")
    return provider.split(".")[0].strip("${}") if isinstance(provider, str) else kind.split("_", maxsplit=1)[0]
