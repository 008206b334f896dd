"""The picture of a review as Mermaid text, which GitHub and GitLab draw by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.outputs.connection import Status
from dflow_review.outputs.escape import visible
from dflow_review.outputs.graph import Column, graph_of

if TYPE_CHECKING:
    from dflow_review.outputs.graph import Arrow, Box
    from dflow_review.review import Review

_SHAPES: Final = {Column.SERVICES: ("([", "])"), Column.NODES: ("[", "]"), Column.DATABASES: ("[(", ")]")}
_TITLES: Final = {Column.SERVICES: "Services", Column.NODES: "Worker Nodes", Column.DATABASES: "Databases"}
_ARROWS: Final = {Status.ADDED: "==>", Status.REMOVED: "-.->", Status.UNKNOWN: "-.->", Status.SAME: "-->"}
_STROKES: Final = {
    Status.ADDED: "stroke:#1a7f37,stroke-width:3px",
    Status.REMOVED: "stroke:#cf222e,stroke-width:2px",
    Status.UNKNOWN: "stroke:#9a6700,stroke-width:2px",
    Status.SAME: "stroke:#8b949e,stroke-width:1px",
}
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:/_-")


def render(review: Review) -> str:
    """Return a flowchart from left to right. Every name is quoted, and spelled in codes where it is not plain."""
    graph = graph_of(review)
    names = {box.key: f"n{number}" for number, box in enumerate(graph.boxes)}
    lines = ["flowchart LR"]
    for column in Column:
        boxes = [box for box in graph.boxes if box.column is column]
        if boxes:
            lines.append(f'  subgraph c{column.value} ["{_TITLES[column]}"]')
            lines += [f"    {names[box.key]}{_box(box)}" for box in boxes]
            lines.append("  end")
    lines += [f"  {names[arrow.start]} {_line(arrow)} {names[arrow.end]}" for arrow in graph.arrows]
    for status, style in _STROKES.items():
        numbers = [str(number) for number, arrow in enumerate(graph.arrows) if arrow.status is status]
        if numbers:
            lines.append(f"  linkStyle {','.join(numbers)} {style}")
    if graph.left_out:
        lines.append(f'  rest["{graph.left_out} more databases are not drawn"]')
    if any(plan.incomplete for plan in review.plans):
        lines.append('  incomplete["The plan is incomplete"]')
    return "\n".join([*lines, ""])


def _line(arrow: Arrow) -> str:
    return _ARROWS[arrow.status] + (f"|{arrow.words}|" if arrow.status is not Status.SAME else "")


def _box(box: Box) -> str:
    left, right = _SHAPES[box.column]
    subtitle = f"<br/>{_quoted(box.subtitle)}" if box.subtitle else ""
    return f'{left}"{_quoted(box.title)}{subtitle}"{right}'


def _quoted(text: str) -> str:
    return "".join(
        character if character in _PLAIN or ord(character) > 0x7F else f"#{ord(character)};"
        for character in visible(text, at_most=60)
    )
