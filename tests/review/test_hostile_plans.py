"""Whatever is in a plan, a review of it ends with a message or with text that does no harm."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from dflow_cli.main import main
from dflow_review.errors import ReviewError
from dflow_review.finding import Answer
from dflow_review.reading.document import parse
from dflow_review.reading.plan_json import plan_from
from dflow_review.review_of import review_of

PLANS = Path(__file__).resolve().parents[1] / "plans"
PLAN = (PLANS / "owned/neon/change.json").read_bytes()
TODAY = dt.date(2026, 11, 22)
EVIL = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>`|\x1b]8;;http://evil.example\x07x\x1b[2J\x9b31m"
    "\u202egpj\u202c @everyone [x](javascript:alert(3)) ![y](http://evil.example/p.png) \r\n# title\n```\n${jndi} ]]>"
    '"]; click A "http://evil.example" --> B %%{init: {}}%% end &lt;b&gt; &#60;script&#62;'
)
FORMS = ("terminal", "markdown", "json", "sarif", "junit", "mermaid")
MARKUP = ("html", "svg")
ANYTHING = (None, 7, 1e308, True, "", "x", [], [[]], {}, {"x": {"y": []}}, ["0.0.0.0/0"])


class Ran:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def review(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Reviews the bytes of a plan."""
    monkeypatch.chdir(tmp_path)

    def run(data: bytes, *words: str) -> Ran:
        (tmp_path / "plan.json").write_bytes(data)
        capfd.readouterr()
        code = main(["review", "plan.json", "--today", "2026-11-22", *words])
        return Ran(code, *capfd.readouterr())

    return run


def nested(depth: int, opening: str, closing: str) -> bytes:
    return b'{"format_version": "1.2", "resource_changes": ' + (opening * depth + closing * depth).encode() + b"}"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"null",
        b"[]",
        b'"plan"',
        b"{}",
        b"\xff\xfe{\x00}\x00",
        b"PK\x03\x04plan",
        PLAN.replace(b"orders", b"\xff\xfe", 1),
        PLAN.replace(b'"1.2"', b'"2.0"'),
        PLAN.replace(b'"1.2"', b"1.2"),
        PLAN.replace(b'"1.2"', b'"99999999999999999999.1"'),
        PLAN.replace(b'"complete"', b'"format_version"'),
        PLAN.replace(b"quiet-river", rb"\ud800", 1),
        nested(200_000, "[", "]"),
        nested(200_000, '{"a":', "1}"),
        b'{"format_version": "1.2", "resource_changes": [' + b"9" * 10_000 + b"]}",
        b'{"format_version": "1.2", "resource_changes": NaN}',
        b'{"@level":"info"}\n{"@level":"info"}\n',
    ],
    ids=range(19),
)
def test_what_is_no_plan_is_an_error_in_one_message(review, data: bytes):
    ran = review(data)

    assert ran.code == 1
    assert ran.out == ""
    assert re.match(r"error: [^\n]{20,600}\n$", ran.err), ran.err


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_plan_that_is_cut_off_is_an_error(review, tenth: int):
    ran = review(PLAN[: len(PLAN) * tenth // 10])

    assert ran.code == 1
    assert "cut off" in ran.err or "no JSON" in ran.err


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += places(each, (*path, key))
    return found


def changed(content: Any, path: tuple[str | int, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(content))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copy


@pytest.mark.parametrize("case", ["owned/neon", "aws/prefix_list", "inline/aiven_pg", "official/hcloud_firewall"])
@pytest.mark.parametrize("shift", [0, 4, 7])
def test_a_value_of_another_type_anywhere_is_an_error_or_a_review(case: str, shift: int):
    """Every place of a plan in turn; what the answer is does not matter here, only that there is one."""
    content = json.loads((PLANS / case / "change.json").read_text())
    for number, path in enumerate(places(content)):
        value = ANYTHING[(number + shift) % len(ANYTHING)]
        try:
            document = parse(json.dumps(changed(content, path, value)).encode(), "plan.json")
            found = review_of((plan_from(document, "plan", "plan.json"),), acknowledgements=None, today=TODAY)
        except ReviewError:
            continue
        crashed = [each for each in found.verdicts.open if each.answer is Answer.RULE_CRASHED]
        assert crashed == [], (path, value, crashed)


def evil_plan() -> bytes:
    """Everything that people can name is named to do harm."""
    note = json.dumps(EVIL)[1:-1].encode()
    return (
        PLAN.replace(b"quiet-river-12345678", note)
        .replace(b"fra-3", note)
        .replace(b"shop/orders", note)
        .replace(b"dflow_neon_allowlist.orders", b'module.x[\\"' + note + b'\\"].dflow_neon_allowlist.orders')
    )


@pytest.mark.parametrize("form", [*FORMS, *MARKUP])
def test_no_form_passes_on_what_a_terminal_or_a_reader_would_obey(review, form: str):
    ran = review(evil_plan(), "--format", form)

    assert ran.code == 2, ran.err
    controls = sorted({each for each in ran.out if (ord(each) < 32 and each != "\n") or 127 <= ord(each) < 160})
    assert controls == []
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(ran.out)


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("form", MARKUP)
def test_no_page_and_no_picture_carries_markup_of_a_name(review, form: str):
    harmless = Elements()
    harmless.feed(review(PLAN, "--format", form).out)
    evil = Elements()
    evil.feed(review(evil_plan(), "--format", form).out)

    assert [tag for tag, _ in evil.found].count("script") == [tag for tag, _ in harmless.found].count("script")
    assert "img" not in [tag for tag, _ in evil.found]
    assert not any(name.startswith("on") for _, attributes in evil.found for name in attributes)
    assert not any("evil.example" in str(attributes.get("href", "")) for _, attributes in evil.found)


def test_no_comment_carries_markup_mentions_or_pictures_of_a_name(review):
    text = review(evil_plan(), "--format", "markdown").out

    outside_of_code = re.sub(r"(?s)(`+).*?\1", "", text)
    for harm in ("<script", "<img", "@everyone", "](javascript", "](http", "\n# title"):
        assert harm not in outside_of_code, harm


def test_a_plan_on_the_standard_input_that_is_none_is_an_error(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\x00\x01\xff")))

    assert main(["review", "-"]) == 1
    assert capfd.readouterr().err.startswith("error: ")
