import pickle
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise
from math import dist
from xml.etree import ElementTree as ET

import pytest

from dflow_review.errors import ReviewError
from dflow_review.finding import Verdicts
from dflow_review.outputs import png
from dflow_review.outputs.graph import graph_of
from dflow_review.outputs.layout import rows_of
from dflow_review.outputs.picture import mark, render
from dflow_review.reach import Movement, Reach
from dflow_review.review import Review

SVG = "{http://www.w3.org/2000/svg}"


def parsed(review):
    return ET.fromstring(render(review).encode())  # noqa: S314  what we wrote ourselves a moment ago


def test_boxes_of_a_column_stand_apart(ordinary):
    graph = graph_of(ordinary)
    rows = rows_of(graph)

    for column in {box.column for box in graph.boxes}:
        places = sorted(rows[box.key] for box in graph.boxes if box.column is column)
        assert all(below - above >= 1 for above, below in pairwise(places))
    assert min(rows.values()) == 0


def test_boxes_are_ordered_so_that_no_arrow_of_the_ordinary_change_crosses_one_between_other_nodes(ordinary):
    graph = graph_of(ordinary)
    rows = rows_of(graph)
    arrows = [(rows[arrow.start], rows[arrow.end]) for arrow in graph.arrows if arrow.end.startswith("database")]

    crossings = [(one, other) for one in arrows for other in arrows if one[0] < other[0] and one[1] > other[1]]
    assert crossings == []


def test_columns_stand_beside_each_other_in_the_middle(ordinary):
    graph = graph_of(ordinary)
    rows = rows_of(graph)

    middles = set()
    for column in {box.column for box in graph.boxes}:
        places = [rows[box.key] for box in graph.boxes if box.column is column]
        middles.add((min(places) + max(places)) / 2)
    assert len(middles) == 1


def test_signs_do_not_cover_each_other(build):
    databases = [replace(build.orders, id=name, name=name) for name in "abcd"]
    nodes = [("203.0.113.7/32", "fra-1"), ("203.0.113.8/32", "fra-2"), ("203.0.113.9/32", "fra-3")]
    changes = (
        build.change(each, (), tuple(build.opening(each, *node) for node in nodes), Movement.WIDENED)
        for each in databases
    )
    root = parsed(Review((build.plan(),), Reach(tuple(changes)), Verdicts(())))

    discs = [(float(each.get("cx")), float(each.get("cy"))) for each in root.iter(f"{SVG}circle")]
    assert len(discs) == 12 + 3  # three are the legend's
    assert all(dist(one, other) >= 17 for one, other in combinations(discs, 2))


def test_every_arrow_says_by_line_sign_and_words_what_becomes_of_it(ordinary):
    root = parsed(ordinary)
    arrows = [each for each in root.iter(f"{SVG}g") if each.get("data-status")]

    assert sorted(
        {(each.get("class"), each.findtext(f"{SVG}title"), each.findtext(f"{SVG}text")) for each in arrows}, key=str
    ) == [
        ("added", "added", "+"),
        ("removed", "removed", "\u2212"),
        ("same", "unchanged", None),
        ("unknown", "cannot tell", "?"),
    ]


def test_the_picture_has_a_name_and_a_description(ordinary):
    root = parsed(ordinary)

    assert root.get("role") == "img"
    names = {each.get("id"): each.text for each in root if each.get("id")}
    assert root.get("aria-labelledby") == "dflow-title dflow-about"
    assert names["dflow-title"] == "Who can reach which database"
    assert names["dflow-about"].startswith("1 database can be reached from more addresses")


def test_nothing_stands_outside_of_the_picture(ordinary):
    root = parsed(ordinary)
    width, height = int(root.get("width")), int(root.get("height"))

    for box in root.iter(f"{SVG}rect"):
        assert float(box.get("x", 0)) + float(box.get("width")) <= width
        assert float(box.get("y", 0)) + float(box.get("height")) <= height


def test_no_name_is_markup_or_a_reference(hostile):
    root = parsed(hostile)
    tags = {"svg", "style", "title", "desc", "rect", "path", "text", "g", "circle"}

    assert {each.tag.removeprefix(SVG) for each in root.iter()} == tags
    names = {name for each in root.iter() for name in each.keys()}  # noqa: SIM118  an element's keys are its attributes
    assert not {name for name in names if name.startswith("on") or "href" in name or name == "style"}


def test_a_name_stands_in_attributes_as_a_word():
    assert re.fullmatch("[0-9a-f]{12}", mark("a b\"'<\ud800"))
    assert mark("production") != mark("staging")


def test_a_review_without_allowlists_is_a_picture_that_says_so():
    assert "No allowlist in what was reviewed" in render(Review((), Reach(()), Verdicts(())))


@pytest.mark.parametrize("review", ["ordinary", "hostile"])
def test_the_picture_is_the_same_in_another_process(review, request, tmp_path):
    """Also with another seed of Python's hashes."""
    path = tmp_path / "review.pickle"
    path.write_bytes(pickle.dumps(request.getfixturevalue(review)))
    program = (
        "import pickle, sys; from dflow_review.outputs import html, markdown, json, sarif, junit, terminal\n"
        "review = pickle.load(open(sys.argv[1], 'rb'))\n"
        "for form in (html, markdown, json, sarif, junit, terminal): sys.stdout.write(form.render(review))"
    )
    ran = [
        subprocess.run(
            [sys.executable, "-c", program, str(path)],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert ran[0] == ran[1]
    assert b"<svg" in ran[0]


def test_the_png_is_a_picture_twice_as_wide(ordinary):
    try:
        drawn = png.render(ordinary)
    except ReviewError as error:
        if error.title != "No font for PNG":
            raise
        pytest.skip(error.detail)

    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(drawn[16:20], "big") == 2 * int(parsed(ordinary).get("width"))


@pytest.mark.parametrize(
    ("library", "form", "title"),
    [("networkx", "html", "pictures"), ("numpy", "picture", "pictures"), ("resvg_py", "png", "PNG")],
)
def test_a_library_that_is_missing_is_named_with_the_way_out(library, form, title, tmp_path):
    program = (
        f"import sys; sys.modules[{library!r}] = None\n"
        "from dflow_review.errors import ReviewError\n"
        "from dflow_review.finding import Verdicts\n"
        f"from dflow_review.outputs import {form}\n"
        "from dflow_review.ranges import NOBODY, AddressSet\n"
        "from dflow_review.reach import *\n"
        "from dflow_review.review import Review\n"
        "database = Database('a', 'a')\n"
        "entry = Opening(Source(AddressSet.of(['203.0.113.7']), 'fra-1'), database, None, 'a.b')\n"
        "change = DatabaseChange(database, None, (entry,), (entry,), Movement.SAME, NOBODY, NOBODY)\n"
        "try:\n"
        f"    {form}.render(Review((), Reach((change,)), Verdicts(())))\n"
        "except ReviewError as error:\n"
        "    print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout.startswith(f"No library for {title}: ")
    assert "pip install 'dflow-cdktf[review]'" in ran.stdout


def test_the_other_forms_need_no_library_at_all():
    program = (
        "import sys\n"
        "from dflow_review.outputs import html, json, junit, markdown, mermaid, picture, png, sarif, terminal\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'networkx', 'numpy', 'resvg_py', 'jsii', 'grpc', 'boto3', 'urllib3'}))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def test_the_description_tells_who_joins_and_leaves(joined):
    about = next(each.text for each in parsed(joined) if each.get("id") == "dflow-about")

    assert about.startswith(
        "1 database can be reached from more Environments. canary joins fra-1, whose address is on "
    )
    assert "old leaves fra-1" in about
