"""A plain HTTP client for the control plane, as several callers."""

import http.client
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config

from dflow_sandbox import Sandbox


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def messages(self) -> list[str]:
        return [error["message"] for error in self.body["errors"]]

    @property
    def invalid_paths(self) -> set[str]:
        """Paths of a validation error."""
        return {error["path"] for error in self.body["errors"][0]["data"]["errors"]}


@dataclass(frozen=True)
class Caller:
    """Sends requests with one set of headers."""

    endpoint: str
    headers: Mapping[str, str]

    def __call__(
        self, method: str, path: str, body: object = None, *, raw: bytes | None = None, **headers: str
    ) -> Reply:
        connection = http.client.HTTPConnection(urlsplit(self.endpoint).netloc, timeout=60)
        try:
            sent = raw if raw is not None else None if body is None else json.dumps(body).encode()
            connection.request(method, path, sent, {"Content-Type": "application/json", **self.headers, **headers})
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), json.loads(response.read() or b"null"))
        finally:
            connection.close()

    def create(self, collection: str, data: object, **headers: str) -> dict[str, Any]:
        """Creates a document that has to be accepted."""
        reply = self("POST", f"/api/{collection}?depth=0", data, **headers)
        assert reply.status == 201, reply.body
        return reply.body["doc"]

    def read(self, collection: str, document_id: str, query: str = "") -> Reply:
        return self("GET", f"/api/{collection}/{document_id}?depth=0{query}")

    def update(self, collection: str, document_id: str, data: object, query: str = "") -> Reply:
        return self("PATCH", f"/api/{collection}/{document_id}?depth=0{query}", data)


def api_key(key: str) -> dict[str, str]:
    return {"Authorization": f"users API-Key {key}"}


@pytest.fixture(scope="session")
def operator(sandbox: Sandbox) -> Caller:
    """The admin, by API key."""
    return Caller(sandbox.endpoint, api_key(sandbox.api_key))


@pytest.fixture(scope="session")
def developer(sandbox: Sandbox) -> Caller:
    """A user without the admin role, by API key."""
    return Caller(sandbox.endpoint, api_key(sandbox.user_api_key))


@pytest.fixture(scope="session")
def anonymous(sandbox: Sandbox) -> Caller:
    return Caller(sandbox.endpoint, {})


@pytest.fixture
def unique() -> str:
    """A name no other test uses."""
    return f"t{uuid.uuid4().hex[:12]}"


@pytest.fixture
def project(sandbox: Sandbox, operator: Caller, unique: str) -> dict[str, Any]:
    """A project on fra-1."""
    return operator.create(
        "projects", {"name": unique, "server": sandbox.worker_node_ids["fra-1"], "tenant": sandbox.tenant_id}
    )


@pytest.fixture
def new_service(sandbox: Sandbox, operator: Caller, project: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """Creates an app service in `project`; keyword arguments are further fields."""

    def create(**fields: object) -> dict[str, Any]:
        basics = {"name": f"{project['name']}-web", "type": "app", "project": project["id"]}
        return operator.create("services", {**basics, "tenant": sandbox.tenant_id, **fields})

    return create


@pytest.fixture(scope="session")
def ec2(sandbox: Sandbox):
    """boto3's EC2 client for the sandbox."""
    client = ec2_client(sandbox, sandbox.aws_endpoint)
    yield client
    client.close()


@pytest.fixture
def ec2_behind(sandbox: Sandbox):
    """Makes EC2 clients for another endpoint, without retries of their own."""
    clients = []

    def make(endpoint: str):
        clients.append(ec2_client(sandbox, endpoint))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


def ec2_client(sandbox: Sandbox, endpoint: str):
    return boto3.client(
        "ec2",
        region_name=sandbox.region,
        endpoint_url=endpoint,
        aws_access_key_id=sandbox.aws_access_key_id,
        aws_secret_access_key=sandbox.aws_secret_access_key,
        config=Config(retries={"total_max_attempts": 1}, read_timeout=30),
    )
