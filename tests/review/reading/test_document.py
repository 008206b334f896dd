"""Whatever the bytes are, there is an answer in words."""

from __future__ import annotations

import hashlib
import json

import pytest

from dflow_review.errors import ReviewError
from dflow_review.reading.document import parse

GOOD = b'{"format_version": "1.2"}'


def _refused(data: bytes) -> ReviewError:
    with pytest.raises(ReviewError) as refused:
        parse(data, "plan.json")
    assert "plan.json" in refused.value.detail
    assert len(refused.value.title.split()) <= 6
    return refused.value


def test_a_document_knows_the_hash_of_its_bytes() -> None:
    document = parse(GOOD, "plan.json")
    assert document.content == {"format_version": "1.2"}
    assert document.sha256 == hashlib.sha256(GOOD).hexdigest()


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert parse(b"\xef\xbb\xbf" + GOOD, "plan.json").content == {"format_version": "1.2"}


@pytest.mark.parametrize(
    ("data", "title"),
    [
        pytest.param(b"", "plan is empty", id="nothing"),
        pytest.param(b" \n\t ", "plan is empty", id="white space"),
        pytest.param(b"PK\x03\x04rest", "plan is not JSON", id="the file of terraform plan -out"),
        pytest.param(b'{"a": "\xff"}', "plan is not UTF-8", id="Latin 1"),
        pytest.param(GOOD[:-4], "plan is cut off", id="truncated in a text"),
        pytest.param(b'{"a": [1, 2', "plan is cut off", id="truncated in a list"),
        pytest.param(b'{"a": }', "plan is not JSON", id="a hole"),
        pytest.param(b"Terraform will perform", "plan is not JSON", id="the plan for people"),
        pytest.param(b'{"a": NaN}', "plan is not JSON", id="no number"),
        pytest.param(b'{"a": -Infinity}', "plan is not JSON", id="no end"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "plan is not JSON", id="a number without end"),
        pytest.param(b'{"a": 1, "a": 2}', "plan has a key twice", id="a key twice"),
        pytest.param(b'{"b": [{"a": 1, "a": 1}]}', "plan has a key twice", id="a key twice, deep"),
        pytest.param(b'{"a": "\\ud800"}', "plan is not Unicode", id="half a character"),
        pytest.param(b'{"a": ' * 200_000, "plan is nested too deeply", id="deep objects"),
        pytest.param(b"[" * 500_000, "plan is nested too deeply", id="deep lists"),
        pytest.param(b"[]", "plan is no object", id="a list"),
        pytest.param(b'"plan"', "plan is no object", id="a text"),
        pytest.param(b"null", "plan is no object", id="null"),
        pytest.param(b'{"@level":"info"}\n{"@level":"info"}\n', "plan is a log", id="terraform plan -json"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(data: bytes, title: str) -> None:
    assert _refused(data).title == title


def test_what_powershell_writes_is_named() -> None:
    assert "PowerShell" in _refused('{"a": 1}'.encode("utf-16")).detail
    for without_mark in "utf-16-le", "utf-16-be":
        assert "PowerShell" in _refused('{"a": 1}'.encode(without_mark)).detail


def test_more_bytes_than_any_plan_has_are_not_parsed() -> None:
    with pytest.raises(ReviewError, match="too large"):
        parse(GOOD, "plan.json", largest=10)


def test_a_whole_character_in_two_escapes_is_fine() -> None:
    assert parse(json.dumps({"a": "😀"}).encode(), "plan.json").content == {"a": "😀"}


def test_a_key_that_stands_twice_is_cut_where_it_is_long() -> None:
    key = "k" * 1000
    assert len(_refused(f'{{"{key}": 1, "{key}": 2}}'.encode()).detail) < 400
