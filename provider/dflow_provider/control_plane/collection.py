"""One collection of documents in one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, cast

from dflow_provider.control_plane.answers import Subject
from dflow_provider.control_plane.documents import Document, Mutability
from dflow_provider.control_plane.errors import ControlPlaneError, NotDflow, OtherTenant
from dflow_provider.control_plane.query import equals, segment
from dflow_provider.control_plane.session import documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.control_plane.query import Query
    from dflow_provider.control_plane.session import Session


_PAGE = 100


@dataclass(frozen=True)
class Found(Generic[Document]):
    """What a search found, and what the control plane's clock said at that moment, to the second."""

    documents: list[Document]
    server_time: datetime | None


@dataclass(frozen=True)
class Shape:
    """How a collection is named and which of its fields are asked for.

    Args:
        slug: its name in addresses.
        kind: what one of its documents is called in messages: dFlow's word for it.
        fields: the fields to read. Others, secrets among them, never cross the wire.
        joins: lists of other documents that the engine would look up for every answer.
        mutability: whether dFlow changes a document that exists.
        name_field: where a document's name stands, for messages; with a dot inside a group.
    """

    slug: str
    kind: str
    fields: Query
    joins: tuple[str, ...] = ()
    mutability: Mutability = Mutability.CHANGEABLE
    name_field: str = "name"

    @property
    def reading(self) -> Query:
        """The part of a query that keeps an answer to the fields of interest."""
        return {
            "select": {"name": True, "tenant": True, "createdAt": True, **self.fields},
            "joins": dict.fromkeys(self.joins, False),
        }

    @property
    def title(self) -> str:
        """The kind as a sentence or a title starts with it."""
        return self.kind[0].upper() + self.kind[1:]

    def name_of(self, document: Mapping[str, Any]) -> str:
        """Return what a document is called, for messages."""
        value: Any = document
        for step in self.name_field.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        return str(value or document.get("id", ""))


class Collection(Generic[Document]):
    """Reads and writes the documents of one collection; those in the trash do not exist for it.

    Every method may raise any `ControlPlaneError`; the ones named are those that callers tell apart.
    """

    def __init__(self, session: Session, shape: Shape) -> None:
        self.shape = shape
        self._session = session
        self._path = f"/api/{shape.slug}"

    @property
    def tenant_id(self) -> str:
        """Id of the organisation that the documents belong to."""
        return self._session.tenant_id

    def get(self, document_id: str) -> Document:
        """Return one document.

        Raises:
            NotFound: there is none of that id.
            OtherTenant: it belongs to another organisation.
        """
        said = self._session.request(
            "GET", self._at(document_id), Subject(self.shape.kind, document_id), query=self.shape.reading
        )
        document = said.body
        if not isinstance(document.get("id"), str | int):
            raise NotDflow(f"GET {self._session.address}{self._at(document_id)}", "JSON that is no document of dFlow's")
        if document.get("tenant") not in {None, self._session.tenant_id}:
            raise OtherTenant(self.shape.kind, document_id, self._session.tenant)
        return self._typed(document)

    def find(self, **fields: str) -> Found[Document]:
        """Return every document of the organisation whose named fields have exactly these values, over all pages."""
        found: dict[str, dict[str, Any]] = {}
        server_time: datetime | None = None
        page = 1
        while True:
            said = self._session.request(
                "GET",
                self._path,
                Subject(self.shape.kind),
                query={
                    **self.shape.reading,
                    "where": equals(tenant=self._session.tenant_id, **fields),
                    "limit": _PAGE,
                    "page": page,
                    "sort": "id",
                },
            )
            server_time = server_time or said.server_time
            # A document may be seen on two pages when others come and go between the requests.
            found |= {
                str(document["id"]): document
                for document in documents(said, f"GET {self._session.address}{self._path}")
            }
            if said.body.get("hasNextPage") is not True:
                return Found([self._typed(document) for document in found.values()], server_time)
            page += 1

    def newest(self, limit: int, **fields: str) -> list[Document]:
        """Return the latest documents whose named fields have exactly these values, the newest first.

        Unlike `find` it does not look at the organisation, which some collections do not know: name a field whose value
        belongs to it.
        """
        said = self._session.request(
            "GET",
            self._path,
            Subject(self.shape.kind),
            query={**self.shape.reading, "where": equals(**fields), "limit": limit, "sort": "-createdAt"},
        )
        request = f"GET {self._session.address}{self._path}"
        return [self._typed(document) for document in documents(said, request)]

    def create(self, fields: Mapping[str, object]) -> Document:
        """Make a document of the organisation and return it as dFlow stored it.

        Raises:
            Refused: dFlow did not accept a field; nothing was made.
            AnswerLost: whether it was made is not known.
        """
        said = self._session.request(
            "POST",
            self._path,
            Subject(self.shape.kind),
            query=self.shape.reading,
            body={**fields, "tenant": self._session.tenant_id},
        )
        return self._written(said.body)

    def update(self, document_id: str, fields: Mapping[str, object]) -> Document:
        """Change the named fields and return the document as dFlow stored it; an open editor does not hinder it.

        Raises:
            NotFound: there is none of that id.
            Refused: dFlow did not accept a field; nothing was changed.
        """
        said = self._session.request(
            "PATCH",
            self._at(document_id),
            Subject(self.shape.kind, document_id),
            query={**self.shape.reading, "overrideLock": True},
            body=fields,
        )
        return self._written(said.body)

    def update_unchanged(self, document_id: str, since: str, fields: Mapping[str, object]) -> Document | None:
        """Change the named fields if nobody wrote the document after `since`, its `updatedAt` when it was read.

        dFlow looks and then writes, so of two writers within the same few milliseconds both may get through. A hook of
        dFlow's that fails after the write is answered like a field that it does not accept.

        Returns:
            The document as dFlow stored it; nothing if it was written meanwhile, is in the trash or gone, which is also
            what a second try finds when the answer to the first one got lost.

        Raises:
            Refused: dFlow did not accept a field; most likely nothing was changed.
        """
        try:
            said = self._session.request(
                "PATCH",
                self._path,
                Subject(self.shape.kind, document_id),
                query={**self.shape.reading, "where": equals(id=document_id, updatedAt=since), "overrideLock": True},
                body=fields,
            )
            changed = documents(said, f"PATCH {self._session.address}{self._path}")
        except ControlPlaneError as error:
            error.about(self.shape.kind, document_id)
            raise
        return self._typed(changed[0]) if changed else None

    def trash(self, document_id: str) -> None:
        """Put a document into dFlow's trash, as the dashboard's own delete does.

        Raises:
            NotFound: there is none of that id, or it is in the trash already.
        """
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.update(document_id, {"deletedAt": now})

    def delete(self, document_id: str) -> None:
        """Remove a document for good.

        Raises:
            NotFound: there is none of that id.
        """
        self._session.request(
            "DELETE",
            self._at(document_id),
            Subject(self.shape.kind, document_id),
            query={**self.shape.reading, "overrideLock": True},
        )

    def _at(self, document_id: str) -> str:
        return f"{self._path}/{segment(document_id)}"

    def _written(self, body: dict[str, Any]) -> Document:
        document = body.get("doc")
        if not isinstance(document, dict) or "id" not in document:
            raise NotDflow(f"{self._session.address}{self._path}", "JSON without the written document `doc`")
        return self._typed(document)

    @staticmethod
    def _typed(document: dict[str, Any]) -> Document:
        return cast("Document", {**document, "id": str(document["id"])})
