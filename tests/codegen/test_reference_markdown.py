"""Text from a schema in Markdown: it says what it said, and breaks nothing."""

import re

import pytest

from dflow_codegen.reference.markdown import block, cell, code, first_sentence, hand_written, literal, prose, table


def bars(line: str) -> int:
    """How many cells' ends a renderer sees, whichever of the usual rules it follows."""
    return line.count("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one | two", "one &#124; two"),
        (r"one \| two", "one &#124; two"),
        ("`a|b`", "<code>a&#124;b</code>"),
        ("one\ntwo", "one two"),
        ("one\n\ntwo\n \nthree", "one<br><br>two<br><br>three"),
        ("these:\n- one\n- two", "these:<br>- one<br>- two"),
        ("<script>x</script><br>", "&lt;script>x&lt;/script>&lt;br>"),
        ("`<name>` and <name>", "`<name>` and &lt;name>"),
        ("a `b\nc` d", "a `b c` d"),
        ("`` ` `` and `b`", "`` ` `` and `b`"),
        ("an open ` backtick | bar", "an open ` backtick &#124; bar"),
        ("  blanks  ", "blanks"),
        ("", ""),
    ],
)
def test_a_description_fits_into_one_cell(text: str, expected: str):
    assert cell(text) == expected


@pytest.mark.parametrize(
    "hostile", ["|", "\n", "\n\n", "`|`", "``|`|``", "\\|", "\\\\|", "`\\|", "|`\n|`", "<td>|</td>", "`", "\r\n|"]
)
def test_nothing_in_a_description_adds_a_row_or_a_column(hostile: str):
    rows = [(code(hostile), cell(f"before {hostile} after"), cell(hostile))]

    lines = table(("A", "B", "C"), rows).split("\n")

    assert [bars(line) for line in lines] == [4, 4, 4]
    assert not any("\r" in line for line in lines)


def test_only_our_own_tags_are_in_a_cell():
    assert re.findall(r"<(\w+)", cell("<b>x</b>\n\n`<i>|</i>`\n- y")) == ["br", "br", "code", "br"]


def test_known_names_become_links_and_others_do_not():
    known = {"shop_thing": "thing.md"}

    assert cell("a `shop_thing`, a `shop_other`", known.get) == "a [`shop_thing`](thing.md), a `shop_other`"
    assert prose("a `shop_thing`", known.get) == "a [`shop_thing`](thing.md)"
    assert hand_written("- <b>a</b> `shop_thing`", known.get) == "- <b>a</b> [`shop_thing`](thing.md)"


def test_a_description_at_the_top_keeps_its_paragraphs_and_loses_its_html():
    assert prose("One\n\n- `<a>`\n- <a>") == "One\n\n- `<a>`\n- &lt;a>"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("/", '`"/"`'),
        (3000, "`3000`"),
        (False, "`false`"),
        (None, "`null`"),
        ("a`b", '``"a`b"``'),
        ([1, "ü"], '`[1, "ü"]`'),
    ],
)
def test_a_default_is_spelled_as_in_a_configuration(value: object, expected: str):
    assert literal(value) == expected


def test_a_fence_is_longer_than_what_it_holds():
    assert block("text", "```\nx\n```\n") == "````text\n```\nx\n```\n````"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("Ends in `code`. dFlow goes on.", "Ends in `code`."),
        ("One, e.g. this. Two.", "One, e.g. this."),
        ("One\nline\n\nAnother", "One line"),
        ("Version 1.2 is one", "Version 1.2 is one"),
    ],
)
def test_a_list_of_pages_shows_the_first_sentence(text: str, sentence: str):
    assert first_sentence(text) == sentence
