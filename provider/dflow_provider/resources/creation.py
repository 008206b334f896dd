"""Making a document that must exist once: never twice, never unknown to Terraform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Generic

from dflow_provider.control_plane.documents import Document, Mutability
from dflow_provider.control_plane.errors import (
    AnswerLost,
    ControlPlaneError,
    Failed,
    NotDflow,
    Overloaded,
    Stopped,
)
from dflow_provider.resources.creation_journal import Key
from dflow_provider.resources.keyed_locks import KeyedLocks
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.control_plane.collection import Collection, Found
    from dflow_provider.resources.creation_journal import CreationJournal, Note
    from dflow_provider.schema import Call

_CREATING = KeyedLocks()
"""Held from the look for a name until it is taken: dFlow itself accepts a name twice."""

TOO_MANY_REQUESTS = 429
"""The only busy answer that says that the request was not even looked at."""

_LOOKS_AFTER_S = (0.0, 0.5, 1.0, 2.0, 4.0)
"""When to look for a document whose create was not answered: the control plane may still be at work on it."""


@dataclass(frozen=True)
class Intent(Generic[Document]):
    """A document that is to exist.

    Args:
        collection: where.
        name: its natural key; unique within the organisation.
        project: the Environment it is in, or empty.
        fields: what to send.
        is_same: says whether a document of that name is of the kind and in the place that was meant.
        taken: the error for documents that have the name already.
        type: what else its natural key has, where dFlow lets documents of different types share a name; else empty.
    """

    collection: Collection[Document]
    name: str
    project: str
    fields: Mapping[str, object]
    is_same: Callable[[Document], bool]
    taken: Callable[[list[Document]], ProviderError]
    type: str = ""

    @property
    def key(self) -> Key:
        """What an earlier, interrupted create of the same thing was noted under."""
        return Key(self.collection.shape.slug, self.collection.tenant_id, self.name, self.project, self.type)

    def find(self) -> Found[Document]:
        """Look for documents with its natural key."""
        return self.collection.find(**{"name": self.name, **({"type": self.type} if self.type else {})})


def create_once(intent: Intent[Document], journal: CreationJournal, call: Call) -> Document:
    """Make the document, or finish what an interrupted create of it began.

    From the moment the document exists, its id is recorded with `call.keep`.

    Raises:
        ProviderError: the name is taken, or the create was not answered and nothing was found of it.
        ControlPlaneError: dFlow refused; nothing was made.
    """
    # Names are unique in the whole organisation, so the Environment is no part of the lock.
    with _CREATING.holding((intent.key.collection, intent.key.tenant_id, intent.name), call.stop):
        found = intent.find()
        earlier = journal.find(intent.key)
        if found.documents:
            unfinished = _made_by(earlier, found.documents, intent)
            if unfinished is None:
                raise intent.taken(found.documents)
            return _adopted(unfinished, intent, call)
        note = journal.begin(intent.key, found.server_time or datetime.now(UTC))
        document = _sent(intent, note, journal, call)
        call.keep({"id": document["id"]})
        journal.learn(note, document["id"])
        return document


def _made_by(note: Note | None, documents: list[Document], intent: Intent[Document]) -> Document | None:
    """Return the one document that the noted create made; nothing if that cannot be told."""
    if note is None or len(documents) != 1 or not intent.is_same(documents[0]):
        return None
    document = documents[0]
    return document if note.is_about(document["id"], document["createdAt"]) else None


def _adopted(document: Document, intent: Intent[Document], call: Call) -> Document:
    call.keep({"id": document["id"]})
    shape = intent.collection.shape
    fixed = shape.mutability is Mutability.FIXED
    call.report.warning(
        "Finished an interrupted create",
        f"An earlier run began to make the {shape.kind} {intent.name!r} and ended before it knew "
        f"the outcome. dFlow had made it (id {document['id']}, {document['createdAt']}); it is used now"
        f"{'' if fixed else ' and set to what is planned'}.",
    )
    return document if fixed else intent.collection.update(document["id"], intent.fields)


def _sent(intent: Intent[Document], note: Note, journal: CreationJournal, call: Call) -> Document:
    try:
        return intent.collection.create(intent.fields)
    except ControlPlaneError as error:
        certainty = _certainty(error)
        made = None if certainty is _Certainty.NOTHING_MADE else _looked_for(intent, note, certainty, call)
        if made is not None:
            return made
        if certainty is not _Certainty.OPEN:
            journal.forget(note)
            raise
        raise ProviderError(
            error.title,
            f"{error.detail} No {intent.collection.shape.kind} named {intent.name!r} has turned up since. Apply "
            f"again: should dFlow make it after all, the next create uses it instead of refusing the name.",
        ) from error


class _Certainty(Enum):
    """What is known about a create that ended in an error."""

    NOTHING_MADE = auto()
    DECIDED = auto()
    """dFlow is done with it; whether it made something shows at once."""
    OPEN = auto()
    """dFlow may still be at work on it."""


def _certainty(error: ControlPlaneError) -> _Certainty:
    match error:
        case AnswerLost() | NotDflow():
            return _Certainty.OPEN
        case Overloaded(status=status) if status != TOO_MANY_REQUESTS:
            return _Certainty.OPEN
        case Failed():
            return _Certainty.DECIDED
        case _:
            return _Certainty.NOTHING_MADE


def _looked_for(intent: Intent[Document], note: Note, certainty: _Certainty, call: Call) -> Document | None:
    """Look for what an unanswered create may have made; a failure on dFlow's side may still have made it."""
    pauses = _LOOKS_AFTER_S if certainty is _Certainty.OPEN else _LOOKS_AFTER_S[:1]
    for pause in pauses:
        call.stop.wait(pause)
        try:
            found = intent.find().documents
        except Stopped:
            return None
        except ControlPlaneError:
            continue
        made = _made_by(note, found, intent)
        if made is not None:
            return made
        if call.stop.requested:
            return None
    return None
