"""HCP Terraform as far as states go, as its API is documented: workspaces whose plans run where Terraform is."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from dflow_acceptance.local_http import Answer, LocalHttp, Request

if TYPE_CHECKING:
    from collections.abc import Callable

_API = "/api/v2"
_JSON = {"Content-Type": "application/vnd.api+json", "TFP-API-Version": "2.6", "TFP-AppName": "HCP Terraform"}
_SERVICES = ("tfe.v2", "tfe.v2.1", "tfe.v2.2", "state.v2")
_PROJECT = "prj-1"


class _Access(Enum):
    TOKEN = auto()
    ANYBODY = auto()
    """The address is the secret, or nothing is one."""


@dataclass
class _Version:
    about: dict[str, Any]
    state: bytes | None = None


@dataclass
class _Workspace:
    name: str
    project: str
    locked: bool = False
    versions: list[_Version] = field(default_factory=list)


class HcpStates(LocalHttp):
    """One organization with one project.

    Args:
        host: the name it is reached by.
        organization: the organization's name.
        project: the project's name.
        token: what who may use it has.
    """

    def __init__(self, host: str, organization: str, project: str, token: str) -> None:
        super().__init__()
        self._host = host
        self._project = project
        self._token = token
        self._workspaces: dict[str, _Workspace] = {}
        of, one, version = f"{_API}/organizations/{organization}", rf"{_API}/workspaces/(ws-\d+)", r"(ws-\d+)[/-](\d+)"
        self._routes: list[tuple[str, str, Callable[..., Answer], _Access]] = [
            ("GET", r"/\.well-known/terraform\.json", self._services, _Access.ANYBODY),
            ("GET", f"/archivist/{version}", self._download, _Access.ANYBODY),
            ("PUT", f"/archivist/{version}", self._upload, _Access.ANYBODY),
            ("PUT", rf"/archivist/{version}\.json", lambda *_: Answer(200), _Access.ANYBODY),
            ("GET", f"{_API}/ping", lambda *_: Answer(204, headers=_JSON), _Access.TOKEN),
            ("GET", f"{of}/entitlement-set", self._entitled, _Access.TOKEN),
            ("GET", f"{of}/projects", self._projects, _Access.TOKEN),
            ("POST", f"{of}/workspaces", self._made, _Access.TOKEN),
            ("GET", f"{of}/workspaces/(.+)", self._found, _Access.TOKEN),
            ("GET", one, self._workspace, _Access.TOKEN),
            ("POST", f"{one}/actions/(lock|unlock)", self._locked, _Access.TOKEN),
            ("GET", f"{one}/current-state-version", self._current, _Access.TOKEN),
            ("POST", f"{one}/state-versions", self._written, _Access.TOKEN),
            ("GET", f"{_API}/state-versions/{version}", self._version, _Access.TOKEN),
        ]

    @property
    def kept(self) -> dict[str, tuple[str, bool, bool]]:
        """Of each workspace: its project, whether it has a state, and whether it is locked."""
        return {each.name: (each.project, bool(each.versions), each.locked) for each in self._workspaces.values()}

    def answer(self, request: Request) -> Answer:
        """Answer as documented; what is not is not found."""
        for method, pattern, handler, access in self._routes:
            found = re.fullmatch(pattern, request.path)
            if found is None or method != request.method:
                continue
            if access is _Access.TOKEN and request.headers.get("authorization") != f"Bearer {self._token}":
                return _error(401)
            return handler(request, *found.groups())
        return _error(404)

    def _services(self, _: Request) -> Answer:
        services = json.dumps(dict.fromkeys(_SERVICES, f"{_API}/")).encode()
        return Answer(200, services, {"Content-Type": "application/json"})

    def _entitled(self, _: Request) -> Answer:
        return _data("entitlement-sets", "org-1", {"state-storage": True, "operations": True})

    def _projects(self, request: Request) -> Answer:
        known = request.query.get("filter[names]") == self._project
        return _list([_resource("projects", _PROJECT, {"name": self._project})] if known else [])

    def _made(self, request: Request) -> Answer:
        wanted = json.loads(request.body)["data"]
        project = wanted.get("relationships", {}).get("project", {}).get("data", {}).get("id")
        key = f"ws-{len(self._workspaces)}"
        name = wanted["attributes"]["name"]
        self._workspaces[key] = _Workspace(name, self._project if project == _PROJECT else "default")
        return self._workspace(request, key, 201)

    def _found(self, request: Request, name: str) -> Answer:
        keys = [key for key, workspace in self._workspaces.items() if workspace.name == name]
        return self._workspace(request, keys[0]) if keys else _error(404)

    def _workspace(self, _: Request, key: str, status: int = 200) -> Answer:
        workspace = self._workspaces[key]
        may = ("can-update", "can-lock", "can-unlock", "can-queue-run", "can-read-state-versions")
        about = {
            "name": workspace.name,
            "locked": workspace.locked,
            "execution-mode": "local",
            "operations": False,
            "terraform-version": "latest",
            "permissions": dict.fromkeys(may, True),
        }
        return _data("workspaces", key, about, status)

    def _locked(self, request: Request, key: str, action: str) -> Answer:
        workspace = self._workspaces[key]
        if workspace.locked is (action == "lock"):
            return _error(409)
        workspace.locked = not workspace.locked
        return self._workspace(request, key)

    def _current(self, request: Request, key: str) -> Answer:
        versions = self._workspaces[key].versions
        return self._version(request, key, str(len(versions) - 1)) if versions else _error(404)

    def _written(self, request: Request, key: str) -> Answer:
        workspace = self._workspaces[key]
        if not workspace.locked:
            return _error(409)
        about = json.loads(request.body)["data"]["attributes"]
        inline = about.pop("state", None)
        workspace.versions.append(_Version(about, None if inline is None else base64.b64decode(inline)))
        return self._version(request, key, str(len(workspace.versions) - 1), 201)

    def _version(self, _: Request, key: str, number: str, status: int = 200) -> Answer:
        version = self._workspaces[key].versions[int(number)]
        address = f"https://{self._host}/archivist/{key}/{number}"
        about = {
            "serial": version.about["serial"],
            "status": "pending" if version.state is None else "finalized",
            "hosted-state-download-url": address,
            "hosted-state-upload-url": address,
            "hosted-json-state-upload-url": f"{address}.json",
        }
        return _data("state-versions", f"{key}-{number}", about, status)

    def _download(self, _: Request, key: str, number: str) -> Answer:
        state = self._workspaces[key].versions[int(number)].state
        return _error(404) if state is None else Answer(200, state)

    def _upload(self, request: Request, key: str, number: str) -> Answer:
        version = self._workspaces[key].versions[int(number)]
        if hashlib.md5(request.body, usedforsecurity=False).hexdigest() != version.about["md5"]:
            return _error(400)
        version.state = request.body
        return Answer(200)


def _resource(kind: str, key: str, attributes: dict[str, Any]) -> dict[str, Any]:
    return {"id": key, "type": kind, "attributes": attributes}


def _data(kind: str, key: str, attributes: dict[str, Any], status: int = 200) -> Answer:
    return Answer(status, json.dumps({"data": _resource(kind, key, attributes)}).encode(), _JSON)


def _list(resources: list[dict[str, Any]]) -> Answer:
    pages = {"current-page": 1, "prev-page": None, "next-page": None, "total-pages": 1, "total-count": len(resources)}
    return Answer(200, json.dumps({"data": resources, "meta": {"pagination": pages}}).encode(), _JSON)


def _error(status: int) -> Answer:
    return Answer(status, json.dumps({"errors": [{"status": str(status), "title": "refused"}]}).encode(), _JSON)
