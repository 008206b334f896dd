"""Making a document that must exist once: never twice, never unknown to Terraform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic

from dflow_provider.control_plane.documents import Document
from dflow_provider.control_plane.errors import AnswerLost, ControlPlaneError, Failed, Overloaded, Stopped
from dflow_provider.resources.creation_journal import Key
from dflow_provider.resources.keyed_locks import KeyedLocks
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.control_plane.collection import Collection
    from dflow_provider.resources.creation_journal import CreationJournal, Note
    from dflow_provider.schema import Call

_CREATING = KeyedLocks()
"""Held from the look for a name until it is taken: dFlow itself accepts a name twice."""

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
    """

    collection: Collection[Document]
    name: str
    project: str
    fields: Mapping[str, object]
    is_same: Callable[[Document], bool]
    taken: Callable[[list[Document]], ProviderError]

    @property
    def key(self) -> Key:
        """What an earlier, interrupted create of the same thing was noted under."""
        return Key(self.collection.shape.slug, self.collection.tenant_id, self.name, self.project)


def create_once(intent: Intent[Document], journal: CreationJournal, call: Call) -> Document:
    """Make the document, or finish what an interrupted create of it began.

    From the moment the document exists, its id is recorded with `call.keep`.

    Raises:
        ProviderError: the name is taken, or the create was not answered and nothing was found of it.
        ControlPlaneError: dFlow refused; nothing was made.
    """
    with _CREATING.holding(intent.key, call.stop):
        found = intent.collection.find(name=intent.name)
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
    call.report.warning(
        "Finished an interrupted create",
        f"An earlier run began to make the {intent.collection.shape.kind} {intent.name!r} and ended before it knew "
        f"the outcome. dFlow had made it (id {document['id']}, {document['createdAt']}); it is used now and set to "
        f"what is planned.",
    )
    return intent.collection.update(document["id"], intent.fields)


def _sent(intent: Intent[Document], note: Note, journal: CreationJournal, call: Call) -> Document:
    try:
        return intent.collection.create(intent.fields)
    except (AnswerLost, Failed, Overloaded) as error:
        made = _looked_for(intent, note, error, call)
        if made is not None:
            return made
        if isinstance(error, AnswerLost):
            raise ProviderError(
                error.title,
                f"{error.detail} No {intent.collection.shape.kind} named {intent.name!r} has turned up since. Apply "
                f"again: should dFlow make it after all, the next create uses it instead of refusing the name.",
            ) from error
        journal.forget(note)
        raise
    except ControlPlaneError:
        journal.forget(note)
        raise


def _looked_for(intent: Intent[Document], note: Note, error: ControlPlaneError, call: Call) -> Document | None:
    """Look for what an unanswered create may have made; a failure on dFlow's side may still have made it."""
    pauses = _LOOKS_AFTER_S if isinstance(error, AnswerLost) else _LOOKS_AFTER_S[:1]
    for pause in pauses:
        call.stop.wait(pause)
        try:
            found = intent.collection.find(name=intent.name).documents
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
