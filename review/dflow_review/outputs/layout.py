"""Where the boxes of a picture stand: in an order in which few arrows cross, and placed by networkx."""

from __future__ import annotations

from bisect import bisect_right, insort
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, Final

from dflow_review.errors import ReviewError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dflow_review.outputs.graph import Graph

_ROUNDS: Final = 24
"""By turns from left to right and back; more did not better any picture that was tried."""

_Columns = dict[int, list[str]]
_Neighbours = dict[str, list[str]]


def rows_of(graph: Graph) -> Mapping[str, float]:
    """Return for each box, by its key, how many rows from the top it stands; two in a column are a row apart or more.

    Raises:
        ReviewError: networkx is not installed, or NumPy, which it needs.
    """
    if not graph.boxes:
        return {}
    try:
        import networkx as nx  # noqa: PLC0415  an optional library, and only pictures need it
        import numpy as np  # noqa: F401, PLC0415  networkx asks for it when it is too late to say so
    except ImportError as missing:
        raise ReviewError(
            "No library for pictures",
            "SVG, PNG and HTML are laid out by networkx with NumPy, one of which is not installed. "
            "Install them with `pip install 'dflow-cdktf[review]'`, or take `--format mermaid`, which needs nothing.",
        ) from missing
    drawing = nx.DiGraph()
    drawing.add_nodes_from(box.key for box in graph.boxes)
    drawing.add_edges_from((arrow.start, arrow.end) for arrow in graph.arrows)
    walk: list[str] = []
    ways = drawing.to_undirected()
    for part in nx.connected_components(ways):
        # Two steps to an end of the longest way, from where all others are met one after the other.
        far = _last(nx.bfs_tree(ways, min(part)))
        walk += nx.dfs_preorder_nodes(ways, _last(nx.bfs_tree(ways, far)))
    columns = _ordered(graph, walk)
    places = nx.multipartite_layout(drawing, subset_key=columns, align="vertical")
    # The library fits the whole into a square: its rows are as far apart as they are in the tallest column.
    tallest = max(columns.values(), key=len)
    row = (places[tallest[-1]][1] - places[tallest[0]][1]) / max(len(tallest) - 1, 1) or 1.0
    top = places[tallest[0]][1]
    return {box.key: round(float((places[box.key][1] - top) / row), 2) for box in graph.boxes}


def _last(keys: Iterable[str]) -> str:
    return list(keys)[-1]


def _ordered(graph: Graph, walk: list[str]) -> _Columns:
    """Return the keys of each column in the order with the fewest crossings that barycentres lead to.

    Args:
        graph: the boxes and arrows.
        walk: every box, in an order to begin with besides that of the graph.
    """
    ends = sorted({(arrow.start, arrow.end) for arrow in graph.arrows})
    before: _Neighbours = {}
    after: _Neighbours = {}
    for start, end in ends:
        before.setdefault(end, []).append(start)
        after.setdefault(start, []).append(end)
    numbers = {box.key: int(box.column) for box in graph.boxes}
    best, fewest = None, 0
    for every in ([*numbers], walk):
        columns: _Columns = {}
        for key in every:
            columns.setdefault(numbers[key], []).append(key)
        for turn in range(_ROUNDS):
            if turn:
                order = sorted(columns, reverse=turn % 2 == 0)
                columns = _swept(columns, order, before if turn % 2 else after)
            columns = _exchanged(columns, (before, after))
            crossings = _crossings(columns, after)
            if best is None or crossings < fewest:
                best, fewest = columns, crossings
    return best or {}


def _swept(columns: _Columns, numbers: Iterable[int], neighbours: _Neighbours) -> _Columns:
    """Order one column after the other by where the neighbours of its boxes stand on the average."""
    found = dict(columns)
    at = _positions(columns)
    for number in numbers:
        middles = {each: fmean(at[other] for other in neighbours.get(each, [each])) for each in found[number]}
        found[number] = sorted(found[number], key=lambda key: (middles[key], at[key]))
        at |= _positions({number: found[number]})
    return found


def _exchanged(columns: _Columns, sides: tuple[_Neighbours, _Neighbours]) -> _Columns:
    """Exchange boxes with the next in their column as long as fewer of their arrows cross for it."""
    found = {number: [*column] for number, column in columns.items()}
    at = _positions(found)
    for column in found.values():
        again = True
        while again:
            again = False
            for place, (upper, lower) in enumerate(pairwise([*column])):
                if column[place] != upper:
                    continue  # it has moved up a moment ago
                if _over(lower, upper, sides, at) < _over(upper, lower, sides, at):
                    column[place : place + 2] = lower, upper
                    again = True
        at |= _positions({0: column})
    return found


def _over(upper: str, lower: str, sides: tuple[_Neighbours, _Neighbours], at: Mapping[str, float]) -> int:
    """Count the arrows of two boxes that cross if one stands above the other."""
    found = 0
    for neighbours in sides:
        ends = sorted(at[each] for each in neighbours.get(upper, ()))
        found += sum(len(ends) - bisect_right(ends, at[each]) for each in neighbours.get(lower, ()))
    return found


def _positions(columns: _Columns) -> dict[str, float]:
    """Return how far each box stands from the middle of its column."""
    return {key: position - (len(column) - 1) / 2 for column in columns.values() for position, key in enumerate(column)}


def _crossings(columns: _Columns, after: _Neighbours) -> int:
    """Count pairs of arrows that cross: those that begin above each other and end below."""
    at = _positions(columns)
    found = 0
    for column in columns.values():
        ends: list[float] = []
        for key in column:
            below = sorted(at[each] for each in after.get(key, ()))
            found += sum(len(ends) - bisect_right(ends, each) for each in below)
            for each in below:
                insort(ends, each)
    return found
