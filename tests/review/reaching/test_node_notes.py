"""What notes of dFlow's say."""

from __future__ import annotations

import pytest

from dflow_review.reaching.node_notes import NOTHING_SAID, Said, said_in


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("dflow: orders from fra-1 (shop/orders)", Said("orders", ("fra-1",), "shop/orders")),
        ("dflow: from fra-1 (shop/orders)", Said("", ("fra-1",), "shop/orders")),
        ("dflow: orders (shop/orders)", Said("orders", (), "shop/orders")),
        ("dflow: (shop/orders)", Said("", (), "shop/orders")),
        (
            "dflow: orders from fra-1, fra-2 and 30 more (blog/orders, shop/orders)",
            Said("orders", ("fra-1", "fra-2"), "blog/orders, shop/orders"),
        ),
        ("office", NOTHING_SAID),
        ("dflow: orders from fra-1", NOTHING_SAID),
        ("", NOTHING_SAID),
    ],
)
def test_a_note_is_read_as_it_was_written(note: str, said: Said) -> None:
    assert said_in(note) == said
