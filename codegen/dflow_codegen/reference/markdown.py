"""Text that survives in Markdown: whatever a description holds, a table keeps its rows and columns."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable, Iterator, Sequence

Link = Callable[[str], str | None]
"""The address of the page about what a code span names, or nothing."""

_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")
_ITEM_START = re.compile(r"\n[ \t]*(?=[-*+] |\d+[.)] )")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+")
_ENTITIES = {ord(character): f"&#{ord(character)};" for character in string.punctuation}


def no_link(name: str) -> str | None:  # noqa: ARG001 (a Link)
    """Know no page."""
    return None


def prose(text: str, link: Link = no_link) -> str:
    """Return a description as paragraphs: Markdown as it is, HTML as text, known names linked."""
    return "".join(_linked(span, link) if is_code else _without_html(span) for is_code, span in _spans(text.strip()))


def hand_written(text: str, link: Link = no_link) -> str:
    """Return a Markdown file as it is, with known names linked."""
    return "".join(_linked(span, link) if is_code else span for is_code, span in _spans(text.strip()))


def cell(text: str, link: Link = no_link) -> str:
    """Return a description as the content of one table cell, in one line."""
    return "<br><br>".join(_lines(paragraph, link) for paragraph in paragraphs(text))


def code(text: str) -> str:
    """Return text as code, in a table or out of it."""
    text = " ".join(text.splitlines())
    if "|" in text:  # which would end the cell, and which renderers escape differently inside backticks
        return f"<code>{text.translate(_ENTITIES)}</code>"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def literal(value: object) -> str:
    """Return a value as a configuration spells it, as code."""
    return code(json.dumps(value, ensure_ascii=False))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a description."""
    return _PARAGRAPH_END.split(text.strip())


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table of cells that are ready."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def block(language: str, text: str) -> str:
    """Return a fenced block, whatever fences the text itself holds."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text.strip()}\n{fence}"


def first_sentence(text: str) -> str:
    """Return the beginning of a description, for a list of pages."""
    return sentences(paragraphs(text)[0])[0]


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, each on one line."""
    return _SENTENCE_END.split(" ".join(paragraph.split()))


def _lines(paragraph: str, link: Link) -> str:
    lines = (" ".join(item.split()) for item in _ITEM_START.split(paragraph))
    return "<br>".join(_line(line, link) for line in lines)


def _line(line: str, link: Link) -> str:
    return "".join(
        _linked(code(_content(span)), link) if is_code else _without_html(_without_bars(span))
        for is_code, span in _spans(line)
    )


def _spans(text: str) -> Iterator[tuple[bool, str]]:
    end = 0
    for found in _CODE_SPAN.finditer(text):
        yield False, text[end : found.start()]
        yield True, found[0]
        end = found.end()
    yield False, text[end:]


def _content(span: str) -> str:
    text = span.strip("`")
    return text[1:-1] if text.strip() and text.startswith(" ") and text.endswith(" ") else text


def _linked(span: str, link: Link) -> str:
    target = link(_content(span))
    return span if target is None else f"[{span}]({target})"


def _without_bars(text: str) -> str:
    return text.replace(r"\|", "|").replace("|", "&#124;")


def _without_html(text: str) -> str:
    return text.replace("<", "&lt;")
