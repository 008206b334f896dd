"""Wanted entries: one for each address, with a note that can be read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dflow_provider.allowlists.entry import Author, NamedAddress, ReadNote, read_note, wanted_entries
from dflow_vendors import AWS_SECURITY_GROUP, Family

FORM = AWS_SECURITY_GROUP.note


def test_nodes_of_one_address_come_together_in_the_order_of_their_names():
    entries = wanted_entries(
        [
            NamedAddress("b", "203.0.113.7"),
            NamedAddress("c", "2001:DB8::7"),
            NamedAddress("a", "203.0.113.7/32"),
        ],
        Author("shop/orders", "orders"),
        FORM,
    )

    assert [(entry.cidr, entry.family, entry.nodes) for entry in entries] == [
        ("203.0.113.7/32", Family.IPV4, ("a", "b")),
        ("2001:db8::7/128", Family.IPV6, ("c",)),
    ]
    assert entries[0].note == "dflow: orders from a, b (shop/orders)"


def test_descriptions_somebody_asked_for_take_the_note_s_place():
    entries = wanted_entries(
        [
            NamedAddress("a", "203.0.113.7", "first"),
            NamedAddress("b", "203.0.113.7", "second"),
            NamedAddress("c", "203.0.113.7", "first"),
            NamedAddress("d", "203.0.113.7"),
        ],
        Author("shop/orders"),
        FORM,
    )

    assert [entry.note for entry in entries] == ["first; second"]


@pytest.mark.parametrize(
    ("author", "nodes", "note"),
    [
        (Author("shop"), ["fra-1"], "dflow: from fra-1 (shop)"),
        (Author("shop", "orders"), ["fra-1", "fra-2"], "dflow: orders from fra-1, fra-2 (shop)"),
        (Author("shop", "Örders?"), ['fra"1'], "dflow: -rders- from fra-1 (shop)"),
    ],
)
def test_a_note_names_database_nodes_and_owner_in_the_vendor_s_characters(author, nodes, note):
    assert author.note(nodes, FORM) == note


def test_nodes_that_do_not_fit_into_a_note_are_counted():
    note = Author("shop/orders", "orders").note([f"node-{number:03}" for number in range(100)], FORM)

    assert len(note) <= 255
    assert note.startswith("dflow: orders from node-000, node-001, ")
    assert note.endswith(" and 79 more (shop/orders)")
    assert len(read_note(note).nodes) == 21


_names = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)


@given(st.lists(_names, min_size=1, max_size=5, unique=True), st.none() | _names)
def test_a_note_that_was_written_can_be_read(nodes, database):
    author = Author("shop/orders", database)

    assert read_note(author.note(nodes, FORM)) == ReadNote(database, tuple(nodes), "shop/orders")


@given(st.lists(st.text(min_size=1), max_size=40), st.none() | st.text())
def test_a_note_always_fits_the_vendor_s_field(nodes, database):
    note = Author("shop/orders", database).note(nodes, FORM)

    assert len(note) <= FORM.longest
    assert all(FORM.allowed.fullmatch(character) for character in note)


@pytest.mark.parametrize("text", [None, "", "by hand", "dflow: orders", "dflow: from fra-1"])
def test_any_other_text_is_not_taken_for_one_of_ours(text):
    assert read_note(text) is None


def test_an_address_that_was_not_refused_before_is_an_error_of_the_caller():
    with pytest.raises(ValueError, match="'nowhere' of a is not an address"):
        wanted_entries([NamedAddress("a", "nowhere")], Author("shop"), FORM)
