"""Notes of creates that were begun, so that a killed process leaves nothing behind that nobody knows of.

Terraform stores an object's id only after the provider answered. A process that dies between the request and the
answer would leave an object that the next apply stumbles over. So every create is noted in a file first, and the next
create of the same thing finds the note. Notes hold names and ids, never a value or a secret.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dflow_provider import log

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_CLOCK_SKEW = timedelta(seconds=5)
"""The proxy that writes the Date header may have another clock than the program that dates documents.

One that is further off, or has no Date to give, is why a note also holds the time of this machine.
"""
_LONGEST_CREATE = timedelta(minutes=10)
"""A document made later than this after its note was not made by the request that the note is about."""


@dataclass(frozen=True)
class Key:
    """What two creates of the same thing have in common."""

    collection: str
    tenant_id: str
    name: str
    project: str = ""
    type: str = ""


@dataclass(frozen=True)
class Note:
    """One create that was begun.

    Args:
        id: the note's own.
        key: what was to be made.
        began: when, by the clock that dates dFlow's answers.
        document_id: what dFlow made; empty until it answered.
        began_here: when, by this machine's clock.
    """

    id: str
    key: Key
    began: datetime
    document_id: str = ""
    began_here: datetime | None = None

    def is_about(self, document_id: str, created_at: str) -> bool:
        """Say whether the noted request can have made this document, by either of the two clocks."""
        if self.document_id:
            return self.document_id == document_id
        try:
            created = datetime.fromisoformat(created_at)
        except ValueError:
            return False
        if created.tzinfo is None:
            created = created.replace(tzinfo=UTC)
        return any(
            began - _CLOCK_SKEW <= created <= began + _LONGEST_CREATE
            for began in (self.began, self.began_here)
            if began is not None
        )


class CreationJournal:
    """The notes of one working directory. A directory that cannot be written is logged and otherwise no matter.

    Args:
        data_directory: Terraform's own data directory (`.terraform` or TF_DATA_DIR); used only if it exists.
    """

    def __init__(self, data_directory: Path) -> None:
        self._data_directory = data_directory
        self._directory = data_directory / "dflow-provider" / "creating"
        self._lock = threading.Lock()
        self._notes: dict[str, Note] | None = None
        self._answered: set[str] = set()

    def find(self, key: Key) -> Note | None:
        """Return the note of an earlier create of the same thing that was interrupted.

        A create that this process saw through was not: whoever asks for the same thing again wants a second one.
        """
        with self._lock:
            return next(
                (note for note in self._loaded().values() if note.key == key and note.id not in self._answered), None
            )

    def begin(self, key: Key, began: datetime) -> Note:
        """Note that a create is about to be sent; an older note of the same thing is forgotten."""
        note = Note(os.urandom(8).hex(), key, began, began_here=datetime.now(UTC))
        with self._lock:
            for older in [older for older in self._loaded().values() if older.key == key]:
                self._remove(older)
            self._write(note)
        return note

    def learn(self, note: Note, document_id: str) -> None:
        """Add the id that dFlow gave the document."""
        with self._lock:
            self._answered.add(note.id)
            self._write(replace(note, document_id=document_id))

    def forget(self, note: Note) -> None:
        """Drop the note of a create that is known to have made nothing."""
        with self._lock:
            self._remove(note)

    def settle(self, document_id: str) -> None:
        """Drop the notes about a document that Terraform's state knows, or that is gone."""
        with self._lock:
            for note in [note for note in self._loaded().values() if note.document_id == document_id]:
                self._remove(note)

    def _loaded(self) -> dict[str, Note]:
        if self._notes is None:
            self._notes = {}
            with contextlib.suppress(OSError):
                for path in sorted(self._directory.glob("*.json")):
                    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                        note = _from_json(json.loads(path.read_text(encoding="utf-8")))
                        self._notes[note.id] = note
        return self._notes

    def _write(self, note: Note) -> None:
        self._loaded()[note.id] = note
        if not self._data_directory.is_dir():
            return
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = self._directory / f".{note.id}"
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(_to_json(note), file)
            unfinished.replace(self._path(note))
        except OSError as error:
            log.debug("Could not note a create", directory=str(self._directory), reason=str(error))

    def _remove(self, note: Note) -> None:
        self._loaded().pop(note.id, None)
        with contextlib.suppress(OSError):
            self._path(note).unlink()

    def _path(self, note: Note) -> Path:
        return self._directory / f"{note.id}.json"


def _to_json(note: Note) -> dict[str, object]:
    return {
        "format": 1,
        "id": note.id,
        "began": note.began.isoformat(),
        "began_here": None if note.began_here is None else note.began_here.isoformat(),
        "document_id": note.document_id,
        "key": asdict(note.key),
    }


def _from_json(content: Mapping[str, Any]) -> Note:
    note_id = str(content["id"])
    if content["format"] != 1 or not note_id.isalnum():
        raise ValueError("not a note of this version")
    here = content.get("began_here")
    return Note(
        note_id,
        Key(**content["key"]),
        datetime.fromisoformat(content["began"]),
        str(content["document_id"]),
        None if here is None else datetime.fromisoformat(here),
    )
