"""What app, docker and database services have in common from create to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.control_plane.errors import ControlPlaneError
from dflow_provider.resources.creation import Intent, create_once
from dflow_provider.resources.record_life import delete_record, read_record
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.services import ServiceDocument, Services
    from dflow_provider.schema import Call, Path, Values

RESOURCE_BY_TYPE = {
    "app": "dflow_app_service",
    "docker": "dflow_docker_service",
    "database": "dflow_database_service",
}


def create_service(
    backend: Backend, plan: Values, fields: Mapping[str, object], call: Call, services: Services | None = None
) -> ServiceDocument:
    """Make a service in its Environment, or finish what an interrupted create of it began.

    Args:
        backend: what the provider works with.
        plan: has the name and the Environment.
        fields: what to send besides those.
        call: see `Call`.
        services: which fields the answer has; by default no secret.

    Raises:
        ProviderError: another service of the organisation has the name.
        ControlPlaneError: dFlow refused.
    """
    dflow = backend.control_plane.during(call.stop.wait)
    name, project = str(plan["name"]), str(plan["environment_id"])
    return create_once(
        Intent(
            collection=services or dflow.services,
            name=name,
            project=project,
            fields=fields,
            is_same=lambda found: found.get("project") == project and found["type"] == fields["type"],
            taken=lambda found: _taken(dflow, name, found),
        ),
        backend.creations,
        call,
    )


def read_service(backend: Backend, state: Values, call: Call) -> ServiceDocument | None:
    """Return the service as it is now, or nothing if it is gone or in dFlow's trash."""
    return read_record(backend, backend.control_plane.during(call.stop.wait).services, state)


def update_service(backend: Backend, prior: Values, fields: Mapping[str, object], call: Call) -> ServiceDocument:
    """Change the service in place and return it as dFlow stored it; variables are never part of it."""
    return backend.control_plane.during(call.stop.wait).services.update(str(prior["id"]), fields)


def of_type(type_: str, document: ServiceDocument) -> ServiceDocument:
    """Return the service if it is of the type that a resource manages.

    Raises:
        ProviderError: it is of another type; the error names the resource for that.
    """
    found = document["type"]
    if found == type_:
        return document
    raise ProviderError(
        "Service is of another type",
        f"The service {document['name']!r} (id {document['id']}) is of the type {found!r}, which "
        f"{RESOURCE_BY_TYPE.get(found, 'another provider version')} manages, not {RESOURCE_BY_TYPE[type_]}.",
    )


def delete_service(backend: Backend, state: Values, call: Call) -> None:
    """Put the service into dFlow's trash, or with `hard_delete` remove it; one that is gone already is no error."""
    delete_record(backend, backend.control_plane.during(call.stop.wait).services, state)


def _taken(dflow: ControlPlane, name: str, found: list[ServiceDocument]) -> ProviderError:
    places = "; ".join(
        f"id {service['id']}, type {service['type']}, in the Environment {place_of(dflow, service)}"
        for service in found
    )
    first = found[0]
    return ProviderError(
        "Service name is taken",
        f"dFlow has a service named {name!r} already: {places}. The Worker Node knows services by name alone, so a "
        f"name can stand only once in the organisation {dflow.tenant!r}. Choose another name, or take the "
        f"existing one over: terraform import {RESOURCE_BY_TYPE.get(first['type'], 'dflow_app_service')}.<name in your "
        f"configuration> {first['id']}",
        ("name",),
    )


def place_of(dflow: ControlPlane, service: ServiceDocument) -> str:
    """Say in which Environment a service is, by name where it can be read."""
    project = service.get("project")
    if not project:
        return "(none)"
    try:
        return f"{dflow.projects.get(project)['name']!r} (id {project})"
    except ControlPlaneError:
        return f"with id {project}, which is in dFlow's trash or gone"


def not_an(dflow: ControlPlane, kind: str, document_id: str, path: Path = ()) -> ProviderError:
    """Return the error for an id that is not the id of what it should be; it says what the id is instead."""
    try:
        identity = dflow.identify(document_id)
    except ControlPlaneError:
        identity = None
    if identity is None or identity.kind == kind:
        reason = f"The organisation {dflow.tenant!r} has no {kind} with id {document_id!r}, or has it in its trash."
    else:
        reason = f"{document_id!r} is the id of the {identity.kind} {identity.name!r}."
    article = "an" if kind[0] in "AEIOU" or kind.startswith("SSH") else "a"
    return ProviderError(f"Not {article} {kind}'s id", f"{reason} Give the id of {article} {kind}.", path)
