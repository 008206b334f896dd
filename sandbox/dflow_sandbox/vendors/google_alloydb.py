"""Google's AlloyDB API v1, as far as an instance's authorized external networks need it."""

from __future__ import annotations

import copy
import ipaddress
import itertools
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, Request, refuse_unknown, route
from dflow_sandbox.vendors.google_server import GoogleServer, refusal, unknown_field

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARENT: Final = "projects/shop-production/locations/europe-west3"
_NAME: Final = f"{_PARENT}/clusters/shop/instances/orders"
_INSTANCE: Final = "/v1/projects/{project}/locations/{location}/clusters/{cluster}/instances/{instance}"
_FIELDS: Final = (
    "name",
    "etag",
    "labels",
    "networkConfig",
    "machineConfig",
    "databaseFlags",
    "clientConnectionConfig",
    "displayName",
)
_NETWORK_FIELDS: Final = (
    "authorizedExternalNetworks",
    "enablePublicIp",
    "enableOutboundPublicIp",
    "network",
    "allocatedIpRangeOverride",
)


class GoogleAlloydbServer(GoogleServer):
    """One instance. A patch starts an operation that takes two looks, and until then every other one is refused.

    A look at the instance counts for what runs on it as well.
    """

    locators: ClassVar[Mapping[str, str]] = {
        "project": "shop-production",
        "location": "europe-west3",
        "cluster": "shop",
        "instance": "orders",
    }

    def __init__(self) -> None:
        super().__init__()
        self.fails_with: dict[str, Any] | None = None
        """The error of the operation that the next patch starts; the list stays as it was."""
        self.instance: dict[str, Any] = {
            "name": _NAME,
            "state": "READY",
            "instanceType": "PRIMARY",
            "labels": {"team": "orders"},
            "networkConfig": {
                "enablePublicIp": True,
                "enableOutboundPublicIp": True,
                "allocatedIpRangeOverride": "orders-range",
                "authorizedExternalNetworks": [{"cidrRange": "198.51.100.7/32"}, {"cidrRange": "198.51.100.128/25"}],
            },
        }
        self._changes = itertools.count(1)
        self._version = 1
        self._operations: dict[str, dict[str, Any]] = {}
        self._left: dict[str, int] = {}
        self._other_looks = 0
        self._is_gone = False

    def environment(self) -> Mapping[str, str]:
        """Lead to this server with an access token."""
        return {"GOOGLE_OAUTH_ACCESS_TOKEN": self.token, "GOOGLE_ALLOYDB_CUSTOM_ENDPOINT": f"{self.url}/v1/"}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add a network as the console does; the instance gets another etag."""
        self._networks().append({"cidrRange": cidr})
        self._version += 1

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a network as the console does."""
        self._networks().remove({"cidrRange": cidr})
        self._version += 1

    def remove_list(self) -> None:
        """Delete the instance."""
        self._is_gone = True

    def listed(self) -> list[Any]:
        """Return the networks."""
        return copy.deepcopy(self._networks())

    def cidrs(self) -> set[str]:
        """Return the networks in CIDR form."""
        return {str(ipaddress.ip_network(each["cidrRange"])) for each in self._networks()}

    def start_other_change(self, looks: int = 2) -> None:
        """Let somebody else change the instance until it was looked at a few times."""
        self._other_looks = looks

    # ---- the API

    @route("GET", _INSTANCE)
    def get_instance(self, _: Request, project: str, location: str, cluster: str, instance: str) -> Answer:
        """Return the instance."""
        self._find(project, location, cluster, instance)
        self._other_looks = max(0, self._other_looks - 1)
        self._left = {name: left - 1 for name, left in self._left.items() if left > 1}
        busy = {"reconciling": True} if self._is_busy else {}
        return Answer(200, {**copy.deepcopy(self.instance), "etag": self._etag, **busy})

    @route("PATCH", _INSTANCE)
    def patch_instance(self, request: Request, project: str, location: str, cluster: str, instance: str) -> Answer:
        """Replace what the mask names; without a mask, everything."""
        self._find(project, location, cluster, instance)
        content = request.json
        refuse_unknown(content, _FIELDS, lambda name: unknown_field(f"instance.{name}"))
        network = content.get("networkConfig", {})
        refuse_unknown(network, _NETWORK_FIELDS, lambda name: unknown_field(f"instance.network_config.{name}"))
        if self._is_busy:
            raise refusal(409, "ABORTED", "unable to queue the operation: another one is in progress", "aborted")
        if content.get("etag", self._etag) != self._etag:
            raise refusal(409, "ABORTED", "etag mismatch", "aborted")
        for entry in network.get("authorizedExternalNetworks", []):
            self._check(entry, content)
        failure, self.fails_with = self.fails_with, None
        if failure is None:
            self._write(content, request.query.get("updateMask"))
        return Answer(200, self._start(failure))

    @route("GET", "/v1/projects/{project}/locations/{location}/operations/{operation}")
    def get_operation(self, _: Request, project: str, location: str, operation: str) -> Answer:
        """Say how far an operation is; each look brings it nearer to its end."""
        name = f"projects/{project}/locations/{location}/operations/{operation}"
        if name not in self._operations:
            raise refusal(404, "NOT_FOUND", f"Resource '{name}' was not found", "notFound")
        left = self._left.pop(name, 1) - 1
        if left == 0:
            return Answer(200, self._operations[name])
        self._left[name] = left
        return Answer(200, {"name": name, "done": False})

    # ---- behind it

    def _write(self, content: dict[str, Any], mask: str | None) -> None:
        if mask is None:
            kept = {name: self.instance[name] for name in ("name", "state", "instanceType")}
            self.instance = {**kept, **{name: value for name, value in content.items() if name != "etag"}}
        for path in (mask or "").split(",") if mask else ():
            parent, _, leaf = path.rpartition(".")
            if parent not in {"", "networkConfig"}:
                raise refusal(400, "INVALID_ARGUMENT", f"Invalid field in update mask: {path}", "badRequest")
            target, source = (
                (self.instance["networkConfig"], content.get(parent, {})) if parent else (self.instance, content)
            )
            target[leaf] = copy.deepcopy(source.get(leaf))
        self._version += 1

    def _start(self, failure: dict[str, Any] | None) -> dict[str, Any]:
        name = f"{_PARENT}/operations/operation-{next(self._changes)}"
        end = {"error": failure} if failure else {"response": copy.deepcopy(self.instance)}
        self._operations[name], self._left[name] = {"name": name, "done": True, **end}, 2
        return {"name": name, "metadata": {"verb": "update", "target": _NAME}, "done": False}

    @property
    def _is_busy(self) -> bool:
        return self._other_looks > 0 or bool(self._left)

    @property
    def _etag(self) -> str:
        return f"etag-{self._version}"

    def _networks(self) -> list[dict[str, Any]]:
        networks: list[dict[str, Any]] = self.instance["networkConfig"].setdefault("authorizedExternalNetworks", [])
        return networks

    def _find(self, project: str, location: str, cluster: str, instance: str) -> None:
        name = f"projects/{project}/locations/{location}/clusters/{cluster}/instances/{instance}"
        if self._is_gone or name != _NAME:
            raise refusal(404, "NOT_FOUND", f"Resource '{name}' was not found", "notFound")

    def _check(self, entry: dict[str, Any], content: dict[str, Any]) -> None:
        refuse_unknown(
            entry, ("cidrRange",), lambda name: unknown_field(f"network_config.authorized_external_networks[0].{name}")
        )
        public = {**self.instance["networkConfig"], **content["networkConfig"]}.get("enablePublicIp")
        if not public:
            raise refusal(
                400, "INVALID_ARGUMENT", "Authorized networks can only be set when public IP is enabled.", "badRequest"
            )
        try:
            network = ipaddress.IPv4Network(entry["cidrRange"])
        except (KeyError, ValueError):
            raise refusal(400, "INVALID_ARGUMENT", f"Invalid CIDR range: {entry}.", "badRequest") from None
        blocks = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
        if any(network.subnet_of(ipaddress.IPv4Network(block)) for block in blocks):
            raise refusal(400, "INVALID_ARGUMENT", f"Private range {network} cannot be authorized.", "badRequest")


SERVER = GoogleAlloydbServer
