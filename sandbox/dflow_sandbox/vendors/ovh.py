"""OVHcloud's API 1.0, as far as a database service's IP restrictions need it."""

from __future__ import annotations

import copy
import hashlib
import ipaddress
import time
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import unquote

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "ovhapplicationkey"
_SECRET: Final = "ovh-application-secret-of-the-sandbox"  # noqa: S105 (opens nothing but this stand-in)
_CONSUMER: Final = "ovh-consumer-key-of-the-sandbox"
_TOKEN: Final = "ovh-token-of-the-sandbox"  # noqa: S105
_LATE_S: Final = 60
_SERVICE: Final = "/1.0/cloud/project/{project}/database/{engine}/{cluster}"
_UPDATABLE: Final = (
    "backups",
    "deletionProtection",
    "description",
    "disk",
    "flavor",
    "ipRestrictions",
    "maintenanceTime",
    "plan",
    "version",
)


class OvhServer(ContractServer):
    """One service. A change is carried out by the second look, and until then others are refused."""

    locators: ClassVar[Mapping[str, str]] = {
        "service_name": "0123456789abcdef0123456789abcdef",
        "engine": "postgresql",
        "cluster_id": "b1c2d3e4-f5a6-4788-99aa-bbccddeeff00",
    }

    def __init__(self) -> None:
        super().__init__()
        self.service: dict[str, Any] = {
            "id": self.locators["cluster_id"],
            "description": "orders",
            "plan": "business",
            "flavor": "db1-7",
            "version": "16",
            "status": "READY",
            "maintenanceTime": "01:00:00",
            "deletionProtection": True,
            "ipRestrictions": [
                {"ip": "198.51.100.7/32", "description": "office", "status": "READY"},
                {"ip": "192.0.2.0/24", "description": "", "status": "READY"},
            ],
        }
        self.clock_ahead_s = 3600.0
        """How far the server's clock is ahead of this machine's."""
        self.calls_gone: int | None = None
        """The status with which calls for single entries are answered; nothing as long as they are there."""
        self._looks_until_done = 0
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {
            "OVH_ENDPOINT": f"{self.url}/1.0",
            "OVH_APPLICATION_KEY": _KEY,
            "OVH_APPLICATION_SECRET": _SECRET,
            "OVH_CONSUMER_KEY": _CONSUMER,
        }

    def token_environment(self) -> Mapping[str, str]:
        """Lead to this server with an access token."""
        return {"OVH_ENDPOINT": f"{self.url}/1.0", "OVH_ACCESS_TOKEN": _TOKEN}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a restriction as the control panel does."""
        self._restrictions.append({"ip": cidr, "description": note, "status": "READY"})

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a restriction as the control panel does."""
        self.service["ipRestrictions"] = [each for each in self._restrictions if each["ip"] != cidr]

    def remove_list(self) -> None:
        """Delete the service."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the restrictions."""
        return copy.deepcopy(self._restrictions)

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges."""
        return {each["ip"] for each in self._restrictions}

    def authenticate(self, request: Request) -> None:
        """Take the one token there is, or a signature that is right and of this minute."""
        if request.path == "/1.0/auth/time":
            return
        headers = request.headers
        if "authorization" in headers:
            if headers["authorization"] != f"Bearer {_TOKEN}":
                raise _refusal(401, "Client::Unauthorized", "Invalid access token", "INVALID_TOKEN")
            return
        if headers.get("x-ovh-application") != _KEY:
            raise _refusal(403, "Client::Forbidden", "This application key is invalid", "INVALID_KEY")
        if headers.get("x-ovh-consumer") != _CONSUMER:
            raise _refusal(403, "Client::Forbidden", "This credential is not valid", "INVALID_CREDENTIAL")
        moment = headers.get("x-ovh-timestamp", "0")
        if abs(int(moment) - self._now()) > _LATE_S:
            raise _refusal(400, "Client::BadRequest", "Query out of time", "QUERY_TIME_OUT")
        url = f"{self.url}{request.path}"
        signed = "+".join((_SECRET, _CONSUMER, request.method, url, request.body.decode(), moment))
        if headers.get("x-ovh-signature") != f"$1${hashlib.sha1(signed.encode(), usedforsecurity=False).hexdigest()}":
            raise _refusal(400, "Client::BadRequest", "Invalid signature", "INVALID_SIGNATURE")

    def not_found(self, request: Request) -> Answer:  # noqa: ARG002 (OVHcloud does not say what)
        """Answer as OVHcloud does."""
        return _refusal(404, "Client::NotFound", "Got an invalid (or empty) URL")

    @route("GET", "/1.0/auth/time")
    def get_time(self, _: Request) -> Answer:
        """Tell the server's time."""
        return Answer(200, int(self._now()))

    @route("GET", _SERVICE)
    def get_service(self, _: Request, project: str, engine: str, cluster: str) -> Answer:
        """Return the service; each look brings what is under way nearer to its end."""
        self._check(project, engine, cluster)
        if self._looks_until_done == 0:
            self._restrictions[:] = [each for each in self._restrictions if each["status"] != "DELETING"]
            for each in self._restrictions:
                each["status"] = "READY"
            self.service["status"] = "READY"
        self._looks_until_done = max(0, self._looks_until_done - 1)
        return Answer(200, copy.deepcopy(self.service))

    @route("GET", f"{_SERVICE}/certificates")
    def get_certificates(self, _: Request, project: str, engine: str, cluster: str) -> Answer:
        """Return the certificate of the service's authority."""
        self._check(project, engine, cluster)
        return Answer(200, {"ca": self.authority})

    @route("PUT", _SERVICE)
    def update_service(self, request: Request, project: str, engine: str, cluster: str) -> Answer:
        """Replace what is given; what is left out is reset, which OVHcloud does not rule out."""
        self._begin(project, engine, cluster)
        content = request.json
        refuse_unknown(content, _UPDATABLE, _unknown)
        for restriction in content.get("ipRestrictions", ()):
            refuse_unknown(restriction, ("ip", "description"), _unknown)
            _check_address(restriction.get("ip"))
        for name in _UPDATABLE:
            if name not in {"backups", "disk", "ipRestrictions"}:
                self.service[name] = content.get(name)
        self.service["ipRestrictions"] = [
            {"description": "", **restriction, "status": "READY"} for restriction in content.get("ipRestrictions", ())
        ]
        self.service["status"] = "UPDATING"
        return Answer(200, copy.deepcopy(self.service))

    @route("POST", f"{_SERVICE}/ipRestriction")
    def add_restriction(self, request: Request, project: str, engine: str, cluster: str) -> Answer:
        """Add one restriction; one that is there already is a conflict."""
        self._begin(project, engine, cluster, is_single=True)
        content = request.json
        refuse_unknown(content, ("ip", "description"), _unknown)
        _check_address(content.get("ip"))
        if content["ip"] in self.cidrs():
            self._looks_until_done = 0
            raise _refusal(409, "Client::Conflict", f"IP restriction {content['ip']} already exists")
        restriction = {"ip": content["ip"], "description": content.get("description", ""), "status": "CREATING"}
        self._restrictions.append(restriction)
        return Answer(200, copy.deepcopy(restriction))

    @route("PUT", f"{_SERVICE}/ipRestriction/{{ip}}")
    def update_restriction(self, request: Request, project: str, engine: str, cluster: str, ip: str) -> Answer:
        """Describe one restriction anew."""
        self._begin(project, engine, cluster, is_single=True)
        refuse_unknown(request.json, ("description",), _unknown)
        restriction = self._restriction(ip)
        restriction["description"] = request.json["description"]
        restriction["status"] = "UPDATING"
        return Answer(200, copy.deepcopy(restriction))

    @route("DELETE", f"{_SERVICE}/ipRestriction/{{ip}}")
    def delete_restriction(self, _: Request, project: str, engine: str, cluster: str, ip: str) -> Answer:
        """Begin to remove one restriction."""
        self._begin(project, engine, cluster, is_single=True)
        self._restriction(ip)["status"] = "DELETING"
        return Answer(200, None)

    @property
    def _restrictions(self) -> list[dict[str, Any]]:
        restrictions: list[dict[str, Any]] = self.service["ipRestrictions"]
        return restrictions

    def _restriction(self, quoted: str) -> dict[str, Any]:
        for restriction in self._restrictions:
            if restriction["ip"] == unquote(quoted):
                return restriction
        self._looks_until_done = 0
        raise _refusal(404, "Client::NotFound", "IP restriction not found")

    def _check(self, project: str, engine: str, cluster: str) -> None:
        if (project, engine, cluster) != tuple(self.locators.values()) or not self._is_there:
            raise _refusal(404, "Client::NotFound", "Service not found")

    def _begin(self, project: str, engine: str, cluster: str, *, is_single: bool = False) -> None:
        self._check(project, engine, cluster)
        if is_single and self.calls_gone is not None:
            raise _refusal(self.calls_gone, "Client::NotFound", "Got an invalid (or empty) URL")
        if self._looks_until_done > 0:
            raise _refusal(409, "Client::Conflict", "Service is not in a state that allows this operation")
        self._looks_until_done = 1

    def _now(self) -> float:
        return time.time() + self.clock_ahead_s


def _check_address(text: Any) -> None:
    try:
        ipaddress.IPv4Network(text)
    except ValueError:
        raise _refusal(400, "Client::BadRequest", f"[ipBlock] Given data ({text}) is not valid") from None


def _unknown(field: str) -> Answer:
    return _refusal(400, "Client::BadRequest", f"[{field}] Received not described parameter")


def _refusal(status: int, class_: str, message: str, code: str | None = None) -> Answer:
    return Answer(
        status,
        {"class": class_, "message": message, "details": {}, **({"errorCode": code} if code else {})},
        {"X-Ovh-QueryID": "EU.ext-1.00000000.0000"},
    )


SERVER = OvhServer
