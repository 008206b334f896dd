import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from dflow_review.finding import Answer, Finding, Verdicts
from dflow_review.outputs.html import render

EMPTY = {"meta", "input", "path", "rect", "circle"}


class Page(HTMLParser):
    """Every element with its attributes; fails where one is closed that is not open."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.texts = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "script"}:
            self.texts.append(data)


@pytest.mark.parametrize("review", ["ordinary", "joined", "quiet", "opened", "hostile"])
def test_every_element_is_closed_and_every_id_there_once(review, request):
    page = Page(render(request.getfixturevalue(review)))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]

    assert page.open == []
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        for name in ("aria-labelledby", "for"):
            assert set(attributes.get(name, "").split()) <= set(ids)


def test_the_page_needs_nothing_else(ordinary):
    page = Page(render(ordinary))

    assert not {"link", "img", "iframe", "object", "a"} & {tag for tag, _ in page.elements}
    assert not {"src", "href", "style"} & {name for _, attributes in page.elements for name in attributes}


def test_the_policy_lets_run_what_stands_in_the_page_and_nothing_else(hostile):
    text = render(hostile)
    policy = next(each["content"] for tag, each in Page(text).elements if each.get("http-equiv"))
    kinds = {"style-src": "style", "script-src": "script"}

    assert policy.startswith("default-src 'none'; ")
    for rule, tag in kinds.items():
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, flags=re.DOTALL)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_no_name_is_markup(ordinary, hostile):
    shape = {tag for tag, _ in Page(render(ordinary)).elements}
    page = Page(render(hostile))

    assert {tag for tag, _ in page.elements} <= shape
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert any("</script><img src=x onerror=alert(1)>" in text for text in page.texts)
    assert not any(character in text for text in page.texts for character in "\x1b\u202e\ud800")


def test_the_page_tells_everything_also_without_a_script(ordinary):
    text = " ".join("".join(Page(render(ordinary)).texts).split())

    for words in (
        "+ added",
        "web, worker of production",
        "58 of 60 entries are taken",
        "a demo (dana, until 2027-01-31)",
    ):
        assert words in text
    assert "DATABASE_URL added (secret)" in text
    assert ordinary.plans[0].sha256 in text
    assert '<form id="filters" hidden>' in render(ordinary)


def test_what_cannot_be_told_is_folded_by_rule_and_its_reasons_stand_there_once(ordinary, build):
    untold = tuple(Finding(build.rule, f"a_b.n{number}", "Nobody knows.", Answer.CANNOT_TELL) for number in range(501))

    text = render(replace(ordinary, verdicts=Verdicts(untold)))

    assert "<summary>501 checks cannot be told from the plan</summary>" in text
    assert "Databases are closed to the world (501 times)</summary>" in text
    assert text.count(build.rule.remedy) == 1
    assert "a_b.n499" in text
    assert "1 more are in the form for programs, JSON." in text


def test_who_joins_a_node_that_is_let_in_is_added_and_the_entry_stays(joined):
    text = render(joined)
    rows = re.findall(r'<tr class="(\w+)".*?</tr>', text)
    told = " ".join("".join(Page(text).texts).split())

    assert rows == ["added", "added", "unknown", "removed", "same"]
    assert re.findall(r"<option value=\"\w+\">(\w+)</option>", text) == ["canary", "lost", "old", "production"]
    assert "canary joins fra-1, whose address is on the list (203.0.113.7/32)" in told
    assert "old leaves fra-1, whose address stays on the list (203.0.113.7/32)" in told
    assert "<code>dflow_environment.canary</code><small><code>dflow_neon_allowlist.orders</code></small>" in text
