"""Redis Cloud's API v1, as far as the CIDR allow lists of a Pro and an Essentials database need it."""

from __future__ import annotations

import copy
import ipaddress
import itertools
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_ACCESS_KEY: Final = "redis-cloud-account-key-of-the-sandbox"
_SECRET_KEY: Final = "redis-cloud-user-key-of-the-sandbox"  # noqa: S105 (opens nothing but this stand-in)
_MOST: Final = 32
_UPDATABLE_PRO: Final = ("name", "dryRun", "replicaOf", "sourceIp", "password", "enableTls", "dataPersistence")
_UPDATABLE_ESSENTIALS: Final = ("name", "replica", "sourceIps", "password", "enableTls", "dataPersistence")


class RedisCloudServer(ContractServer):
    """Two Pro databases of one subscription, and an Essentials one. A change is a task, not found at first, then done.

    While it runs, the subscription takes no other change. A look at its database ends it, too.
    """

    locators: ClassVar[Mapping[str, str]] = {"plan": "pro", "subscription_id": "112233", "database_id": "51045678"}
    NEIGHBOUR: ClassVar[Mapping[str, str]] = {**locators, "database_id": "51045679"}
    """The locators of the other database of the subscription."""
    ESSENTIALS: ClassVar[Mapping[str, str]] = {
        "plan": "essentials",
        "subscription_id": "445566",
        "database_id": "12007001",
    }
    """The locators of the Essentials database."""

    def __init__(self) -> None:
        super().__init__()
        self.pro = _database(51045678, ["198.51.100.0/24", "198.51.100.7/32"])
        self.neighbour = _database(51045679, ["198.51.100.7/32"])
        self.essentials = _database(12007001, ["198.51.100.7/32"])
        self.task_looks = [404, "processing-completed"]
        """What a task answers, look by look; the last one stays."""
        self.task_error: dict[str, str] | None = None
        """How the next task fails."""
        self._is_there = True
        self._tasks: dict[str, tuple[int, list[Any], dict[str, str] | None]] = {}
        self._pending: set[int] = set()
        self._numbers = itertools.count(1)

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {
            "REDISCLOUD_ACCESS_KEY": _ACCESS_KEY,
            "REDISCLOUD_SECRET_KEY": _SECRET_KEY,
            "REDISCLOUD_URL": f"{self.url}/v1",
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add a CIDR to the Pro database as the console does."""
        self.pro["security"]["sourceIps"].append(cidr)

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a CIDR from the Pro database as the console does."""
        self.pro["security"]["sourceIps"].remove(cidr)

    def remove_list(self) -> None:
        """Delete the databases."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the Pro database's list."""
        return copy.copy(self.pro["security"]["sourceIps"])

    def cidrs(self) -> set[str]:
        """Return the Pro database's list."""
        return set(self.pro["security"]["sourceIps"])

    def authenticate(self, request: Request) -> None:
        """Take the one pair of keys there is."""
        given = (request.headers.get("x-api-key"), request.headers.get("x-api-secret-key"))
        if given != (_ACCESS_KEY, _SECRET_KEY):
            raise _refusal("401 UNAUTHORIZED", "UNAUTHORIZED", "The provided keys are not valid")

    @route("GET", "/v1/subscriptions/{subscription}/databases/{database}")
    def get_pro(self, _: Request, subscription: str, database: str) -> Answer:
        """Return a Pro database."""
        return self._show(self._find_pro(subscription, database))

    @route("GET", "/v1/subscriptions/{subscription}/databases/{database}/certificate")
    def get_certificate(self, _: Request, subscription: str, database: str) -> Answer:
        """Return the certificate of a Pro database's authority."""
        self._find_pro(subscription, database)
        return Answer(200, {"publicCertificatePEMString": self.authority})

    @route("PUT", "/v1/subscriptions/{subscription}/databases/{database}")
    def update_pro(self, request: Request, subscription: str, database: str) -> Answer:
        """Change what is given; a replica source that is given as nothing goes."""
        found = self._find_pro(subscription, database)
        refuse_unknown(request.json, _UPDATABLE_PRO, _unknown)
        if "replicaOf" in request.json:
            found["replicaOf"] = request.json["replicaOf"]
        return self._change(found, request.json.get("sourceIp"))

    @route("GET", "/v1/fixed/subscriptions/{subscription}/databases/{database}")
    def get_essentials(self, _: Request, subscription: str, database: str) -> Answer:
        """Return the Essentials database."""
        return self._show(self._find(self.essentials, self.ESSENTIALS, subscription, database))

    @route("PUT", "/v1/fixed/subscriptions/{subscription}/databases/{database}")
    def update_essentials(self, request: Request, subscription: str, database: str) -> Answer:
        """Change what is given."""
        found = self._find(self.essentials, self.ESSENTIALS, subscription, database)
        refuse_unknown(request.json, _UPDATABLE_ESSENTIALS, _unknown)
        return self._change(found, request.json.get("sourceIps"))

    @route("GET", "/v1/tasks/{task}")
    def get_task(self, _: Request, task: str) -> Answer:
        """Say how far a task is."""
        if task not in self._tasks:
            raise _refusal("404 NOT_FOUND", "TASK_NOT_FOUND", f"Task {task} not found")
        number, looks, error = self._tasks[task]
        look = looks.pop(0) if len(looks) > 1 else looks[0]
        if look == 404:
            raise _refusal("404 NOT_FOUND", "TASK_NOT_FOUND", f"Task {task} not found")
        content: dict[str, Any] = {"taskId": task, "commandType": "databaseUpdateRequest", "status": look}
        if len(looks) == 1:
            self._pending.discard(number)
            if error is not None:
                content |= {"status": "processing-error", "response": {"error": error}}
        return Answer(200, content)

    def _find_pro(self, subscription: str, database: str) -> dict[str, Any]:
        if database == self.NEIGHBOUR["database_id"]:
            return self._find(self.neighbour, self.NEIGHBOUR, subscription, database)
        return self._find(self.pro, self.locators, subscription, database)

    def _find(
        self, database: dict[str, Any], locators: Mapping[str, str], subscription_id: str, database_id: str
    ) -> dict[str, Any]:
        wanted = (locators["subscription_id"], locators["database_id"])
        if not self._is_there or (subscription_id, database_id) != wanted:
            raise _refusal("404 NOT_FOUND", "DATABASE_NOT_FOUND", f"Database {database_id} not found")
        return database

    def _show(self, database: dict[str, Any]) -> Answer:
        self._pending.discard(database["databaseId"])
        return Answer(200, copy.deepcopy(database))

    def _change(self, database: dict[str, Any], source_ips: list[str] | None) -> Answer:
        number = database["databaseId"]
        if database["status"] != "active":
            raise _refusal("409 CONFLICT", "DATABASE_NOT_ACTIVE", f"Database {number} is not active")
        neighbours = {51045678, 51045679} if number != self.essentials["databaseId"] else {number}
        if self._pending & neighbours:
            raise _refusal("409 CONFLICT", "SUBSCRIPTION_NOT_ACTIVE", "The subscription is being changed")
        task = f"task-{next(self._numbers)}"
        error, self.task_error = self.task_error, None
        if source_ips is not None:
            for text in source_ips:
                _check(text)
            if len(source_ips) > _MOST:
                error = {
                    "status": "400 BAD_REQUEST",
                    "type": "DATABASE_SOURCE_IPS_EXCEEDED",
                    "description": f"{len(source_ips)} source IPs, {_MOST} at most",
                }
            if error is None:
                database["security"]["sourceIps"] = list(source_ips)
        self._pending.add(number)
        self._tasks[task] = (number, list(self.task_looks), error)
        return Answer(202, {"taskId": task, "status": "received", "commandType": "databaseUpdateRequest"})


def _database(number: int, source_ips: list[str]) -> dict[str, Any]:
    return {
        "databaseId": number,
        "name": "orders",
        "status": "active",
        "publicEndpoint": f"redis-{number}.c1.eu-central-1-1.ec2.redns.redis-cloud.com:12345",
        "replicaOf": {"endpoints": ["redis://elsewhere:6379"]},
        "security": {"enableTls": True, "sourceIps": source_ips},
    }


def _check(text: object) -> None:
    try:
        ipaddress.IPv4Network(text if isinstance(text, str) and "/" in text else "")
    except ValueError:
        raise _refusal("400 BAD_REQUEST", "INVALID_SOURCE_IP", f"{text} is not a valid IPv4 CIDR") from None


def _unknown(field: str) -> Answer:
    return _refusal("400 BAD_REQUEST", "INVALID_REQUEST", f"Unrecognized field {field}")


def _refusal(status: str, kind: str, description: str) -> Answer:
    return Answer(int(status[:3]), {"status": status, "type": kind, "description": description})


SERVER = RedisCloudServer
