"""From what somebody types after `terraform import` to a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dflow_provider.control_plane.errors import NotFound
from dflow_provider.resources.service_life import not_an, place_of
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.documents import Head
    from dflow_provider.control_plane.projects import ProjectDocument
    from dflow_provider.control_plane.services import ServiceDocument

_LISTED = 20


def environment_for(dflow: ControlPlane, import_id: str) -> ProjectDocument:
    """Find an Environment by id or by name.

    Raises:
        ProviderError: there is none, there are several of that name, or the id is something else's.
    """
    if looks_like_an_id(import_id):
        try:
            return dflow.projects.get(import_id)
        except NotFound:
            pass
    named = dflow.projects.find(name=import_id).documents
    if len(named) == 1:
        return named[0]
    if named:
        raise ProviderError(
            "Environment name is not unique",
            f"dFlow has {len(named)} Environments named {import_id!r}: {_ids(named)}. Import one of them by its id.",
        )
    if looks_like_an_id(import_id):
        raise not_an(dflow, "Environment", import_id)
    raise ProviderError(
        "Environment does not exist",
        f"The organisation {dflow.tenant!r} has no Environment named {import_id!r}. "
        f"{listed([each['name'] for each in dflow.projects.find().documents], 'Environment')}",
    )


def service_for(dflow: ControlPlane, import_id: str) -> ServiceDocument:
    """Find a service by id or by `<environment name>/<service name>`.

    Raises:
        ProviderError: there is none, there are several, or the id is something else's.
    """
    environment, slash, name = import_id.partition("/")
    if slash:
        return _service_in(dflow, environment, name)
    if looks_like_an_id(import_id):
        try:
            return dflow.services.get(import_id)
        except NotFound:
            raise not_an(dflow, "service", import_id) from None
    raise ProviderError(
        "Import id is incomplete",
        f"{import_id!r} is neither a service's id nor <environment name>/<service name>.{_hint(dflow, import_id)}",
    )


def looks_like_an_id(text: str) -> bool:
    """Say whether the text can be a document's id: 24 hexadecimal digits, a UUID, or a number."""
    return re.fullmatch(r"[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+", text) is not None


def _service_in(dflow: ControlPlane, environment: str, name: str) -> ServiceDocument:
    place = environment_for(dflow, environment)
    services = dflow.services.find(name=name).documents
    here = [service for service in services if service.get("project") == place["id"]]
    if len(here) == 1:
        return here[0]
    if here:
        raise ProviderError(
            "Service name is not unique",
            f"The Environment {environment!r} has {len(here)} services named {name!r}: {_ids(here)}. Import one "
            f"of them by its id.",
        )
    if services:
        raise ProviderError(
            "Service is in another Environment",
            f"The service {name!r} (id {services[0]['id']}) is not in the Environment {environment!r} but in "
            f"{place_of(dflow, services[0])}.",
        )
    inside = [each["name"] for each in dflow.services.find(project=place["id"]).documents]
    raise ProviderError(
        "Service does not exist",
        f"The Environment {environment!r} has no service named {name!r}. {listed(inside, 'service')} Give the full "
        f"name that dFlow has for it.",
    )


def _hint(dflow: ControlPlane, name: str) -> str:
    named = dflow.services.find(name=name).documents
    if not named:
        return ""
    return f" The service of that name has the id {named[0]['id']} and is in {place_of(dflow, named[0])}."


def _ids(documents: Sequence[Head]) -> str:
    return ", ".join(f"{document['id']} (since {document['createdAt']})" for document in documents)


def listed(names: list[str], kind: str) -> str:
    """Say which there are, for somebody who mistyped a name; a long list is cut."""
    if not names:
        return f"There is no {kind} at all."
    shown = ", ".join(sorted(names)[:_LISTED])
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"There {'is' if len(names) == 1 else 'are'} {shown}{more}."
