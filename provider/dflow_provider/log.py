"""What the provider says to a developer: JSON lines on stderr, which Terraform reads and sorts by level.

Nothing is formatted unless `TF_LOG_PROVIDER` or `TF_LOG` asks for it, and no secret registered with `mask` gets out.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MASK = "***"
SHORTEST_SECRET = 4
"""Shorter values are left alone: replacing every `1` or `on` would make a message unreadable and hide nothing."""


class Level(IntEnum):
    """How much a developer wants to read."""

    TRACE = 0
    DEBUG = 1
    INFO = 2
    WARN = 3
    ERROR = 4
    OFF = 5


def level_from(environment: Mapping[str, str]) -> Level:
    """Return the level Terraform logs providers at: TF_LOG_PROVIDER, else TF_LOG; unset is off, `json` is trace."""
    asked = (environment.get("TF_LOG_PROVIDER") or environment.get("TF_LOG") or "").upper()
    if not asked:
        return Level.OFF
    # Terraform itself takes any word it does not know, `json` among them, for trace.
    return Level.__members__.get(asked, Level.TRACE)


class Secrets:
    """The values that must not be written, longest first, so that no secret is cut by a shorter one inside it.

    The log has one for the whole process; a text with secrets of its own gets one of its own.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[str] = set()
        self._spellings: tuple[str, ...] = ()

    def add(self, secret: str) -> None:
        """Hide this value from now on, also JSON-escaped or percent-encoded."""
        if len(secret) < SHORTEST_SECRET or secret in self._known:
            return
        spellings = {secret, json.dumps(secret)[1:-1], _percent_encoded(secret)}
        with self._lock:
            self._known.add(secret)
            self._spellings = tuple(sorted({*self._spellings, *spellings}, key=len, reverse=True))

    def hide(self, text: str) -> str:
        """Return the text with every value replaced."""
        for spelling in self._spellings:
            if spelling in text:
                text = text.replace(spelling, MASK)
        return text


_secrets = Secrets()
_level = level_from(os.environ)
_write_lock = threading.Lock()


def mask(secret: str) -> None:
    """Replace this value, also JSON-escaped or percent-encoded, in everything logged and reported from now on."""
    _secrets.add(secret)


def masked(text: str) -> str:
    """Return the text with every registered secret replaced."""
    return _secrets.hide(text)


def enabled(level: Level) -> bool:
    """Say whether a line of this level is written; ask before doing work only for a log line."""
    return level >= _level


def trace(message: str, **fields: object) -> None:
    """Log every step; for somebody who debugs the provider itself."""
    _write(Level.TRACE, message, fields)


def debug(message: str, **fields: object) -> None:
    """Log what helps to understand a failed run: requests, retries, decisions."""
    _write(Level.DEBUG, message, fields)


def info(message: str, **fields: object) -> None:
    """Log what was done."""
    _write(Level.INFO, message, fields)


def warn(message: str, **fields: object) -> None:
    """Log what is odd and was coped with."""
    _write(Level.WARN, message, fields)


def error(message: str, **fields: object) -> None:
    """Log what failed."""
    _write(Level.ERROR, message, fields)


def exception(message: str, raised: BaseException, **fields: object) -> None:
    """Log a failure together with its traceback."""
    if enabled(Level.ERROR):
        import traceback  # noqa: PLC0415  # not needed by a process in which nothing fails

        _write(Level.ERROR, message, {**fields, "traceback": "".join(traceback.format_exception(raised))})


def _write(level: Level, message: str, fields: Mapping[str, object]) -> None:
    if level < _level:
        return
    now = time.time()
    record = {
        "@level": level.name.lower(),
        "@message": masked(message),
        "@timestamp": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now % 1 * 1e6):06d}Z",
        "@module": "dflow",
        **{name: _plain(value) for name, value in fields.items()},
    }
    line = json.dumps(record, ensure_ascii=False) + "\n"
    with _write_lock:
        sys.stderr.write(line)
        sys.stderr.flush()


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(element) for element in value]
    if isinstance(value, dict):
        return {masked(str(key)): _plain(element) for key, element in value.items()}
    return masked(str(value))


def _percent_encoded(text: str) -> str:
    kept = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))
