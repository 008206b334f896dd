import re
from dataclasses import replace

import pytest

from dflow_review.finding import Answer, Finding, Verdicts
from dflow_review.outputs.markdown import MARK, code, prose, render
from dflow_review.reach import Movement, Reach
from dflow_review.review import Review


def test_the_change_is_in_sight_and_the_rest_is_folded(ordinary):
    text = render(ordinary)
    in_sight = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)

    assert text.startswith(f"{MARK}\n\n### 1 database can be reached from more addresses")
    assert (
        "| 🔓 wider | `orders:5432`<br>production, Neon IP Allow | open to 1 more address "
        "| added `fra-3` 203.0.113.9/32; web, worker of production |"
    ) in in_sight
    assert "**LOW DFLOW011** Lists have room: `dflow_neon_allowlist.orders` 58 of 60 entries are taken" in in_sight
    assert "`DATABASE_URL` added (secret), `PORT` changed, `OLD` removed" not in in_sight
    assert "`DATABASE_URL` added (secret), `PORT` changed, `OLD` removed" in text
    assert f"`{ordinary.plans[0].sha256}`" in text
    assert "```mermaid\nflowchart LR\n" in text


def test_a_change_of_nothing_is_two_sentences_and_the_plan(quiet):
    in_sight = re.sub(r"<details>.*?</details>", "", render(quiet), flags=re.DOTALL)

    assert (
        in_sight.split()
        == (
            f"{MARK} ### No database can be reached from more addresses or Environments than before "
            "1 database reached as before."
        ).split()
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("web", "`web`"),
        ("a`b", "`` a`b ``"),
        ("a``b", "``` a``b ```"),
        ("", "`  `"),
        ("@team", "`@team`"),
        ("a\nb", "`a\\x0ab`"),
    ],
)
def test_a_name_is_code_that_it_cannot_end(name, written):
    assert code(name) == written


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("58 of 60 entries", "58 of 60 entries"),
        ("ask @root", "ask \\@\u2060root"),
        ("see #12 and !3", "see \\#\u206012 and \\!\u20603"),
        ("https://x.test www.x.test", "https:\u2060//x.test w\u2060ww.x.test"),
        ("<b>|`*_[x](y)", "&lt;b&gt;\\|\\`\\*\\_\\[x\\]\\(y\\)"),
        ("a & b &lt;", "a &amp; b &amp;\u2060lt;"),
    ],
)
def test_a_sentence_holds_no_markup_mention_reference_or_link(sentence, written):
    assert prose(sentence) == written


def test_no_name_gets_out_of_its_place(hostile):
    text = render(hostile)
    outside = re.sub(r"```mermaid.*?```|(`+) .*? \1(?!`)|`\w[^`\n]*`", "", text, flags=re.DOTALL)

    tags = {"<!-- dflow-cdktf review -->", "<details>", "</details>", "<summary>", "</summary>", "<br>"}
    assert set(re.findall(r"<[^<>]*>", outside)) <= tags
    assert not re.search(r"(?<!\\)[`\[\]]|@(?!\u2060)|https?://", outside)
    assert "\x1b" not in text
    row = next(line for line in text.splitlines() if line.startswith("| 🔓"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 5


def test_the_largest_review_fits_into_a_comment(build):
    names = [f"{n:04}" + build.harm * 4 for n in range(900)]
    nodes = tuple(build.opening(build.orders, f"10.1.{n // 200}.{n % 200}/32", name) for n, name in enumerate(names))
    change = build.change(build.orders, (), nodes, Movement.WIDENED)
    changes = tuple(replace(change, database=replace(build.orders, id=name)) for name in names[:300])
    findings = tuple(Finding(build.rule, name, name) for name in names)
    review = Review((build.plan(),) * 300, Reach(changes, tuple(zip(names, names, strict=True))), Verdicts(findings))

    text = render(review)

    assert len(text) < 65_536
    assert "more |" in text
    assert "- and " in text


def test_what_a_rule_cannot_tell_again_and_again_is_one_line(build):
    other = replace(build.rule, id="DFLOW041", title="An entry admits one Environment")
    untold = [Finding(other, f"a.b{n}", "x", Answer.CANNOT_TELL) for n in range(5)]
    once = Finding(build.rule, "a.c", "it is not known", Answer.CANNOT_TELL)

    lines = render(Review((), Reach(()), Verdicts((*untold, once)))).splitlines()

    assert "<details><summary>6 checks cannot be told from the plan</summary>" in lines
    assert [line for line in lines if line.startswith("- DFLOW")] == [
        "- DFLOW001 `a.c` it is not known",
        "- DFLOW041 An entry admits one Environment: 5 times, of `a.b0`, `a.b1`, `a.b2` and 2 more",
    ]


def test_who_joins_a_node_that_is_let_in_is_in_the_row_of_the_database(joined):
    row = next(line for line in render(joined).splitlines() if line.startswith("| 🔓"))

    assert row.startswith("| 🔓 wider and narrower | `orders:5432`")
    assert "| open to canary, closed to old |" in row
    assert (
        "| `canary` joins fra-1, whose address is on the list \\(203.0.113.7/32\\): its services "
        "\\(canary-web\\) can now reach orders:5432<br>❓ `lost` comes to "
    ) in row
