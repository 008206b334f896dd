"""What the tests of the client and of the resources share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import urllib3

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_sandbox import Sandbox


@pytest.fixture(scope="session")
def operator(sandbox: Sandbox) -> Callable[..., dict[str, Any]]:
    """Send one request as the operator and return its JSON."""
    pool = urllib3.PoolManager()

    def send(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"users API-Key {sandbox.api_key}", "Content-Type": "application/json"}
        if body is not None and "tenant" in body:
            headers["Cookie"] = f"payload-tenant={body['tenant']}"
        content = None if body is None else json.dumps(body).encode()
        answer = pool.request(method, f"{sandbox.endpoint}/api/{path}", body=content, headers=headers)
        document = json.loads(answer.data)
        assert answer.status < 300, document
        return document

    return send
