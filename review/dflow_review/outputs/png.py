"""The picture of a review as PNG, for where SVG is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.errors import ReviewError
from dflow_review.outputs import picture

if TYPE_CHECKING:
    from dflow_review.review import Review

_PROBE: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{}</svg>'
_ZOOM: Final = 2.0


def render(review: Review) -> bytes:
    """Return the picture with two pixels for each of its own, on white.

    The bytes are the same on machines with the same fonts: letters are drawn with what is installed.

    Raises:
        ReviewError: networkx, NumPy or resvg is not installed, or no font is.
    """
    drawn = picture.render(review)
    try:
        import resvg_py  # noqa: PLC0415  an optional library, and only this needs it
    except ImportError as missing:
        raise ReviewError(
            "No library for PNG",
            "PNG is drawn by resvg_py, which is not installed. "
            "Install it with `pip install 'dflow-cdktf[review]'`, or take `--format svg`.",
        ) from missing
    letter = f"<text x='5' y='30' font-size='30' font-family='{picture.FONTS}'>x</text>"
    with_letter, without = (resvg_py.svg_to_bytes(svg_string=_PROBE.format(each)) for each in (letter, ""))
    if bytes(with_letter) == bytes(without):
        raise ReviewError(
            "No font for PNG",
            f"This machine has none of the fonts {picture.FONTS}, and a picture without names tells nothing. "
            "Install one (on Debian and Ubuntu: apt install fonts-dejavu-core), or take `--format svg`.",
        )
    return bytes(resvg_py.svg_to_bytes(svg_string=drawn, zoom=_ZOOM, background="white"))
