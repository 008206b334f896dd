"""Findings that somebody accepted."""

from __future__ import annotations

import datetime as dt

import pytest

from dflow_review.acknowledgements import acknowledge, read_acknowledgements
from dflow_review.errors import ReviewError
from dflow_review.finding import Acknowledgement, Answer, Finding
from dflow_review.rules import RULES

RULE = {rule.id: rule for rule, _ in RULES}
TODAY = dt.date(2026, 11, 22)
COMPLETE = {
    "rule": '"DFLOW041"',
    "address": '"dflow_neon_allowlist.orders"',
    "reason": '"one node for now"',
    "who": '"ada@example.net"',
}
ACCEPTED = Acknowledgement("DFLOW041", "dflow_neon_allowlist.orders", "one node for now", "ada@example.net")


def finding(rule="DFLOW041", address="dflow_neon_allowlist.orders", answer=Answer.FINDING):
    return Finding(RULE[rule], address, "found", answer)


@pytest.fixture
def file(tmp_path):
    """Write a file of entries, each with the complete one's keys and what is given."""

    def write(*entries):
        path = tmp_path / "dflow-review.toml"
        lines = []
        for entry in entries:
            given = {key: value for key, value in {**COMPLETE, **entry}.items() if value is not None}
            lines += ["[[acknowledge]]", *(f"{key} = {value}" for key, value in given.items())]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def text(tmp_path):
    def write(content):
        path = tmp_path / "dflow-review.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_without_a_file_everything_is_open():
    assert acknowledge([finding()], None, TODAY).open == (finding(),)


def test_an_empty_file_acknowledges_nothing(text):
    assert acknowledge([finding()], text(""), TODAY).open == (finding(),)


def test_a_finding_is_acknowledged_by_rule_and_address(file):
    others = [finding("DFLOW023"), finding(address="dflow_neon_allowlist.billing")]

    verdicts = acknowledge([finding(), *others], file({}), TODAY)

    assert verdicts.acknowledged == ((finding(), ACCEPTED),)
    assert set(verdicts.open) == set(others)
    assert (verdicts.unused, verdicts.expired) == ((), ())


@pytest.mark.parametrize(
    ("pattern", "address", "fits"),
    [
        ("dflow_neon_allowlist.*", "dflow_neon_allowlist.orders", True),
        ("module.*.dflow_neon_allowlist.orders", 'module.a["x"].module.b.dflow_neon_allowlist.orders', True),
        ('a.b["x"]', 'a.b["x"]', True),
        ('a.b["*"]', 'a.b["x"]', True),
        ("a.b[0]", "a.b0", False),
        ("a.?", "a.b", False),
        ("a.b", "a.bc", False),
        ("a.b", "module.m.a.b", False),
        ("a.B", "a.b", False),
        ("a.*b*", "a." + "a" * 5_000, False),
    ],
)
def test_an_address_may_hold_stars_and_nothing_else_is_special(file, pattern, address, fits):
    verdicts = acknowledge([finding(address=address)], file({"address": f"'{pattern}'"}), TODAY)

    assert bool(verdicts.acknowledged) is fits


def test_what_cannot_be_told_can_be_acknowledged_and_a_crash_cannot(file):
    unsure, crashed = finding(answer=Answer.CANNOT_TELL), finding(answer=Answer.RULE_CRASHED)

    verdicts = acknowledge([unsure, crashed], file({}), TODAY)

    assert [each for each, _ in verdicts.acknowledged] == [unsure]
    assert verdicts.open == (crashed,)


def test_an_acknowledgement_that_fits_nothing_is_reported(file):
    verdicts = acknowledge([finding()], file({}, {"rule": '"DFLOW001"'}), TODAY)

    assert [each.rule_id for each in verdicts.unused] == ["DFLOW001"]


@pytest.mark.parametrize(("end", "counts"), [("2026-11-22", True), ('"2026-11-23"', True), ("2026-11-21", False)])
def test_an_acknowledgement_counts_to_the_end_of_its_last_day(file, end, counts):
    verdicts = acknowledge([finding()], file({"expires": end}), TODAY)

    assert bool(verdicts.acknowledged) is counts
    assert bool(verdicts.expired) is not counts
    assert verdicts.open == (() if counts else (finding(),))


def test_an_expired_acknowledgement_that_fits_nothing_is_unused(file):
    verdicts = acknowledge([], file({"expires": "2020-01-01"}), TODAY)

    assert [each.expires for each in verdicts.unused] == ["2020-01-01"]
    assert verdicts.expired == ()


def test_a_renewed_acknowledgement_counts_and_the_old_one_is_reported(file):
    verdicts = acknowledge([finding()], file({"expires": "2020-01-01"}, {"expires": "2027-01-01"}), TODAY)

    assert [each.expires for _, each in verdicts.acknowledged] == ["2027-01-01"]
    assert [each.expires for each in verdicts.expired] == ["2020-01-01"]


def test_the_same_acknowledgement_twice_counts_once(file):
    assert read_acknowledgements(file({}, {})) == [ACCEPTED]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"reason": None}, "entry 1 has no reason, so nobody could tell later why it was accepted"),
        ({"reason": '"  "'}, "has no reason"),
        ({"who": None}, "has no who, so nobody could be asked later"),
        ({"who": "7"}, "has no who"),
        ({"rule": None}, "has no rule"),
        ({"address": None}, "has no address"),
        ({"rule": '"DFLOW999"'}, "names the rule 'DFLOW999', and there is none of that id"),
        ({"address": '"*"'}, "on every resource there will ever be"),
        ({"address": '"*.*"'}, "on every resource there will ever be"),
        ({"address": '"*_*"'}, "on every resource there will ever be"),
        ({"address": '"*o*"'}, "on every resource there will ever be"),
        ({"address": '"d*_*.*"'}, "on every resource there will ever be"),
        ({"expires": '"tomorrow"'}, "an `expires` that is no day"),
        ({"expires": "2026-12-31T00:00:00Z"}, "an `expires` that is no day"),
        ({"expires": "7"}, "an `expires` that is no day"),
        ({"expiry": "2026-12-31"}, "has 'expiry', and address, expires, reason, rule, who are known"),
    ],
)
def test_an_entry_that_is_not_complete_is_refused(file, entry, said):
    with pytest.raises(ReviewError) as refused:
        read_acknowledgements(file(entry))

    assert refused.value.title == "acknowledgements are not valid"
    assert said in refused.value.detail


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[acknowledge]\nrule = 'x'", "write [[acknowledge]]"),
        ("acknowledge = [1]", "entry 1 is no table"),
        ("[[acknowledged]]", "has 'acknowledged', and only [[acknowledge]] is known"),
        ("rule = ", "is no TOML"),
        (b"\xff\xfe", "is not UTF-8 text"),
        ("a = " + "[" * 100_000, "no"),
        ("#" * (1 << 21), "has more than 1 MiB"),
    ],
)
def test_a_file_that_is_none_is_refused(text, content, said):
    with pytest.raises(ReviewError) as refused:
        read_acknowledgements(text(content))

    assert said in refused.value.detail


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ReviewError, match="No such file") as refused:
        read_acknowledgements(tmp_path / "none.toml")

    assert refused.value.title == "acknowledgements cannot be read"
