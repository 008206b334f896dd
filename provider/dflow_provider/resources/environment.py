"""`dflow_environment`: a named place on one Worker Node that services live in."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.control_plane.errors import Refused
from dflow_provider.resources.creation import Intent, create_once
from dflow_provider.resources.explaining import explained, explaining
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.record_life import delete_record, read_record
from dflow_provider.resources.record_lookup import record_for
from dflow_provider.resources.validators import ENVIRONMENT_NAME
from dflow_provider.schema import BOOL, STRING, Attribute, ListOf, Presence, ProviderError, Schema, is_known

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.projects import ProjectDocument
    from dflow_provider.schema import Call, Path, Value, Values

_PATHS = MappingProxyType(
    {"name": ("name",), "description": ("description",), "server": ("worker_nodes",), "project": ("id",)}
)


class Environment:
    """An Environment of one Application."""

    schema: ClassVar[Schema] = Schema(
        "An Environment: the place, on one Worker Node, that services live in. In the public control plane it is "
        "what the dashboard calls a project.\n\n"
        "Import by id or by name: `terraform import dflow_environment.production shop-production`.",
        (
            Attribute(
                "id",
                STRING,
                Presence.COMPUTED,
                "The Environment's id in dFlow; services refer to it as `environment_id`.",
            ),
            Attribute(
                "name",
                STRING,
                Presence.REQUIRED,
                "The Environment's name, unique within the organisation. Changing it renames the Environment in "
                "place; the names of its services stay as they are.",
                validators=(ENVIRONMENT_NAME,),
            ),
            Attribute(
                "description",
                STRING,
                Presence.OPTIONAL,
                "Free text that dFlow's dashboard shows beside the name. Left out, there is none.",
            ),
            Attribute(
                "worker_nodes",
                ListOf(STRING),
                Presence.REQUIRED,
                "Ids of the Worker Nodes that run the Environment's services, from `data.dflow_worker_node.….id`. "
                "The public control plane attaches exactly one Worker Node, so the list has exactly one id, and "
                "dFlow does not move services: a changed node on an existing Environment is refused at plan. Make "
                "a new Environment on the other node and move the services there.",
            ),
            Attribute(
                "hard_delete",
                BOOL,
                Presence.OPTIONAL_COMPUTED,
                "What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the "
                "dashboard, from where an operator can bring it back; `true` removes the record for good. An "
                "Environment that still has services is not removed; make an end of those first.",
                default=False,
            ),
            Attribute(
                "created_at",
                STRING,
                Presence.COMPUTED,
                "When dFlow made the Environment, as an RFC 3339 time in UTC.",
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:  # noqa: ARG002 (a hook)
        """Refuse what dFlow would accept and then not do."""
        _check_worker_nodes(prior, planned)
        return ()

    @explaining(_PATHS)
    def read(self, state: Values, call: Call) -> Values | None:
        """Return the Environment as it is now; one in dFlow's trash is gone."""
        document = read_record(self._backend, self._dflow(call).projects, state)
        return None if document is None else _Environment.from_api(document).to_values(state["hard_delete"])

    @explaining(_PATHS)
    def create(self, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Make the Environment, or finish what an interrupted create of it began."""
        _check_worker_nodes(None, plan)
        dflow = self._dflow(call)
        name = str(plan["name"])
        intent = Intent(
            collection=dflow.projects,
            name=name,
            project="",
            fields=_request(plan),
            is_same=lambda found: found.get("server") == _request(plan)["server"],
            taken=lambda found: _taken(dflow, name, found),
        )
        try:
            document = create_once(intent, self._backend.creations, call)
        except Refused as error:
            raise _refused(dflow, error, plan) from error
        actual = _Environment.from_api(document).to_values(plan["hard_delete"])
        return settled(self.schema, plan, actual, call)

    @explaining(_PATHS)
    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Rename or describe the Environment."""
        _check_worker_nodes(prior, plan)
        dflow = self._dflow(call)
        environment_id = str(prior["id"])
        if plan["name"] != prior["name"]:
            others = [
                found
                for found in dflow.projects.find(name=str(plan["name"])).documents
                if found["id"] != environment_id
            ]
            if others:
                raise _taken(dflow, str(plan["name"]), others)
        request = _request(plan)
        if prior["worker_nodes"]:
            # Sending the node again would undo, in the record alone, what somebody changed by hand since the plan.
            del request["server"]
        try:
            document = dflow.projects.update(environment_id, request)
        except Refused as error:
            raise _refused(dflow, error, plan) from error
        actual = _Environment.from_api(document).to_values(plan["hard_delete"])
        return settled(self.schema, plan, actual, call)

    @explaining(_PATHS)
    def delete(self, state: Values, call: Call) -> None:
        """Put the Environment into dFlow's trash, or with `hard_delete` remove it, unless services live in it."""
        dflow = self._dflow(call)
        inhabitants = dflow.services.find(project=str(state["id"])).documents
        if inhabitants:
            names = ", ".join(sorted(f"{service['name']} (id {service['id']})" for service in inhabitants))
            raise ProviderError(
                "Environment still has services",
                f"The Environment {state['name']!r} is not removed, because services live in it that are not part "
                f"of this destroy: {names}. They would go on running without a place in dFlow. Delete them in the "
                f"dashboard or import them, then destroy again.",
            )
        delete_record(self._backend, dflow.projects, state)

    @explaining(_PATHS)
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the Environment by its id or by its name."""
        dflow = self._dflow(call)
        return _Environment.from_api(record_for(dflow, dflow.projects, import_id)).to_values(hard_delete=False)

    def _dflow(self, call: Call) -> ControlPlane:
        return self._backend.control_plane.during(call.stop.wait)


@dataclass(frozen=True)
class _Environment:
    id: str
    name: str
    description: str | None
    worker_nodes: tuple[str, ...]
    created_at: str

    @classmethod
    def from_api(cls, document: ProjectDocument) -> Self:
        server = document.get("server")
        return cls(
            id=document["id"],
            name=document["name"],
            description=document.get("description"),
            worker_nodes=(server,) if server else (),
            created_at=document["createdAt"],
        )

    def to_values(self, hard_delete: Value) -> Values:
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "worker_nodes": list(self.worker_nodes),
            "hard_delete": hard_delete,
            "created_at": self.created_at,
        }


def _request(plan: Values) -> dict[str, object]:
    nodes = plan["worker_nodes"]
    return {
        "name": plan["name"],
        "description": plan["description"],
        "server": nodes[0] if isinstance(nodes, list) else None,
    }


def _check_worker_nodes(prior: Values | None, planned: Values) -> None:
    nodes = planned["worker_nodes"]
    if not isinstance(nodes, list):
        return
    name = planned["name"] if is_known(planned["name"]) else "(name known after apply)"
    if not nodes:
        raise ProviderError(
            "Environment needs one Worker Node",
            f"worker_nodes of the Environment {name!r} is empty. A Worker Node runs its services, and dFlow attaches "
            f"every Environment to exactly one. Give the id of one, from data.dflow_worker_node.",
            ("worker_nodes",),
        )
    if len(nodes) > 1:
        raise ProviderError(
            "Only one Worker Node fits",
            f"worker_nodes of the Environment {name!r} has {len(nodes)} entries ({_shown(nodes)}). dFlow's public "
            f"control plane attaches every Environment to exactly one Worker Node. Keep one, and make a further "
            f"Environment for each other node.",
            ("worker_nodes",),
        )
    before = prior["worker_nodes"] if prior is not None else None
    if isinstance(before, list) and before and is_known(nodes) and nodes != before:
        raise ProviderError(
            "Environment cannot change Worker Node",
            f"The Environment {name!r} is attached to the Worker Node {_shown(before)}, and worker_nodes asks for "
            f"{_shown(nodes)}. dFlow would note the other node and move nothing: services and their data would stay "
            f"where they are, out of its reach. Make a new Environment with a name of its own on {_shown(nodes)}, move "
            f"the services there and then remove this one; or set worker_nodes back to [{_shown(before)}]. Did "
            f"somebody change the node in dFlow itself, change it back there.",
            ("worker_nodes",),
        )


def _shown(nodes: list[Value]) -> str:
    return ", ".join(str(node) if is_known(node) else "(known after apply)" for node in nodes)


def _taken(dflow: ControlPlane, name: str, found: list[ProjectDocument]) -> ProviderError:
    places = "; ".join(f"id {project['id']}, on the Worker Node {project.get('server')}" for project in found)
    return ProviderError(
        "Environment name is taken",
        f"dFlow has an Environment named {name!r} already: {places}. Names are unique within the organisation "
        f"{dflow.tenant!r}, because services are named and imported by them. Choose another name, or take the "
        f"existing one over: terraform import dflow_environment.<name in your configuration> {found[0]['id']}",
        ("name",),
    )


def _refused(dflow: ControlPlane, error: Refused, plan: Values) -> ProviderError:
    if not any(problem.path == "server" for problem in error.problems):
        return explained(error, _PATHS)
    asked = str(_request(plan)["server"])
    identity = dflow.identify(asked)
    if identity is not None and identity.kind != "Worker Node":
        reason = f"{asked!r} is the id of the {identity.kind} {identity.name!r}."
    else:
        reason = f"The organisation {dflow.tenant!r} has no Worker Node with id {asked!r}."
    nodes = ", ".join(f"{node['name']} (id {node['id']})" for node in dflow.servers.find().documents) or "none"
    return ProviderError(
        "Worker Node does not exist",
        f"{reason} Its Worker Nodes are: {nodes}. worker_nodes takes ids; data.dflow_worker_node finds the id of a "
        f"name.",
        ("worker_nodes",),
    )
