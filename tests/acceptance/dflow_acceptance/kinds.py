"""Every resource type with what its life needs: how it is declared, changed, found, spoilt and removed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from dflow_acceptance.place import ENVIRONMENT, SERVICE
from dflow_acceptance.wire import Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_acceptance.place import Place

Attributes = dict[str, Any]

NODE_CIDR = "203.0.113.11/32"
OTHER_CIDR = "203.0.113.12/32"


class Side(Enum):
    """Which server an object lives on."""

    CONTROL_PLANE = auto()
    CLOUD = auto()


@dataclass(frozen=True, eq=False)
class Kind:
    """One resource type.

    Attributes:
        type: Terraform's name of it.
        side: where its objects live.
        creating: the request that brings one into being.
        declared: the attributes it is created with.
        changed: the same, changed in a way that needs no new object; nothing where every change does.
        replaced: the same, changed in a way that does; nothing where no change does.
        remote: what of it exists, one element for each object; an object's own content is its element.
        import_ids: the ids it can be imported by, given its id.
        spoil: changes it by hand in a way that the next plan has to put right; nothing where nobody can.
        vanish: the ways to remove it by hand.
    """

    type: str
    side: Side
    creating: Call
    declared: Callable[[Place], Attributes]
    changed: Callable[[Place], Attributes] | None
    replaced: Callable[[Place], Attributes] | None
    remote: Callable[[Place], list[Any]]
    import_ids: Callable[[Place, str], list[str]]
    spoil: Callable[[Place], None] | None
    vanish: tuple[Callable[[Place], None], ...]

    @property
    def address(self) -> str:
        """Address of the one resource that tests declare."""
        return f"{self.type}.it"

    def __str__(self) -> str:
        return self.type.removeprefix("dflow_")


def named(collection: str, *names: str) -> Callable[[Place], list[Any]]:
    return lambda place: [found for name in names for found in place.organisation.named(collection, name)]


def spoilt(collection: str, name: str, **fields: Any) -> Callable[[Place], None]:
    def spoil(place: Place) -> None:
        (found,) = place.organisation.named(collection, name)
        place.organisation.change(collection, found["id"], **fields)

    return spoil


def trashed(collection: str, name: str) -> Callable[[Place], None]:
    def trash(place: Place) -> None:
        (found,) = place.organisation.named(collection, name)
        place.organisation.trash(collection, found["id"])

    return trash


def deleted(collection: str, name: str) -> Callable[[Place], None]:
    def delete(place: Place) -> None:
        (found,) = place.organisation.named(collection, name)
        place.organisation.delete(collection, found["id"])

    return delete


def _service_ids(name: str) -> Callable[[Place, str], list[str]]:
    return lambda _place, id_: [id_, f"{ENVIRONMENT}/{name}"]


ENVIRONMENT_KIND = Kind(
    type="dflow_environment",
    side=Side.CONTROL_PLANE,
    creating=Call("POST", "^/api/projects"),
    declared=lambda place: {"name": "shop-blue", "description": "first", "worker_nodes": [place.node_id]},
    changed=lambda place: {"name": "shop-blue", "description": "second", "worker_nodes": [place.node_id]},
    replaced=None,
    remote=named("projects", "shop-blue"),
    import_ids=lambda _place, id_: [id_, "shop-blue"],
    spoil=spoilt("projects", "shop-blue", description="somebody else's words"),
    vanish=(trashed("projects", "shop-blue"), deleted("projects", "shop-blue")),
)


def _app(place: Place, **other: Any) -> Attributes:
    source = {"provider": "github", "repository": "shop", "owner": "acme", "branch": "main"}
    return {
        "environment_id": place.environment_id,
        "name": "shop-live-web",
        "builder": "railpack",
        "source": source,
        **other,
    }


def _app_changed(place: Place) -> Attributes:
    declared = _app(place, builder="dockerfile", port=8080, description="second")
    return {**declared, "source": {**declared["source"], "branch": "next"}}


APP_SERVICE = Kind(
    type="dflow_app_service",
    side=Side.CONTROL_PLANE,
    creating=Call("POST", "^/api/services"),
    declared=_app,
    changed=_app_changed,
    replaced=lambda place: _app(place, name="shop-live-front"),
    remote=named("services", "shop-live-web", "shop-live-front"),
    import_ids=_service_ids("shop-live-web"),
    spoil=spoilt("services", "shop-live-web", builder="static"),
    vanish=(trashed("services", "shop-live-web"), deleted("services", "shop-live-web")),
)


def _docker(place: Place, **other: Any) -> Attributes:
    return {
        "environment_id": place.environment_id,
        "name": "shop-live-worker",
        "image": "ghcr.io/acme/worker:1.4.2",
        "ports": [{"host_port": 80, "container_port": 8080}],
        **other,
    }


DOCKER_SERVICE = Kind(
    type="dflow_docker_service",
    side=Side.CONTROL_PLANE,
    creating=Call("POST", "^/api/services"),
    declared=_docker,
    changed=lambda place: _docker(
        place,
        image="ghcr.io/acme/worker:1.5.0",
        ports=[{"host_port": 443, "container_port": 8443, "scheme": "https"}],
    ),
    replaced=lambda place: _docker(place, name="shop-live-jobs"),
    remote=named("services", "shop-live-worker", "shop-live-jobs"),
    import_ids=_service_ids("shop-live-worker"),
    spoil=spoilt("services", "shop-live-worker", dockerDetails={"url": "ghcr.io/somebody/else:latest"}),
    vanish=(trashed("services", "shop-live-worker"), deleted("services", "shop-live-worker")),
)


def _database(place: Place, **other: Any) -> Attributes:
    return {"environment_id": place.environment_id, "name": "shop-live-cache", "engine": "redis", **other}


DATABASE_SERVICE = Kind(
    type="dflow_database_service",
    side=Side.CONTROL_PLANE,
    creating=Call("POST", "^/api/services"),
    declared=_database,
    changed=lambda place: _database(place, description="second"),
    replaced=lambda place: _database(place, name="shop-live-store", engine="postgres"),
    remote=named("services", "shop-live-cache", "shop-live-store"),
    import_ids=_service_ids("shop-live-cache"),
    spoil=spoilt("services", "shop-live-cache", description="somebody else's words"),
    vanish=(trashed("services", "shop-live-cache"), deleted("services", "shop-live-cache")),
)


def _variables(place: Place, **values: str) -> Attributes:
    return {"service_id": place.service_id, "variables": {"LOG_LEVEL": "info", "MODE": "shop", **values}}


def _other_service(place: Place) -> Attributes:
    environment_id = place.new_environment("shop-next")
    other = place.organisation.make("services", name="shop-next-api", type="app", project=environment_id)
    return {**_variables(place), "service_id": other["id"]}


def _services_with_our_variables(place: Place) -> list[dict[str, str]]:
    found = [place.organisation.variables(service["id"]) for service in place.organisation.documents("services")]
    return [variables for variables in found if "LOG_LEVEL" in variables]


def _set_variables(**values: str) -> Callable[[Place], None]:
    def write(place: Place) -> None:
        rows = [{"key": key, "value": value} for key, value in values.items()]
        place.organisation.change("services", place.service_id, variables=rows)

    return write


SERVICE_VARIABLES = Kind(
    type="dflow_service_variables",
    side=Side.CONTROL_PLANE,
    creating=Call("PATCH", "^/api/services\\?", b"LOG_LEVEL"),
    declared=_variables,
    changed=lambda place: _variables(place, LOG_LEVEL="debug", EXTRA="1"),
    replaced=_other_service,
    remote=_services_with_our_variables,
    import_ids=lambda _place, id_: [id_, f"{ENVIRONMENT}/{SERVICE}"],
    spoil=_set_variables(LOG_LEVEL="trace", MODE="shop"),
    vanish=(_set_variables(),),
)


def _allowlist(place: Place, cidr: str = NODE_CIDR, **other: Any) -> Attributes:
    return {
        "security_group_id": place.group.id,
        "owner": "shop/orders",
        "database": "orders",
        "port": 5432,
        "entries": {"fra-1": {"cidr": cidr}},
        **other,
    }


def _let_another_in_and_the_node_out(place: Place) -> None:
    place.group.add_by_hand("203.0.113.99/32")
    place.group.remove_by_hand(NODE_CIDR)


ALLOWLIST = Kind(
    type="dflow_aws_security_group_allowlist",
    side=Side.CLOUD,
    creating=Call("POST", "", b"Action=AuthorizeSecurityGroupIngress"),
    declared=_allowlist,
    changed=lambda place: _allowlist(place, OTHER_CIDR),
    replaced=lambda place: _allowlist(place, owner="shop/invoices"),
    remote=lambda place: place.group.ours(),
    import_ids=lambda place, _id: [
        f"{place.group.id}/shop/orders",
        f"{place.group.id}/shop/orders@5432",
    ],
    spoil=_let_another_in_and_the_node_out,
    vanish=(lambda place: place.group.remove_by_hand(NODE_CIDR),),
)

HELD_BY_SOMETHING_ELSE = (SERVICE_VARIABLES, ALLOWLIST)
"""What has no life of its own: its parts come and go within a service or a group that stays."""

KINDS = (ENVIRONMENT_KIND, APP_SERVICE, DOCKER_SERVICE, DATABASE_SERVICE, SERVICE_VARIABLES, ALLOWLIST)
SERVICES = (APP_SERVICE, DOCKER_SERVICE, DATABASE_SERVICE)
