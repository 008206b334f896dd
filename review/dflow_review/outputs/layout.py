"""Where the boxes of a picture stand: igraph orders them so that few arrows cross."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.errors import ReviewError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_review.outputs.graph import Graph

_ROUNDS: Final = 100


def rows_of(graph: Graph) -> Mapping[str, float]:
    """Return for each box, by its key, how many rows from the top it stands; two in a column are a row apart or more.

    Raises:
        ReviewError: igraph is not installed.
    """
    if not graph.boxes:
        return {}
    try:
        import igraph  # noqa: PLC0415  an optional library, and only pictures need it
    except ImportError as missing:
        raise ReviewError(
            "No library for pictures",
            "SVG, PNG and HTML are laid out by igraph, which is not installed. "
            "Install it with `pip install 'dflow-cdktf[review]'`, or take `--format mermaid`, which needs nothing.",
        ) from missing
    numbers = {box.key: number for number, box in enumerate(graph.boxes)}
    drawing = igraph.Graph(
        n=len(numbers),
        edges=[(numbers[arrow.start], numbers[arrow.end]) for arrow in graph.arrows],
        directed=True,
    )
    layers = [int(box.column) for box in graph.boxes]
    places = drawing.layout_sugiyama(layers=layers, hgap=1, vgap=1, maxiter=_ROUNDS)
    top = min(places[number][0] for number in numbers.values())
    return {key: round(float(places[number][0] - top), 2) for key, number in numbers.items()}
