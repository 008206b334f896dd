"""IBM Cloud Databases' API v5, as far as a deployment's allowlist needs it, and IAM's token endpoint."""

from __future__ import annotations

import copy
import hashlib
import ipaddress
import itertools
import json
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import parse_qs, unquote

from dflow_sandbox.vendors.authority import in_base64
from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "ibm-api-key-of-the-sandbox"
_TOKEN: Final = "ibm-access-token-of-the-sandbox"  # noqa: S105 (opens nothing but this stand-in)
_GRANT: Final = "urn:ibm:params:oauth:grant-type:apikey"
_ALLOWLIST: Final = "/v5/ibm/deployments/{deployment}/allowlists/ip_addresses"
_MOST: Final = 100


class IbmServer(ContractServer):
    """One deployment. A change needs the ETag of what was read, and is a task that takes two looks."""

    TAKES_COPIES: ClassVar[bool] = False
    locators: ClassVar[Mapping[str, str]] = {
        "region": "eu-de",
        "deployment": (
            "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/0123456789abcdef0123456789abcdef"
            ":9e3f0c1d-2b4a-4c6d-8e8f-a0b1c2d3e4f5::"
        ),
    }

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[dict[str, Any]] = [
            {"address": "198.51.100.7", "description": "office"},
            {"address": "192.0.2.0/24", "description": "VPN of the accountants"},
        ]
        self.sends_etag = True
        self._tasks: dict[str, int] = {}
        self._numbers = itertools.count(1)
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server, for tokens too."""
        return {
            "IC_API_KEY": _KEY,
            "IBMCLOUD_ICD_API_ENDPOINT": self.url,
            "IBMCLOUD_IAM_API_ENDPOINT": self.url,
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add an entry as the console does."""
        self.entries.append({"address": cidr.removesuffix("/32"), "description": note})

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an entry as the console does."""
        self.entries = [each for each in self.entries if each["address"] != cidr.removesuffix("/32")]

    def remove_list(self) -> None:
        """Delete the deployment."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the entries."""
        return copy.deepcopy(self.entries)

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges in CIDR form."""
        return {str(ipaddress.IPv4Network(each["address"])) for each in self.entries}

    def writes(self) -> list[str]:
        """Return what changes something; asking for a token does not."""
        return [each for each in super().writes() if not each.endswith("/identity/token")]

    def authenticate(self, request: Request) -> None:
        """Take the one token there is."""
        if request.path == "/identity/token":
            return
        if request.headers.get("authorization") != f"Bearer {_TOKEN}":
            raise _refusal(401, "Invalid authorization token")

    def not_found(self, request: Request) -> Answer:
        """Answer as IBM Cloud Databases does."""
        return _refusal(404, f"{request.path} was not found")

    @route("POST", "/identity/token")
    def grant_token(self, request: Request) -> Answer:
        """Grant a token for the one API key there is."""
        if request.headers.get("content-type") != "application/x-www-form-urlencoded":
            return Answer(415, {"errorCode": "BXNIM0104E", "errorMessage": "Unsupported media type"})
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        if form.get("grant_type") != _GRANT:
            return Answer(400, {"errorCode": "BXNIM0108E", "errorMessage": "Unsupported grant type"})
        if form.get("apikey") != _KEY:
            return Answer(400, {"errorCode": "BXNIM0415E", "errorMessage": "Provided API key could not be found."})
        return Answer(200, {"access_token": _TOKEN, "token_type": "Bearer", "expires_in": 3600})

    @route("GET", _ALLOWLIST)
    def get_allowlist(self, _: Request, deployment: str) -> Answer:
        """Return the entries, and their ETag."""
        self._check(deployment)
        headers = {"ETag": self._etag} if self.sends_etag else {}
        return Answer(200, {"ip_addresses": copy.deepcopy(self.entries)}, headers)

    @route("PUT", _ALLOWLIST)
    def set_allowlist(self, request: Request, deployment: str) -> Answer:
        """Replace the entries, if they are still those that were read."""
        self._check(deployment)
        if "if-match" not in request.headers:
            raise _refusal(428, "If-Match is required here, so that nothing is lost")
        if request.headers["if-match"] != self._etag:
            raise _refusal(412, "The allowlist does not match the provided ETag")
        content = request.json
        refuse_unknown(content, ("ip_addresses",), _unknown)
        for entry in content["ip_addresses"]:
            _check_entry(entry)
        if len(content["ip_addresses"]) > _MOST:
            raise _refusal(422, f"An allowlist has at most {_MOST} entries")
        addresses = [str(ipaddress.IPv4Network(entry["address"])) for entry in content["ip_addresses"]]
        if len(set(addresses)) != len(addresses):
            raise _refusal(422, "An address is listed twice")
        self.entries = copy.deepcopy(content["ip_addresses"])
        task = f"{self.locators['deployment'][:-2]}:task:{next(self._numbers)}"
        self._tasks[task] = 2
        return Answer(202, {"task": _task(task, "queued")})

    @route("GET", "/v5/ibm/deployments/{deployment}/users/database/admin/connections/public")
    def get_connection(self, _: Request, deployment: str) -> Answer:
        """Return the connection strings, and whose certificate to check."""
        self._check(deployment)
        certificate = {"name": "0123", "certificate_base64": in_base64(self.authority)}
        ways = {
            "postgres": {"type": "uri", "composed": ["postgres://admin:$PASSWORD@…"], "certificate": certificate},
            "cli": {"type": "cli", "bin": "psql", "certificate": certificate},
        }
        return Answer(200, {"connection": ways})

    @route("GET", "/v5/ibm/tasks/{task}")
    def get_task(self, _: Request, task: str) -> Answer:
        """Say how far a task is; each look brings it nearer to its end."""
        name = unquote(task)
        if name not in self._tasks:
            raise _refusal(404, "Task not found")
        self._tasks[name] -= 1
        return Answer(200, {"task": _task(name, "running" if self._tasks[name] > 0 else "completed")})

    @property
    def _etag(self) -> str:
        return f'"{hashlib.sha256(json.dumps(self.entries).encode()).hexdigest()[:32]}"'

    def _check(self, deployment: str) -> None:
        if unquote(deployment) != self.locators["deployment"] or not self._is_there:
            raise _refusal(404, "Deployment not found")


def _task(name: str, status: str) -> dict[str, Any]:
    return {
        "id": name,
        "description": "Updating the allowlist",
        "status": status,
        "progress_percent": {"queued": 0, "running": 50}.get(status, 100),
    }


def _check_entry(entry: Any) -> None:
    refuse_unknown(entry, ("address", "description"), _unknown)
    if not entry.get("description"):
        raise _refusal(422, "description is missing")
    try:
        ipaddress.IPv4Network(entry.get("address"))
    except ValueError:
        raise _refusal(422, f"{entry.get('address')} is not a valid IPv4 address or range") from None


def _unknown(field: str) -> Answer:
    return _refusal(422, f"{field} is not allowed")


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, {"errors": [{"message": message}], "trace": "00000000000000000000000000000000"})


SERVER = IbmServer
