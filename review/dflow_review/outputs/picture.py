"""The picture of a review as SVG: services, the Worker Nodes they run on, and the databases these reach."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from itertools import groupby
from math import dist
from typing import TYPE_CHECKING, Final

from dflow_review.outputs import wording
from dflow_review.outputs.connection import Status
from dflow_review.outputs.escape import columns, visible
from dflow_review.outputs.graph import Column, graph_of
from dflow_review.outputs.layout import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_review.outputs.graph import Arrow, Box, Graph
    from dflow_review.review import Review

_WIDTH: Final = 230
_HEIGHT: Final = 50
_ROW: Final = 68
_BESIDE: Final = 14
_GAP: Final = 120
_MARGIN: Final = 20
_TOP: Final = 54
_LEGEND: Final = 60
_SENTENCES: Final = 3
"""Environments that come or go by entries that stay, as the description tells them."""
_TITLE_SIZE: Final = 13
_SUBTITLE_SIZE: Final = 11 * 0.9  # not bold
_TITLES: Final = {Column.SERVICES: "Services", Column.NODES: "Worker Nodes", Column.DATABASES: "Databases"}
CLASSES: Final = {
    Status.ADDED: "added",
    Status.REMOVED: "removed",
    Status.UNKNOWN: "unknown",
    Status.SAME: "same",
}
_ALONG: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where on its arrow a sign may stand, of the whole way: the first place that no other sign covers."""

_SIGN: Final = 8.5
_SIGNS: Final = {Status.ADDED: "+", Status.REMOVED: "\u2212", Status.UNKNOWN: "?", Status.SAME: ""}

FONTS: Final = """system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", "Liberation Sans", Arial, sans-serif"""
"""One of them is on nearly every machine; resvg takes no name such as `system-ui` for one."""

STYLE: Final = """\
.paper { fill: #ffffff }
.box { fill: #f6f8fa; stroke: #6e7781; stroke-width: 1.2 }
.title { fill: #1f2328; font: 600 13px @FONTS@ }
.subtitle, .legend { fill: #57606a; font: 11px @FONTS@ }
.head { fill: #57606a; font: 600 12px @FONTS@ }
.arrow { fill: none; stroke: #6e7781; stroke-width: 1.2 }
.tip { fill: #6e7781 }
.sign { fill: #ffffff; font: 700 13px @FONTS@; text-anchor: middle }
.added .arrow { stroke: #116b3f; stroke-width: 3.2 }
.added .box { stroke: #116b3f; stroke-width: 2.4 }
.added .tip, .added .disc { fill: #116b3f }
.removed .arrow { stroke: #c0362c; stroke-width: 2.2; stroke-dasharray: 9 5 }
.removed .box { stroke: #c0362c; stroke-width: 2; stroke-dasharray: 9 5 }
.removed .tip, .removed .disc { fill: #c0362c }
.unknown .arrow { stroke: #8a5a00; stroke-width: 2.4; stroke-dasharray: 2 5; stroke-linecap: round }
.unknown .box { stroke: #8a5a00; stroke-width: 2; stroke-dasharray: 2 5 }
.unknown .tip, .unknown .disc { fill: #8a5a00 }
@media (prefers-color-scheme: dark) {
.paper { fill: #0d1117 }
.box { fill: #161b22; stroke: #8b949e }
.title { fill: #e6edf3 }
.subtitle, .legend, .head { fill: #9da7b1 }
.arrow { stroke: #8b949e }
.tip { fill: #8b949e }
.sign { fill: #0d1117 }
.added .arrow, .added .box { stroke: #3fb950 }
.added .tip, .added .disc { fill: #3fb950 }
.removed .arrow, .removed .box { stroke: #ff7b72 }
.removed .tip, .removed .disc { fill: #ff7b72 }
.unknown .arrow, .unknown .box { stroke: #e3b341 }
.unknown .tip, .unknown .disc { fill: #e3b341 }
}
""".replace("@FONTS@", FONTS)
"""Lines differ by width, dashes and a sign, not by colour alone; the later rules win where a device is dark."""


def render(review: Review) -> str:
    """Return the picture as a file.

    Raises:
        ReviewError: networkx or NumPy is not installed.
    """
    return drawing(review, f"<style>{STYLE}</style>") + "\n"


def drawing(review: Review, first: str = "") -> str:
    """Return the picture as an `svg` element.

    Arrows and boxes say in data attributes what they are about, names as `mark` writes them.

    Args:
        review: the review.
        first: what stands before everything else in the element.
    """
    graph = graph_of(review)
    rows = rows_of(graph)
    width = 2 * _MARGIN + 3 * _WIDTH + 2 * _GAP
    height = _TOP + int(max(rows.values(), default=0) * _ROW) + _HEIGHT + _LEGEND + _MARGIN
    places = {box.key: (_left(box.column), _TOP + rows[box.key] * _ROW) for box in graph.boxes}
    taken: list[tuple[float, float]] = []
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="dflow-title dflow-about">',
        first,
        '<title id="dflow-title">Who can reach which database</title>',
        f'<desc id="dflow-about">{_about(review)}</desc>',
        f'<rect class="paper" width="{width}" height="{height}"/>',
        *_heads(graph),
        *(
            _arrow(arrow, places, shift, taken)
            for arrow, shift in sorted(_side_by_side(graph.arrows), key=_goes_on_top)
        ),
        *(_box(box, _status_of(box, graph), places[box.key]) for box in graph.boxes),
        *_legend(height, _not_drawn(review, graph)),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def _about(review: Review) -> str:
    sentences = wording.of_environments(review)
    more = f"{len(sentences) - _SENTENCES} more like this." if len(sentences) > _SENTENCES else ""
    said = (f"{wording.headline(review)}.", *sentences[:_SENTENCES], more)
    return " ".join(_text(each, 300) for each in said if each)


def mark(name: str) -> str:
    """Return what stands for a name in data attributes: a word whatever the name is made of."""
    return sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:12]


def marks(names: tuple[str, ...]) -> str:
    """Return what stands for several names."""
    return " ".join(map(mark, names))


def _left(column: Column) -> int:
    return _MARGIN + column * (_WIDTH + _GAP)


def _heads(graph: Graph) -> Iterator[str]:
    if not graph.boxes:
        yield f'<text class="title" x="{_MARGIN}" y="{_TOP}">No allowlist in what was reviewed</text>'
    for column in Column:
        if any(box.column is column for box in graph.boxes):
            yield f'<text class="head" x="{_left(column)}" y="32">{_TITLES[column]}</text>'


def _status_of(box: Box, graph: Graph) -> Status:
    """Return what becomes of a box: it comes or goes if every arrow does that it has."""
    found = {arrow.status for arrow in graph.arrows if box.key in {arrow.start, arrow.end}}
    return found.pop() if len(found) == 1 else Status.SAME


def _box(box: Box, status: Status, place: tuple[int, float]) -> str:
    left, top = place
    indent = left + (20 if box.column is Column.SERVICES else 14)
    lid = 4 if box.column is Column.DATABASES else 0
    title_at = top + (21 if box.subtitle else 30) + lid
    full = visible(" ".join(part for part in (box.title, box.subtitle) if part))
    subtitle = _clipped(box.subtitle, _SUBTITLE_SIZE)
    about = f'data-environments="{marks(box.environments)}" data-databases="{marks(box.databases)}"'
    return (
        f'<g class="{CLASSES[status]}" data-box="{mark(box.key)}" {about}><title>{_text(full, 500)}</title>'
        f"{_shape(box.column, left, top)}"
        f'<text class="title" x="{indent}" y="{title_at:g}">{_clipped(box.title, _TITLE_SIZE)}</text>'
        + (f'<text class="subtitle" x="{indent}" y="{title_at + 15:g}">{subtitle}</text>' if subtitle else "")
        + "</g>"
    )


def _shape(column: Column, left: int, top: float) -> str:
    if column is Column.DATABASES:
        right, bottom = left + _WIDTH, top + _HEIGHT
        return (
            f'<path class="box" d="M{left} {top + 5:g} C{left} {top - 3:g} {right} {top - 3:g} {right} {top + 5:g} '
            f'V{bottom - 5:g} C{right} {bottom + 3:g} {left} {bottom + 3:g} {left} {bottom - 5:g} Z"/>'
            f'<path class="box" fill-opacity="0" d="M{left} {top + 5:g} C{left} {top + 12:g} {right} {top + 12:g} '
            f'{right} {top + 5:g}"/>'
        )
    radius = _HEIGHT / 2 if column is Column.SERVICES else 3
    return f'<rect class="box" x="{left}" y="{top:g}" width="{_WIDTH}" height="{_HEIGHT}" rx="{radius:g}"/>'


def _side_by_side(arrows: tuple[Arrow, ...]) -> Iterator[tuple[Arrow, float]]:
    """Return each arrow with how far from the middle it begins and ends, for several between the same boxes."""
    for _, several in groupby(arrows, key=lambda arrow: (arrow.start, arrow.end)):
        group = list(several)
        for number, arrow in enumerate(group):
            yield arrow, _BESIDE * (number - (len(group) - 1) / 2)


def _arrow(
    arrow: Arrow, places: Mapping[str, tuple[int, float]], shift: float, taken: list[tuple[float, float]]
) -> str:
    """Return an arrow, and add where its sign stands to the places that are taken."""
    (start_left, start_top), (end_left, end_top) = places[arrow.start], places[arrow.end]
    x1, y1 = start_left + _WIDTH, start_top + _HEIGHT / 2 + shift
    x2, y2 = end_left - 9, end_top + _HEIGHT / 2 + shift
    middle_x = (x1 + x2) / 2
    kind = CLASSES[arrow.status]
    about = f'data-environments="{marks(arrow.environments)}" data-databases="{marks(arrow.databases)}"'
    ends = f'data-start="{mark(arrow.start)}" data-end="{mark(arrow.end)}"'
    return (
        f'<g class="{kind}" data-status="{kind}" {ends} {about}><title>{escape(arrow.words)}</title>'
        f'<path class="arrow" d="M{x1:g} {y1:g} C{middle_x:g} {y1:g} {middle_x:g} {y2:g} {x2:g} {y2:g}"/>'
        f'<path class="tip" d="M{x2 + 9:g} {y2:g} l-11 -6 v12 z"/>'
        f"{_sign(arrow.status, *_sign_place((x1, y1), (x2, y2), taken)) if _SIGNS[arrow.status] else ''}</g>"
    )


def _sign_place(
    start: tuple[float, float], end: tuple[float, float], taken: list[tuple[float, float]]
) -> tuple[float, float]:
    places = [_on_arrow(start, end, along) for along in _ALONG]
    free = (place for place in places if all(dist(place, other) >= 2 * _SIGN for other in taken))
    place = next(free, places[0])
    taken.append(place)
    return place


def _on_arrow(start: tuple[float, float], end: tuple[float, float], along: float) -> tuple[float, float]:
    """Return the point of the curve that is some part of the way from its start."""
    level = along * along * (3 - 2 * along)
    bent = 1.5 * along * (1 - along) + along**3
    return round(start[0] + (end[0] - start[0]) * bent, 1), round(start[1] + (end[1] - start[1]) * level, 1)


def _goes_on_top(drawn: tuple[Arrow, float]) -> bool:
    return drawn[0].status is not Status.SAME


def _sign(status: Status, x: float, y: float) -> str:
    if not _SIGNS[status]:
        return ""
    disc = f'<circle class="disc" cx="{x:g}" cy="{y:g}" r="{_SIGN:g}"/>'
    return f'{disc}<text class="sign" x="{x:g}" y="{y + 4.5:g}">{_SIGNS[status]}</text>'


def _legend(height: int, rest: str) -> Iterator[str]:
    y = height - _MARGIN - 14
    for number, status in enumerate(Status):
        x = _MARGIN + number * 150
        yield (
            f'<g class="{CLASSES[status]}"><path class="arrow" d="M{x} {y} h44"/><path class="tip" d="M{x + 53} {y} '
            f'l-11 -6 v12 z"/>{_sign(status, x + 20, y)}</g><text class="legend" x="{x + 62}" y="{y + 4}">'
            f"{status.value}</text>"
        )
    if rest:
        yield f'<text class="legend" x="{_MARGIN + 4 * 150}" y="{y + 4}">{rest}</text>'


def _not_drawn(review: Review, graph: Graph) -> str:
    words = [f"{wording.counted(graph.left_out, 'more database')} not drawn"] if graph.left_out else []
    words += ["incomplete plan"] if any(plan.incomplete for plan in review.plans) else []
    return ", ".join(words)


def _clipped(text: str, size: float) -> str:
    """Return as much of a text as fits into a box, in letters of a size in pixels."""
    shown = visible(text, at_most=100)
    room = (_WIDTH - 38) / size
    if sum(map(_em, shown)) > room:
        room -= _em("…")
        for number, character in enumerate(shown):
            room -= _em(character)
            if room < 0:
                shown = f"{shown[:number]}…"
                break
    return escape(shown)


def _em(character: str) -> float:
    """Return the width of a letter in sizes of the font, as wide as the widest of `FONTS` has it in bold."""
    if character in "mwMW@%&…—":
        return 1.1
    if character in "iljftrI|.,:;'!()[]/ ":
        return 0.5
    if character.isascii():
        return 0.84 if character.isupper() or character in "<>=+~#_" else 0.72
    return 0.7 * columns(character)


def _text(text: str, at_most: int) -> str:
    return escape(visible(text, at_most=at_most))
