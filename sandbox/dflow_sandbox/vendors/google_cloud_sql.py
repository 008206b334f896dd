"""Google's Cloud SQL Admin API v1, as far as an instance's authorized networks need it."""

from __future__ import annotations

import copy
import ipaddress
import itertools
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, Request, refuse_unknown, route
from dflow_sandbox.vendors.google_server import GoogleServer, merge, refusal, unknown_field

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROJECT: Final = "shop-production"
_INSTANCE: Final = "orders"
_NETWORK_FIELDS: Final = ("kind", "value", "name", "expirationTime")
_IP_FIELDS: Final = (
    "ipv4Enabled",
    "privateNetwork",
    "requireSsl",
    "authorizedNetworks",
    "allocatedIpRange",
    "enablePrivatePathForGoogleCloudServices",
    "sslMode",
    "pscConfig",
    "serverCaMode",
)
_SETTINGS_FIELDS: Final = (
    "kind",
    "settingsVersion",
    "tier",
    "ipConfiguration",
    "activationPolicy",
    "connectorEnforcement",
    "databaseFlags",
    "userLabels",
)


class GoogleCloudSqlServer(GoogleServer):
    """One instance. A patch starts an operation that takes two looks, and until then every other one is refused.

    The settings' version goes up by 8 with each patch, as the real one does.
    """

    locators: ClassVar[Mapping[str, str]] = {"project": _PROJECT, "instance": _INSTANCE}

    def __init__(self) -> None:
        super().__init__()
        self.fails_with: dict[str, str] | None = None
        """The error of the operation that the next patch starts; the list stays as it was."""
        self.settings: dict[str, Any] = {
            "kind": "sql#settings",
            "settingsVersion": "214",
            "tier": "db-custom-2-7680",
            "activationPolicy": "ALWAYS",
            "userLabels": {"team": "orders"},
            "ipConfiguration": {
                "ipv4Enabled": True,
                "sslMode": "ENCRYPTED_ONLY",
                "authorizedNetworks": [
                    {"kind": "sql#aclEntry", "value": "198.51.100.7/32", "name": "office, do not touch"},
                    {
                        "kind": "sql#aclEntry",
                        "value": "198.51.100.128/25",
                        "name": "",
                        "expirationTime": "2031-12-01T00:00:00.010Z",
                    },
                    {"kind": "sql#aclEntry", "value": "198.51.100.9"},
                ],
            },
        }
        self._operations: dict[str, dict[str, Any]] = {}
        self._left: dict[str, int] = {}
        self._numbers = itertools.count(1)
        self._is_gone = False

    def environment(self) -> Mapping[str, str]:
        """Lead to this server with an access token."""
        return {"GOOGLE_OAUTH_ACCESS_TOKEN": self.token, "GOOGLE_SQL_CUSTOM_ENDPOINT": f"{self.url}/v1/"}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a network as the console does, which raises the version."""
        self._networks().append({"kind": "sql#aclEntry", "value": cidr, "name": note})
        self._raise_version(1)

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a network as the console does."""
        self._networks().remove(next(each for each in self._networks() if each["value"] in {cidr, cidr[:-3]}))
        self._raise_version(1)

    def remove_list(self) -> None:
        """Delete the instance."""
        self._is_gone = True

    def listed(self) -> list[Any]:
        """Return the networks."""
        return copy.deepcopy(self._networks())

    def cidrs(self) -> set[str]:
        """Return the networks in CIDR form."""
        return {str(ipaddress.ip_network(each["value"])) for each in self._networks()}

    def start_other_operation(self, looks: int = 2) -> str:
        """Let somebody else's operation run on the instance until it was looked at a few times."""
        return str(self._start("BACKUP_VOLUME", looks)["name"])

    # ---- the API

    @route("GET", "/v1/projects/{project}/instances/{instance}")
    def get_instance(self, _: Request, project: str, instance: str) -> Answer:
        """Return the instance."""
        self._find(project, instance)
        return Answer(
            200,
            {
                "kind": "sql#instance",
                "name": instance,
                "project": project,
                "state": "RUNNABLE",
                "databaseVersion": "POSTGRES_17",
                "settings": copy.deepcopy(self.settings),
                "ipAddresses": [{"type": "PRIMARY", "ipAddress": "192.0.2.10"}],
            },
        )

    @route("GET", "/v1/projects/{project}/instances/{instance}/listServerCas")
    def list_server_cas(self, _: Request, project: str, instance: str) -> Answer:
        """Return the instance's own authorities; an instance with a shared one has none."""
        self._find(project, instance)
        own = [] if self._is_shared else [{"kind": "sql#sslCert", "commonName": "C=US", "cert": self.authority}]
        return Answer(200, {"kind": "sql#instancesListServerCas", "certs": own})

    @route("GET", "/v1/projects/{project}/instances/{instance}/listServerCertificates")
    def list_server_certificates(self, _: Request, project: str, instance: str) -> Answer:
        """Return the shared authority and what it signed, for an instance that has one."""
        self._find(project, instance)
        if not self._is_shared:
            raise refusal(400, "INVALID_ARGUMENT", "The instance has an authority of its own.", "invalid")
        certificate = {"kind": "sql#sslCert", "commonName": "C=US", "cert": self.authority}
        return Answer(200, {"kind": "sql#instancesListServerCertificates", "caCerts": [certificate]})

    @route("PATCH", "/v1/projects/{project}/instances/{instance}")
    def patch_instance(self, request: Request, project: str, instance: str) -> Answer:
        """Merge what is given into the instance, if the version is the one it has."""
        self._find(project, instance)
        content = request.json
        refuse_unknown(content, ("settings",), lambda name: unknown_field(f"instance.{name}"))
        settings = content.get("settings", {})
        refuse_unknown(settings, _SETTINGS_FIELDS, lambda name: unknown_field(f"instance.settings.{name}"))
        network = settings.get("ipConfiguration", {})
        refuse_unknown(network, _IP_FIELDS, lambda name: unknown_field(f"settings.ip_configuration.{name}"))
        if "settingsVersion" not in settings:
            raise refusal(400, "INVALID_ARGUMENT", "Missing parameter: Settings version.", "required")
        if self._left:
            raise refusal(
                409,
                "ABORTED",
                "Operation failed because another operation was already in progress. Try your request after the "
                "current operation is complete.",
                "operationInProgress",
            )
        if settings["settingsVersion"] != self.settings["settingsVersion"]:
            raise refusal(412, "FAILED_PRECONDITION", "Condition does not match.", "staleData")
        for entry in network.get("authorizedNetworks", []):
            _check_network(entry)
        failure, self.fails_with = self.fails_with, None
        if failure is None:
            merge(self.settings, copy.deepcopy(settings))
            self._raise_version(8)
        return Answer(200, self._start("UPDATE", 2, failure))

    @route("GET", "/v1/projects/{project}/operations/{operation}")
    def get_operation(self, _: Request, project: str, operation: str) -> Answer:
        """Say how far an operation is; each look brings it nearer to its end."""
        self._find(project, _INSTANCE)
        if operation not in self._operations:
            raise refusal(404, "NOT_FOUND", "The Cloud SQL operation does not exist.", "operationDoesNotExist")
        return Answer(200, self._look(operation))

    @route("GET", "/v1/projects/{project}/operations")
    def list_operations(self, request: Request, project: str) -> Answer:
        """Return the operations of an instance, the newest first, and bring each nearer to its end."""
        self._find(project, request.query.get("instance", ""))
        newest = list(reversed(self._operations))[: int(request.query.get("maxResults", "500"))]
        return Answer(200, {"kind": "sql#operationsList", "items": [self._look(name) for name in newest]})

    # ---- behind it

    @property
    def _is_shared(self) -> bool:
        return "CAS" in self.settings["ipConfiguration"].get("serverCaMode", "GOOGLE_MANAGED_INTERNAL_CA")

    def _start(self, kind: str, looks: int, error: dict[str, str] | None = None) -> dict[str, Any]:
        name = f"00000000-0000-4000-8000-{next(self._numbers):012}"
        operation: dict[str, Any] = {
            "kind": "sql#operation",
            "name": name,
            "operationType": kind,
            "targetId": _INSTANCE,
            "targetProject": _PROJECT,
            "status": "PENDING",
        }
        self._operations[name], self._left[name] = operation, looks
        started = copy.deepcopy(operation)
        if error is not None:
            operation["error"] = {
                "kind": "sql#operationErrors",
                "errors": [{"kind": "sql#operationError", **error}],
            }
        return started

    def _look(self, name: str) -> dict[str, Any]:
        left = self._left.pop(name, 1) - 1
        operation = copy.deepcopy(self._operations[name])
        operation["status"] = "RUNNING" if left else "DONE"
        if left:
            self._left[name] = left
            operation.pop("error", None)
        return operation

    def _raise_version(self, by: int) -> None:
        self.settings["settingsVersion"] = str(int(self.settings["settingsVersion"]) + by)

    def _networks(self) -> list[dict[str, Any]]:
        networks: list[dict[str, Any]] = self.settings["ipConfiguration"]["authorizedNetworks"]
        return networks

    def _find(self, project: str, instance: str) -> None:
        if project != _PROJECT:
            raise refusal(
                403, "PERMISSION_DENIED", "The client is not authorized to make this request.", "notAuthorized"
            )
        if self._is_gone or instance != _INSTANCE:
            raise refusal(404, "NOT_FOUND", "The Cloud SQL instance does not exist.", "instanceDoesNotExist")


def _check_network(entry: dict[str, Any]) -> None:
    refuse_unknown(
        entry, _NETWORK_FIELDS, lambda name: unknown_field(f"settings.ip_configuration.authorized_networks[0].{name}")
    )
    value = entry.get("value", "")
    try:
        network = ipaddress.IPv4Network(value)
        if "expirationTime" in entry:
            datetime.fromisoformat(entry["expirationTime"])
    except ValueError:
        raise refusal(400, "INVALID_ARGUMENT", f"Invalid value for: {value}.", "invalid") from None
    blocks = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
    if any(network.subnet_of(ipaddress.IPv4Network(block)) for block in blocks):
        raise refusal(
            400, "INVALID_ARGUMENT", f"Non-routable or private authorized network ({value}).", "invalidRequest"
        )


SERVER = GoogleCloudSqlServer
