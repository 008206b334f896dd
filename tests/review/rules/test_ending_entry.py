"""DFLOW024 and DFLOW025: entries that end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dflow_review.rules.ending_entry import entries_have_not_expired, entries_last

LIST = "dflow_neon_allowlist.orders"
CHECKS = [entries_have_not_expired, entries_last]


def ending(scene, moment):
    return scene.subject(scene.change((), [scene.entry("203.0.113.7", node="fra-1", expires_at=moment)]))


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("moment", ["", "2026-12-07T00:00:00Z", "2031-01-01T00:00:00+01:00"])
def test_passes_entries_that_last(scene, asked, check, moment):
    assert asked(check, ending(scene, moment)) == []


@pytest.mark.parametrize("moment", ["2026-11-21T23:59:59Z", "2026-11-22T00:30:00+01:00", "2020-01-01T00:00:00Z"])
def test_finds_entries_that_ended(scene, asked, moment):
    assert asked(entries_have_not_expired, ending(scene, moment)) == [LIST]
    assert asked(entries_last, ending(scene, moment)) == []


@pytest.mark.parametrize("moment", ["2026-11-22T00:00:00Z", "2026-12-06T23:00:00Z"])
def test_finds_entries_that_end_soon(scene, asked, moment):
    assert asked(entries_last, ending(scene, moment)) == [LIST]
    assert asked(entries_have_not_expired, ending(scene, moment)) == []


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("moment", ["tomorrow", "9999-12-31T23:59:59-23:59"])
def test_cannot_tell_of_an_end_that_is_no_moment(scene, asked, check, moment):
    assert asked(check, ending(scene, moment)) == [f"{LIST} (cannot tell)"]


@pytest.mark.parametrize("check", CHECKS)
def test_cannot_tell_without_knowing_the_day(scene, asked, check):
    subject = replace(ending(scene, "2026-12-31T18:00:00Z"), today=None)

    assert asked(check, subject) == [f"{LIST} (cannot tell)"]


@pytest.mark.parametrize("check", CHECKS)
def test_survives_values_of_the_wrong_type(odd_subjects, check):
    assert [list(check(subject)) for subject in odd_subjects]
