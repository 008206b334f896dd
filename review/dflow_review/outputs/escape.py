"""Texts from plans made safe to show. A plan may be anybody's, and names in it may try to look like something else."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 200
"""How many characters of one name or message are shown."""

_SHOWN_AS_CODES: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Categories of characters that steer a terminal, turn text around, are invisible, or cannot be written as UTF-8."""


def visible(text: str, *, at_most: int = LONGEST) -> str:
    r"""Return a text on one line, with every character that is not seen as it is written as its code: `\x1b`, `\u202e`.

    Args:
        text: from anywhere.
        at_most: how many of its characters are shown; the rest is said to be there.
    """
    shown = text[:at_most]
    if not (shown.isascii() and shown.isprintable()):
        shown = "".join(map(_visible, shown))
    return shown if len(text) <= at_most else f"{shown}… ({len(text)} characters)"


def _visible(character: str) -> str:
    if " " <= character <= "~":
        return character
    if unicodedata.category(character) not in _SHOWN_AS_CODES:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
