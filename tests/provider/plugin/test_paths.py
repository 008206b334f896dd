"""Addresses for Terraform, and for people."""

from __future__ import annotations

import pytest

from dflow_provider.plugin.coding import address
from dflow_provider.plugin.paths import attribute_path
from dflow_provider.schema import DYNAMIC, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf

TYPE = ObjectOf(
    {
        "map": MapOf(ObjectOf({"inner": ListOf(STRING)})),
        "set": SetOf(ObjectOf({"inner": STRING})),
        "any": DYNAMIC,
        "pair": TupleOf((STRING, MapOf(STRING))),
    }
)


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        (
            ("map", "a b", "inner", 0),
            [
                ("attribute_name", "map"),
                ("element_key_string", "a b"),
                ("attribute_name", "inner"),
                ("element_key_int", 0),
            ],
        ),
        (("set", 0, "inner"), [("attribute_name", "set")]),
        (("any", "x"), [("attribute_name", "any")]),
        (("pair", 1, "k"), [("attribute_name", "pair"), ("element_key_int", 1), ("element_key_string", "k")]),
        (("pair", 2), [("attribute_name", "pair")]),
        (("nothing",), []),
        ((), []),
    ],
)
def test_a_path_goes_as_far_as_terraform_can_follow(path, steps):
    """A set's elements have no address, and what does not exist has none either."""
    written = attribute_path(TYPE, path).steps

    assert [(one.WhichOneof("selector"), getattr(one, one.WhichOneof("selector"))) for one in written] == steps


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("name",), "name"),
        (("ports", 0, "scheme"), "ports[0].scheme"),
        (("entries", "fra-1", "cidr"), 'entries["fra-1"].cidr'),
        ((), ""),
    ],
)
def test_people_read_a_path_as_terraform_prints_it(path, text):
    """Dots for attributes, brackets for positions and odd keys."""
    assert address(path) == text
