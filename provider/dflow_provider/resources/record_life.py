"""What resources that are one document of dFlow's each have in common, from create to destroy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.control_plane.documents import Mutability
from dflow_provider.control_plane.errors import NotFound
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.collection import Collection, Shape
    from dflow_provider.control_plane.documents import Document, Head, Stored
    from dflow_provider.schema import Path, Values


def read_record(backend: Backend, collection: Collection[Document], state: Values) -> Document | None:
    """Return the document as it is now, or nothing if it is gone or in dFlow's trash."""
    document_id = str(state["id"])
    try:
        document = collection.get(document_id)
    except NotFound:
        document = None
    backend.creations.settle(document_id)
    return document


def delete_record(backend: Backend, collection: Collection[Document], state: Values) -> None:
    """Put the document into dFlow's trash, or remove it for good where `hard_delete` asks for it.

    A document that dFlow never changes cannot go to the trash and is removed. One that is gone already is no error.
    """
    document_id = str(state["id"])
    try:
        if collection.shape.mutability is Mutability.FIXED or state["hard_delete"] is True:
            collection.delete(document_id)
        else:
            collection.trash(document_id)
    except NotFound:
        pass
    backend.creations.settle(document_id)


def refuse_while_used(shape: Shape, state: Values, users: Mapping[str, Sequence[Head]]) -> None:
    """Keep a document that others point at: dFlow would let it go and leave them with an id of nothing.

    Args:
        shape: what the document is.
        state: has its name.
        users: what points at it, by dFlow's word for that kind.

    Raises:
        ProviderError: something points at it; the error names everything that does.
    """
    uses = [
        f"{kind} {one['name']!r} (id {one['id']})"
        for kind, found in users.items()
        for one in sorted(found, key=lambda each: each["name"])
    ]
    if uses:
        raise ProviderError(
            f"{shape.title} is still in use",
            f"The {shape.kind} {state['name']!r} is not removed, because it is used by: {', '.join(uses)}. Give them "
            f"another one or remove them first. Where a replacement brought this up, give the new one a name of its "
            f"own and set `lifecycle {{ create_before_destroy = true }}`.",
        )


def taken(
    dflow: ControlPlane, shape: Shape, resource: str, found: Sequence[Stored], reason: str, path: Path = ("name",)
) -> ProviderError:
    """Return the error for something unique that documents have already, with the command that takes one over.

    Args:
        dflow: the control plane.
        shape: what they are.
        resource: the Terraform type that manages them.
        found: those that have it.
        reason: why it cannot stand twice, as a sentence.
        path: the attribute; its last name is what is taken.
    """
    there = "; ".join(f"{shape.name_of(each)!r} (id {each['id']}, since {each['createdAt']})" for each in found)
    return ProviderError(
        f"{shape.title} {str(path[-1]).replace('_', ' ')} is taken",
        f"The organisation {dflow.tenant!r} has this {shape.kind} already: {there}. {reason} Choose another "
        f"{str(path[-1]).replace('_', ' ')}, or take the existing one over: "
        f"terraform import {resource}.<name in your configuration> {found[0]['id']}",
        path,
    )
