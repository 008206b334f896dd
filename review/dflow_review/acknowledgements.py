"""Findings that somebody has accepted: who, why and until when, in a file that is reviewed like the program."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NoReturn

from dflow_review.errors import ReviewError
from dflow_review.finding import Acknowledgement, Answer, Verdicts
from dflow_review.rules import RULES
from dflow_review.run_rules import by_weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dflow_review.finding import Finding

USUAL_NAME: Final = "dflow-review.toml"
"""What the file is called unless somebody says otherwise."""

_TABLE: Final = "acknowledge"
_LARGEST: Final = 1 << 20
_REQUIRED: Final = ("rule", "address", "reason", "who")
_SAYS_SOMETHING: Final = re.compile(r"[^*]*[A-Za-z0-9][^*]*\.|[^*]+\Z|.*[A-Za-z0-9][\w-]{2}", re.DOTALL)
"""What an address has to hold besides `*`: a type, or a few letters. Every resource has a dot and an underscore."""
_KNOWN: Final = frozenset({*_REQUIRED, "expires"})
_EXAMPLE: Final = (
    'An entry is [[acknowledge]] with rule = "DFLOW041", address = "dflow_neon_allowlist.orders", reason = "…", '
    'who = "…" and, if it is to end, expires = 2026-12-31.'
)


@dataclass(frozen=True)
class _Fitted:
    acknowledgement: Acknowledgement
    has_expired: bool


def acknowledge(findings: Iterable[Finding], file: Path | None, today: dt.date) -> Verdicts:
    """Sort findings into open and acknowledged ones.

    What cannot be told can be acknowledged like a finding; a rule that crashed cannot.

    Args:
        findings: of the rules.
        file: the file of acknowledgements; nothing if there is none.
        today: the day after whose end expired acknowledgements no longer count.

    Raises:
        ReviewError: the file cannot be read, or an entry lacks who accepted the finding, or why.
    """
    entries = [] if file is None else read_acknowledgements(file)
    known = [_Fitted(each, _has_expired(each, today)) for each in entries]
    still_open: list[Finding] = []
    accepted: list[tuple[Finding, Acknowledgement]] = []
    used: set[Acknowledgement] = set()
    expired: set[Acknowledgement] = set()
    for finding in sorted(findings, key=by_weight):
        fitting = [each for each in known if _fits(each.acknowledgement, finding)]
        expired.update(each.acknowledgement for each in fitting if each.has_expired)
        valid = [each.acknowledgement for each in fitting if not each.has_expired]
        used.update(valid)
        if valid:
            accepted.append((finding, valid[0]))
        else:
            still_open.append(finding)
    return Verdicts(
        open=tuple(still_open),
        acknowledged=tuple(accepted),
        unused=tuple(each for each in entries if each not in used | expired),
        expired=tuple(each for each in entries if each in expired),
    )


def read_acknowledgements(file: Path) -> list[Acknowledgement]:
    """Read a file of acknowledgements, in its order; the same one twice counts once.

    Raises:
        ReviewError: it is no TOML, or an entry is not complete.
    """
    content = _parsed(file)
    unknown = sorted(content.keys() - {_TABLE})
    if unknown:
        _refuse(f"{file} has {unknown[0]!r}, and only [[{_TABLE}]] is known. {_EXAMPLE}")
    entries = content.get(_TABLE, [])
    if not isinstance(entries, list):
        _refuse(f"{file} has one [{_TABLE}] where a list of them is expected: write [[{_TABLE}]]. {_EXAMPLE}")
    found = [_entry(entry, f"{file}, entry {number}") for number, entry in enumerate(entries, start=1)]
    return list(dict.fromkeys(found))


def _parsed(file: Path) -> Mapping[str, object]:
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise ReviewError(
            "acknowledgements cannot be read", f"{file} cannot be read: {error.strerror}. Name another file, or none."
        ) from None
    if len(data) > _LARGEST:
        _refuse(f"{file} has more than {_LARGEST >> 20} MiB, more than people acknowledge.")
    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError:
        _refuse(f"{file} is not UTF-8 text, as TOML is.")
    except RecursionError:
        _refuse(f"{file} has lists or tables in each other, deeper than anybody needs. {_EXAMPLE}")
    except tomllib.TOMLDecodeError as error:
        _refuse(f"{file} is no TOML: {error}.")


def _entry(entry: object, where: str) -> Acknowledgement:
    if not isinstance(entry, dict):
        _refuse(f"{where} is no table. {_EXAMPLE}")
    unknown = sorted(str(key) for key in entry.keys() - _KNOWN)
    if unknown:
        _refuse(f"{where} has {unknown[0]!r}, and {', '.join(sorted(_KNOWN))} are known. {_EXAMPLE}")
    texts = {key: _text(entry, key, where) for key in _REQUIRED}
    if texts["rule"] not in {rule.id for rule, _ in RULES}:
        _refuse(f"{where} names the rule {texts['rule']!r}, and there is none of that id; the reference lists all.")
    if _SAYS_SOMETHING.match(texts["address"]) is None:
        _refuse(
            f"{where} would acknowledge {texts['rule']} on every resource there will ever be; name at least a type, "
            'such as address = "dflow_neon_allowlist.*".'
        )
    return Acknowledgement(
        texts["rule"], texts["address"], texts["reason"], texts["who"], _end(entry.get("expires"), where)
    )


def _text(entry: Mapping[str, object], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        why = {
            "reason": "nobody could tell later why it was accepted",
            "who": "nobody could be asked later",
            "rule": "it is not said what is accepted",
            "address": "it is not said where it is accepted",
        }[key]
        _refuse(f"{where} has no {key}, so {why}. {_EXAMPLE}")
    return value.strip()


def _end(value: object, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    try:
        return dt.date.fromisoformat(value).isoformat() if isinstance(value, str) else _no_day(where)
    except ValueError:
        _no_day(where)


def _no_day(where: str) -> NoReturn:
    _refuse(f"{where} has an `expires` that is no day; write one such as expires = 2026-12-31.")


def _refuse(detail: str) -> NoReturn:
    raise ReviewError("acknowledgements are not valid", detail)


def _has_expired(acknowledgement: Acknowledgement, today: dt.date) -> bool:
    return bool(acknowledgement.expires) and dt.date.fromisoformat(acknowledgement.expires) < today


def _fits(acknowledgement: Acknowledgement, finding: Finding) -> bool:
    if finding.rule.id != acknowledgement.rule_id or finding.answer is Answer.RULE_CRASHED:
        return False
    return _pattern(acknowledgement.address).fullmatch(finding.address) is not None


@lru_cache(maxsize=1024)
def _pattern(address: str) -> re.Pattern[str]:
    """Read a pattern of addresses, in which only * is special: brackets are those of instance keys."""
    return re.compile(".*".join(re.escape(part) for part in re.split(r"\*+", address)), re.DOTALL)
