"""Query strings as the engine nests them."""

from urllib.parse import unquote

from dflow_provider.control_plane.query import encode, equals, segment


def test_names_nest_in_brackets():
    query = {"depth": 0, "where": equals(tenant="a", name="b"), "joins": {"services": False}}

    assert encode(query) == "depth=0&where[tenant][equals]=a&where[name][equals]=b&joins[services]=false"


def test_values_cannot_break_out():
    hostile = "a&limit=0#]=[ü/?"

    encoded = encode({"where": equals(name=hostile)})

    assert encoded.count("&") == 0
    assert encoded.count("[") == 2
    assert unquote(encoded.partition("=")[2]) == hostile


def test_a_document_id_is_one_segment_of_a_path():
    assert segment("../users?x=1") == "..%2Fusers%3Fx%3D1"
