"""An organisation of the control plane, seen and changed over REST alone."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, urlencode, urlsplit

if TYPE_CHECKING:
    from dflow_sandbox import Sandbox

Document = dict[str, Any]


@dataclass(frozen=True)
class Organisation:
    """A tenant with nothing in it but what the test puts there."""

    endpoint: str
    api_key: str = field(repr=False)
    slug: str
    id: str

    @classmethod
    def founded(cls, sandbox: Sandbox) -> Self:
        """A new one, with a name nobody else has."""
        slug = f"t{uuid.uuid4().hex[:12]}"
        unborn = cls(sandbox.endpoint, sandbox.api_key, slug, "")
        tenant = unborn.send("POST", "tenants", {"name": slug, "slug": slug, "subdomain": slug})["doc"]
        return cls(sandbox.endpoint, sandbox.api_key, slug, tenant["id"])

    def send(self, method: str, path: str, body: Document | None = None, **query: str) -> Document:
        """One request that has to succeed."""
        headers = {"Authorization": f"users API-Key {self.api_key}", "Content-Type": "application/json"}
        if self.id:
            headers["Cookie"] = f"payload-tenant={self.id}"
        connection = HTTPConnection(urlsplit(self.endpoint).netloc, timeout=60)
        try:
            target = f"/api/{path}?{urlencode({'depth': '0', **query}, quote_via=quote)}"
            connection.request(method, target, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        finally:
            connection.close()
        assert response.status < 300, (method, path, response.status, answer)
        return answer

    def make(self, collection: str, **fields: Any) -> Document:
        """What somebody creates in the dashboard."""
        return self.send("POST", collection, {"tenant": self.id, **fields})["doc"]

    def change(self, collection: str, document_id: str, **fields: Any) -> Document:
        """What somebody changes in the dashboard."""
        return self.send("PATCH", f"{collection}/{document_id}", fields)["doc"]

    def trash(self, collection: str, document_id: str) -> None:
        """What the dashboard's delete does."""
        self.change(collection, document_id, deletedAt="2026-01-01T00:00:00.000Z")

    def delete(self, collection: str, document_id: str) -> None:
        """What emptying the dashboard's trash does."""
        self.send("DELETE", f"{collection}/{document_id}", trash="true")

    def documents(self, collection: str, **query: str) -> list[Document]:
        """All documents of the organisation that are not in the trash."""
        return self.send("GET", collection, limit="0", **{"where[tenant][equals]": self.id, **query})["docs"]

    def named(self, collection: str, name: str) -> list[Document]:
        """The documents of that name, in no trash."""
        return [each for each in self.documents(collection) if each["name"] == name]

    def in_trash(self, collection: str) -> list[str]:
        """Names of the documents in the trash."""
        everything = self.documents(collection, trash="true")
        return [each["name"] for each in everything if each.get("deletedAt")]

    def get(self, collection: str, document_id: str) -> Document:
        return self.send("GET", f"{collection}/{document_id}", trash="true")

    def worker_node(self, name: str, **fields: Any) -> str:
        """A Worker Node over Tailscale, with a public address unless told otherwise; returns its id."""
        reached = {"preferConnectionType": "tailscale", "hostname": name, "username": "root"}
        return self.make("servers", name=name, **{**reached, "publicIp": "203.0.113.9", **fields})["id"]

    def variables(self, service_id: str) -> dict[str, str]:
        """The variables of a service, by key."""
        rows = self.get("services", service_id).get("variables") or []
        values = {row["key"]: row.get("value", "") for row in rows}
        assert len(values) == len(rows), "a key stands twice"
        return values
