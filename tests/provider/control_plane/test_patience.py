"""How long to wait before trying again."""

from datetime import UTC, datetime

import pytest

from dflow_provider.control_plane.patience import Patience, retry_after_s


def test_waits_double_up_to_a_limit():
    patience = Patience(first_wait_s=0.5, longest_wait_s=3.0, spread=lambda: 1.0)

    assert [patience.wait_after(attempt) for attempt in (1, 2, 3, 4, 50)] == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_waits_are_spread_from_nothing_to_the_limit():
    assert Patience(spread=lambda: 0.0).wait_after(3) == 0.0
    assert len({Patience().wait_after(3) for _ in range(20)}) > 10


def test_the_servers_word_is_a_lower_bound():
    assert Patience(first_wait_s=0.5, spread=lambda: 1.0).wait_after(1, retry_after_s=7.0) == 7.5


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("Sat, 22 Nov 2025 10:00:30 GMT", 30.0),
        ("Sat, 22 Nov 2025 09:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("-3", 0.0),
        ("", 0.0),
        (None, 0.0),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(header: str | None, seconds: float):
    assert retry_after_s(header, now=datetime(2025, 11, 22, 10, 0, 0, tzinfo=UTC)) == seconds
