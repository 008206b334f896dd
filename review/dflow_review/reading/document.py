"""From the bytes of a file to a JSON object, whatever the bytes are."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from dflow_review.errors import ReviewError

if TYPE_CHECKING:
    from dflow_review.values import Plain

LARGEST: Final = 1 << 30
"""The most bytes that are read: ten times the largest plans that people report."""

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_HOW: Final = "Write the plan with `terraform show -json PLANFILE > plan.json`, or tofu in place of terraform."
_ZIP: Final = b"PK\x03\x04"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_FROM_POWERSHELL: Final = (
    "It looks like UTF-16, which PowerShell's `>` writes: use `| Out-File -Encoding utf8 plan.json`."
)
_EXCERPT: Final = 60


@dataclass(frozen=True)
class Document:
    """A JSON object that was read.

    Args:
        content: the object.
        sha256: of the bytes, in hexadecimal digits.
    """

    content: dict[str, Plain]
    sha256: str


def parse(data: bytes, where: str, *, largest: int = LARGEST) -> Document:
    """Parse a file's bytes.

    Args:
        data: the bytes.
        where: the file's name, for messages.
        largest: the most bytes that are parsed.

    Raises:
        ReviewError: they are no JSON object that a plan could be.
    """
    if len(data) > largest:
        raise ReviewError(
            "plan is too large",
            f"{where} has more than {largest:,} bytes, more than any plan this review is made for. {_HOW}",
        )
    sha256 = hashlib.sha256(data).hexdigest()
    text = _text(data, where)
    del data  # where nobody else holds the bytes, they need not lie beside the text and what is made of it
    return Document(_object(_value(text, where), where), sha256)


def nested_too_deeply(where: str) -> ReviewError:
    """Return the error for a file with too many objects or lists in each other."""
    return ReviewError(
        "plan is nested too deeply",
        f"{where} has objects or lists in each other, so deep that no Terraform provider wrote it. {_HOW}",
    )


def _text(data: bytes, where: str) -> str:
    if data.startswith(_ZIP):
        raise ReviewError(
            "plan is not JSON",
            f"{where} is a plan file as `terraform plan -out` writes it, which only Terraform can read. {_HOW}",
        )
    if b"\0" in data[:2]:
        raise ReviewError("plan is not UTF-8", f"{where} has a zero byte at its beginning. {_FROM_POWERSHELL}")
    if not data.strip():
        raise ReviewError("plan is empty", f"{where} has nothing in it; did the command before it fail? {_HOW}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = _FROM_POWERSHELL if data.startswith(_UTF_16) else _HOW
        raise ReviewError(
            "plan is not UTF-8", f"{where} has a byte at position {error.start:,} that is not UTF-8 text. {hint}"
        ) from None


def _value(text: str, where: str) -> Plain:
    def unique(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
        found = dict(pairs)
        if len(found) != len(pairs):
            _refuse_twice([key for key, _ in pairs], where)
        return found

    def no_constant(name: str) -> NoReturn:
        raise ReviewError("plan is not JSON", f"{where} has {name}, which is no JSON value. {_HOW}")

    try:
        value: Plain = json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)
        if _SURROGATE.search(text):
            _refuse_half_characters(value, where)
    except RecursionError:
        raise nested_too_deeply(where) from None
    except json.JSONDecodeError as error:
        raise _not_json(text, error, where) from None
    except ValueError as error:
        raise ReviewError("plan is not JSON", f"{where} cannot be read: {error}. {_HOW}") from None
    return value


def _not_json(text: str, error: json.JSONDecodeError, where: str) -> ReviewError:
    if error.msg == "Extra data" and '"@level"' in text[: error.pos]:
        return ReviewError(
            "plan is a log",
            f"{where} has one JSON object in each line, as `terraform plan -json` prints them. {_HOW}",
        )
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return ReviewError(
            "plan is cut off",
            f"{where} ends in the middle of a value, in line {error.lineno:,}, column {error.colno:,}: the disk was "
            f"full, or the command before it was stopped. {_HOW}",
        )
    return ReviewError(
        "plan is not JSON",
        f"{where} is no JSON from line {error.lineno:,}, column {error.colno:,}: {error.msg}. {_HOW}",
    )


def _refuse_twice(keys: list[str], where: str) -> NoReturn:
    twice = next(key for position, key in enumerate(keys) if key in keys[:position])
    raise ReviewError(
        "plan has a key twice",
        f"{where} has the key {twice[:_EXCERPT]!r} twice in one object; readers would disagree about which counts, "
        f"so it is not reviewed. {_HOW}",
    )


def _refuse_half_characters(value: Plain, where: str) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ReviewError(
            "plan is not Unicode", f"{where} has half a character (a lone surrogate) in a text. {_HOW}"
        ) from None


def _object(value: Plain, where: str) -> dict[str, Plain]:
    if not isinstance(value, dict):
        raise ReviewError("plan is no object", f"{where} is JSON and begins with no object, as a plan does. {_HOW}")
    return value
