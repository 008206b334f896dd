"""From what somebody types after `terraform import` to a service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.control_plane.errors import NotFound
from dflow_provider.resources.record_lookup import listed, looks_like_an_id, record_for
from dflow_provider.resources.service_life import not_an, place_of
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.documents import Head
    from dflow_provider.control_plane.services import ServiceDocument


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


def _service_in(dflow: ControlPlane, environment: str, name: str) -> ServiceDocument:
    place = record_for(dflow, dflow.projects, environment)
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
