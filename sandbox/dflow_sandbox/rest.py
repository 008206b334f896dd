"""A minimal client of the control plane's REST API, as the seeding needs it."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from dflow_sandbox.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIMEOUT_SECONDS = 60


class RestClient:
    """Speaks to one control plane, with whatever `Authorization` header it was given last."""

    def __init__(self, endpoint: str) -> None:
        address = urlsplit(endpoint)
        self._connection = http.client.HTTPConnection(address.netloc, timeout=_TIMEOUT_SECONDS)
        self.authorization: str | None = None

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def find_one(self, collection: str, path: str, value: str) -> dict[str, Any]:
        """The one document whose `path` equals `value`."""
        query = urlencode({f"where[{path}][equals]": value, "depth": "0", "limit": "2"})
        documents = self._send("GET", f"/api/{collection}?{query}", None)["docs"]
        if len(documents) != 1:
            raise SandboxError(f"{collection} holds {len(documents)} documents with {path} {value!r}, not one.")
        document: dict[str, Any] = documents[0]
        return document

    def create(self, collection: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Creates a document and returns it."""
        document: dict[str, Any] = self._send("POST", f"/api/{collection}?depth=0", data)["doc"]
        return document

    def update(self, collection: str, document_id: str, data: Mapping[str, Any]) -> None:
        """Changes the given fields of a document."""
        self._send("PATCH", f"/api/{collection}/{document_id}?depth=0", data)

    def register_first_user(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Creates the operator; returns `token` and `user`."""
        return self._send("POST", "/api/users/first-register", data)

    def _send(self, method: str, path: str, data: Mapping[str, Any] | None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        if self.authorization is not None:
            headers["Authorization"] = self.authorization
        self._connection.request(method, path, None if data is None else json.dumps(data), headers)
        response = self._connection.getresponse()
        body = response.read().decode()
        if response.status not in {200, 201}:
            path = path.partition("?")[0]
            raise SandboxError(f"seeding: {method} {path} was answered with {response.status}: {body}")
        answer: dict[str, Any] = json.loads(body)
        return answer
