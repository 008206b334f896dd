"""MongoDB Atlas's Administration API v2, as far as a project's IP access list needs it.

Keys authenticate with HTTP Digest, service accounts with a token from `/api/oauth/token`.
"""

from __future__ import annotations

import base64
import copy
import datetime as dt
import hashlib
import ipaddress
import itertools
import re
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import parse_qs, unquote

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_PUBLIC: Final = "atlaskey"
_PRIVATE: Final = "8c0a2e0e-private-key-of-the-sandbox"
_CLIENT: Final = "mdb_sa_id_of_the_sandbox"
_SECRET: Final = "mdb_sa_sk_of_the_sandbox"  # noqa: S105 (of a stand-in)
_TOKEN: Final = "access-token-of-the-sandbox"  # noqa: S105 (of a stand-in)
_REALM: Final = "MMS Public API"
_VERSION: Final = re.compile(r"application/vnd\.atlas\.\d{4}-\d\d-\d\d\+json")
_FIELDS: Final = ("ipAddress", "cidrBlock", "awsSecurityGroup", "comment", "deleteAfterDate", "groupId", "links")
_LIST: Final = "/api/atlas/v2/groups/{project}/accessList"
_LOOKS: Final = 2


class AtlasServer(ContractServer):
    """One project. An entry cannot be asked for at first, and is in force after two looks at its status."""

    locators: ClassVar[Mapping[str, str]] = {"project_id": "5d0f1f74cf09a29120e123cd"}

    def __init__(self) -> None:
        super().__init__()
        soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
        self._entries: list[dict[str, Any]] = [
            self._made({"ipAddress": "198.51.100.7", "comment": "office"}),
            self._made({"cidrBlock": "198.51.100.64/26"}),
            self._made({"awsSecurityGroup": "sg-0026348ec11780bd1", "comment": "peered"}),
            self._made({"ipAddress": "198.51.100.9", "deleteAfterDate": soon.strftime("%Y-%m-%dT%H:%M:%SZ")}),
        ]
        self._looks: dict[str, int] = {}
        self._nonces = itertools.count(1)
        self._nonce = ""
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server with an API key."""
        return {
            "MONGODB_ATLAS_PUBLIC_KEY": _PUBLIC,
            "MONGODB_ATLAS_PRIVATE_KEY": _PRIVATE,
            "MONGODB_ATLAS_BASE_URL": f"{self.url}/",
        }

    def service_account(self) -> Mapping[str, str]:
        """Lead to this server with a service account."""
        return {
            "MONGODB_ATLAS_CLIENT_ID": _CLIENT,
            "MONGODB_ATLAS_CLIENT_SECRET": _SECRET,
            "MONGODB_ATLAS_BASE_URL": self.url,
        }

    def expire_nonce(self) -> None:
        """Take no more answers to the last challenge."""
        self._nonce = ""

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add an entry as the console does."""
        field = "ipAddress" if cidr.endswith("/32") else "cidrBlock"
        self._entries.append(self._made({field: cidr.removesuffix("/32"), "comment": note}))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an entry as the console does."""
        self._entries.remove(next(each for each in self._entries if each.get("cidrBlock") == cidr))

    def remove_list(self) -> None:
        """Delete the project."""
        self._is_there = False

    def clear_by_hand(self) -> None:
        """Remove every entry."""
        self._entries.clear()

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return copy.deepcopy(self._entries)

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges; security groups are left out."""
        return {each["cidrBlock"] for each in self._entries if "cidrBlock" in each}

    def authenticate(self, request: Request) -> None:
        """Take a digest of the key, or the token."""
        if request.path == "/api/oauth/token":
            return
        sent = request.headers.get("authorization", "")
        if sent == f"Bearer {_TOKEN}" or (sent.startswith("Digest ") and self._is_answer(request, sent)):
            return
        self._nonce = self._nonce or f"nonce-{next(self._nonces)}"
        challenge = f'Digest realm="{_REALM}", domain="", nonce="{self._nonce}", algorithm=MD5, qop="auth", stale=false'
        raise Answer(
            401,
            {"error": 401, "reason": "Unauthorized", "detail": "You are not authorized for this resource."},
            {"WWW-Authenticate": challenge},
        )

    def not_found(self, request: Request) -> Answer:
        """Answer as Atlas does."""
        return _refusal(404, "RESOURCE_NOT_FOUND", f"Cannot find resource {request.path}.")

    @route("POST", "/api/oauth/token")
    def grant_token(self, request: Request) -> Answer:
        """Grant a token to the service account."""
        good = base64.b64encode(f"{_CLIENT}:{_SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {good}":
            return Answer(401, {"error": "invalid_client", "error_description": "Client authentication failed."})
        if parse_qs(request.body.decode()) != {"grant_type": ["client_credentials"]}:
            return Answer(400, {"error": "unsupported_grant_type"})
        return Answer(200, {"access_token": _TOKEN, "expires_in": 3600, "token_type": "Bearer"})

    @route("GET", _LIST)
    def list_entries(self, request: Request, project: str) -> Answer:
        """Return a page of the list."""
        self._expect(request, project)
        size, page = int(request.query.get("itemsPerPage", "100")), int(request.query.get("pageNum", "1"))
        if not 1 <= size <= 500:
            raise _refusal(400, "INVALID_QUERY_PARAMETER", "itemsPerPage must be between 1 and 500.")
        shown = self._entries[(page - 1) * size : page * size]
        return Answer(200, {"links": [], "results": copy.deepcopy(shown), "totalCount": len(self._entries)})

    @route("POST", _LIST)
    def add_entries(self, request: Request, project: str) -> Answer:
        """Add entries; one that is there stays as it is."""
        self._expect(request, project)
        if not _VERSION.fullmatch(request.headers.get("content-type", "")):
            raise _refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type is not a version of this API.")
        made = [self._checked(raw) for raw in request.json]
        for entry in made:
            if all(_name(each) != _name(entry) for each in self._entries):
                self._entries.append(entry)
                self._looks[_name(entry)] = -1
        return Answer(201, {"links": [], "results": made, "totalCount": len(made)})

    @route("GET", f"{_LIST}/{{name}}/status")
    def get_status(self, request: Request, project: str, name: str) -> Answer:
        """Say whether an entry is in force; each look brings it nearer."""
        self._expect(request, project)
        name = _name(self._found(name))
        self._looks[name] = looks = self._looks.get(name, _LOOKS) + 1
        if looks == 0:
            raise _entry_not_found(name)
        return Answer(200, {"STATUS": "ACTIVE" if looks >= _LOOKS else "PENDING"})

    @route("DELETE", f"{_LIST}/{{name}}")
    def remove_entry(self, request: Request, project: str, name: str) -> Answer:
        """Remove one entry."""
        self._expect(request, project)
        self._entries.remove(self._found(name))
        return Answer(204)

    def _expect(self, request: Request, project: str) -> None:
        if not _VERSION.fullmatch(request.headers.get("accept", "")):
            raise _refusal(406, "INVALID_VERSION_DATE", "The Accept header names no version of this API.")
        if project != self.locators["project_id"] or not self._is_there:
            raise _refusal(404, "GROUP_NOT_FOUND", f"No group with ID {project} exists.")

    def _found(self, quoted: str) -> dict[str, Any]:
        name = unquote(quoted)
        found = next((each for each in self._entries if name in {_name(each), each.get("cidrBlock")}), None)
        if found is None:
            raise _entry_not_found(name)
        return found

    def _checked(self, raw: Any) -> dict[str, Any]:
        refuse_unknown(raw, _FIELDS, lambda name: _refusal(400, "INVALID_ATTRIBUTE", f"Invalid attribute {name}."))
        named = [name for name in _FIELDS[:3] if name in raw]
        if len(named) != 1:
            raise _refusal(400, "INVALID_ATTRIBUTE", "Exactly one of ipAddress, cidrBlock, awsSecurityGroup is taken.")
        try:
            if named != ["awsSecurityGroup"]:
                ipaddress.IPv4Network(raw[named[0]])
        except ValueError:
            raise _refusal(
                400, "ATLAS_INVALID_NETWORK_PERMISSION_ENTRY", f"The address {raw[named[0]]} must be in valid form."
            ) from None
        if "deleteAfterDate" in raw:
            ahead = dt.datetime.fromisoformat(raw["deleteAfterDate"]) - dt.datetime.now(dt.UTC)
            if not dt.timedelta() < ahead <= dt.timedelta(days=7):
                raise _refusal(400, "INVALID_DELETE_AFTER_DATE", "deleteAfterDate must be within the next 7 days.")
        return self._made(raw)

    def _made(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        entry = {**raw, "groupId": self.locators["project_id"], "links": []}
        if "ipAddress" in raw:
            entry["cidrBlock"] = f"{raw['ipAddress']}/32"
        return entry

    def _is_answer(self, request: Request, sent: str) -> bool:
        told = {name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', sent)}
        if told["nonce"] != self._nonce or told["username"] != _PUBLIC or told["qop"] != "auth":
            return False
        secret = _md5(f"{_PUBLIC}:{_REALM}:{_PRIVATE}")
        asked = _md5(f"{request.method}:{told['uri']}")
        expected = _md5(f"{secret}:{told['nonce']}:{told['nc']}:{told['cnonce']}:auth:{asked}")
        return bool(told["response"] == expected) and told["uri"].partition("?")[0] == request.path


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _name(entry: Mapping[str, Any]) -> str:
    name: str = entry.get("ipAddress") or entry.get("cidrBlock") or entry["awsSecurityGroup"]
    return name.removesuffix("/32")


def _entry_not_found(name: str) -> Answer:
    return _refusal(
        404, "ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND", f"IP Address {name} not on Atlas access list for group."
    )


def _refusal(status: int, code: str, detail: str) -> Answer:
    reasons = {400: "Bad Request", 404: "Not Found", 406: "Not Acceptable", 415: "Unsupported Media Type"}
    return Answer(
        status,
        {"error": status, "errorCode": code, "detail": detail, "reason": reasons.get(status, ""), "parameters": []},
    )


SERVER = AtlasServer
