"""Finding one document by what a person knows of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dflow_provider.control_plane.errors import NotFound
from dflow_provider.resources.service_life import not_an
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.collection import Collection
    from dflow_provider.control_plane.documents import Document, Stored
    from dflow_provider.schema import Path, Report, Values

_LISTED = 20


def record_for(dflow: ControlPlane, collection: Collection[Document], import_id: str, also: str = "") -> Document:
    """Find a document by its id, its name, `<organisation>/<name>` or, where types share names, `<type>/<name>`.

    Args:
        dflow: the control plane.
        collection: where to look.
        import_id: what somebody typed.
        also: advice for an ambiguous name besides giving an id.

    Raises:
        ProviderError: there is none, there are several of that name, or the id is something else's.
    """
    shape = collection.shape
    if looks_like_an_id(import_id):
        try:
            return collection.get(import_id)
        except NotFound:
            pass
    named = collection.find(**{shape.name_field: import_id}).documents
    prefix, slash, name = import_id.partition("/")
    if slash and not named:
        inside = collection.find(**{shape.name_field: name}).documents
        ours = prefix == dflow.tenant
        named = inside if ours else [each for each in inside if _type(each).lower() == prefix.lower()]
    if not named and looks_like_an_id(import_id):
        raise not_an(dflow, shape.kind, import_id)
    return _the_one(dflow, collection, import_id, named, also=also)


def record_with_id(dflow: ControlPlane, collection: Collection[Document], document_id: str, path: Path) -> Document:
    """Return the document with this id.

    Raises:
        ProviderError: there is none; the error says what the id is instead.
    """
    try:
        return collection.get(document_id)
    except NotFound:
        raise not_an(dflow, collection.shape.kind, document_id, path) from None


def record_named(dflow: ControlPlane, collection: Collection[Document], name: str, path: Path) -> Document:
    """Return the one document of this name.

    Raises:
        ProviderError: there is none, or there are several.
    """
    found = collection.find(**{collection.shape.name_field: name}).documents
    return _the_one(dflow, collection, name, found, path)


def check_one_of(config: Values, report: Report, names: tuple[str, str], meant: str) -> None:
    """Refuse a question that names nothing, and one that names two things.

    Args:
        config: the configuration.
        report: takes the error.
        names: the attributes of which exactly one is to be given.
        meant: what they say: `which Environment is meant`.
    """
    given = [name for name in names if config[name] is not None]
    if len(given) == 1:
        return
    first, second = names
    found = f"Both {first} and {second} are set" if given else f"Neither {first} nor {second} is set"
    report.error(f"Give either {first} or {second}", f"{found}. Give exactly one of them, to say {meant}.")


def looks_like_an_id(text: str) -> bool:
    """Say whether the text can be a document's id: 24 hexadecimal digits, a UUID, or a number."""
    return re.fullmatch(r"[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+", text) is not None


def listed(names: list[str], kind: str) -> str:
    """Say which there are, for somebody who mistyped a name; a long list is cut."""
    if not names:
        return f"There is no {kind} at all."
    shown = ", ".join(sorted(names)[:_LISTED])
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"There {'is' if len(names) == 1 else 'are'} {shown}{more}."


def _the_one(
    dflow: ControlPlane,
    collection: Collection[Document],
    text: str,
    found: Sequence[Document],
    path: Path = (),
    also: str = "",
) -> Document:
    shape = collection.shape
    if len(found) == 1:
        return found[0]
    if found:
        candidates = "; ".join(sorted(f"{_described(each)} (id {each['id']})" for each in found))
        raise ProviderError(
            f"{shape.title} name is not unique",
            f"The organisation {dflow.tenant!r} has more than one {shape.kind} named {text!r}: {candidates}. "
            f"Give the id of one of them{also}.",
            path,
        )
    raise ProviderError(
        f"{shape.title} does not exist",
        f"The organisation {dflow.tenant!r} has no {shape.kind} named {text!r}. "
        f"{listed([shape.name_of(each) for each in collection.find().documents], shape.kind)}",
        path,
    )


def _type(document: Stored) -> str:
    return str(document.get("type") or "")


def _described(document: Stored) -> str:
    type_ = _type(document)
    return f"type {type_}, since {document['createdAt']}" if type_ else f"since {document['createdAt']}"
