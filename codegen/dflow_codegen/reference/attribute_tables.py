"""The attributes of one type as tables: who gives a value first, nested objects in tables of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_codegen.model import Collection, Exposure, Field, Object, ObjectForm, Presence, Primitive, Tuple, Type
from dflow_codegen.reference.facts import ElementFacts, NoDefault
from dflow_codegen.reference.markdown import cell, code, literal, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_codegen.reference.markdown import Link

_GROUPS = {
    "Required": (Presence.REQUIRED,),
    "Optional": (Presence.OPTIONAL, Presence.OPTIONAL_COMPUTED),
    "Read-only": (Presence.COMPUTED,),
}
_HEAD = ("Name", "Type", "Meaning")


def attribute_tables(block: Object, facts: ElementFacts, link: Link) -> list[str]:
    """Return the paragraphs, headings of the third level among them; none for a type without attributes."""
    parts = []
    for group, fields in _grouped(block):
        parts += [f"### {group}", _table(fields, "", facts, link)]
    for path, nested in _nested(block, ""):
        parts.append(f'### <a id="{_anchor(path)}"></a>In {code(path)}')
        for group, fields in _grouped(nested):
            parts += [f"{group}:", _table(fields, f"{path}.", facts, link)]
    return parts


def _grouped(block: Object) -> Iterator[tuple[str, list[Field]]]:
    for group, presences in _GROUPS.items():
        fields = [field for field in block.fields if field.presence in presences]
        if fields:
            yield group, fields


def _table(fields: list[Field], prefix: str, facts: ElementFacts, link: Link) -> str:
    rows = []
    for field in fields:
        meaning = [cell(field.description, link), *_facts(field, f"{prefix}{field.name}", facts, link)]
        rows.append((code(field.name), _type(field, prefix), "<br>".join(part for part in meaning if part)))
    return table(_HEAD, rows)


def _facts(field: Field, path: str, facts: ElementFacts, link: Link) -> Iterator[str]:
    known = facts.of(path)
    if field.deprecated:
        yield "**Deprecated.**"
    if known.rules:
        yield f"*Value:* {'; '.join(cell(rule, link) for rule in known.rules)}."
    if known.default is not NoDefault.NO_DEFAULT:
        yield f"*Default:* {literal(known.default)}."
    if known.forces_replacement:
        yield "**A change makes a new object.**"
    if field.exposure is Exposure.WRITE_ONLY:
        yield "**Write-only.**"
    elif field.exposure is Exposure.SENSITIVE:
        yield "**Sensitive.**"


def _nested(block: Object, prefix: str) -> Iterator[tuple[str, Object]]:
    for field in block.fields:
        inner = _object(field.type)
        if inner is not None:
            yield f"{prefix}{field.name}", inner
            yield from _nested(inner, f"{prefix}{field.name}.")


def _object(type_: Type) -> Object | None:
    inner = type_.element if isinstance(type_, Collection) else type_
    return inner if isinstance(inner, Object) and inner.form is not ObjectForm.TYPE else None


def _type(field: Field, prefix: str) -> str:
    name = code(_notation(field.type))
    return name if _object(field.type) is None else f"[{name}](#{_anchor(f'{prefix}{field.name}')})"


def _anchor(path: str) -> str:
    return f"in-{path.replace('.', '-')}"


def _notation(type_: Type) -> str:
    match type_:
        case Primitive(name):
            return "any" if name == "dynamic" else name
        case Collection(kind, element):
            return f"{kind.value}({_notation(element)})"
        case Tuple(elements):
            return f"tuple([{', '.join(_notation(element) for element in elements)}])"
        case Object(ObjectForm.TYPE, fields):
            return f"object({{{', '.join(f'{field.name} = {_notation(field.type)}' for field in fields)}}})"
        case Object():
            return "object"
