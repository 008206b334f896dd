"""A container of an Azure storage account, as the API of blobs and their leases is documented; and the sign-in."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from dflow_acceptance.local_http import Answer, LocalHttp, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

_META = "x-ms-meta-"


class AzureSignIn(LocalHttp):
    """Gives a token for a client's secret."""

    def __init__(self, settings: Mapping[str, str], token: str) -> None:
        super().__init__()
        self._settings = settings
        self._token = token

    def answer(self, request: Request) -> Answer:
        """Answer the request for a token, and no other."""
        asked = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        wanted = {
            "grant_type": "client_credentials",
            "client_id": self._settings["ARM_CLIENT_ID"],
            "client_secret": self._settings["ARM_CLIENT_SECRET"],
            "scope": "https://storage.azure.com/.default",
        }
        if request.path != f"/{self._settings['ARM_TENANT_ID']}/oauth2/v2.0/token" or asked != wanted:
            return Answer(400, b'{"error": "invalid_request"}', {"Content-Type": "application/json"})
        token = {"token_type": "Bearer", "expires_in": 3600, "access_token": self._token}
        return Answer(200, json.dumps(token).encode(), {"Content-Type": "application/json"})


@dataclass
class _Blob:
    content: bytes = b""
    metadata: dict[str, str] = field(default_factory=dict)
    lease: str | None = None


class AzureStates(LocalHttp):
    """One container, for who has the token. A leased blob is written by who holds the lease alone."""

    def __init__(self, container: str, token: str) -> None:
        super().__init__()
        self._root = f"/{container}"
        self._token = token
        self._blobs: dict[str, _Blob] = {}

    @property
    def leased(self) -> dict[str, bool]:
        """Whether each blob is leased, by its name."""
        return {name: blob.lease is not None for name, blob in sorted(self._blobs.items())}

    def answer(self, request: Request) -> Answer:
        """Answer as documented; what is not is a bad request."""
        if request.headers.get("authorization") != f"Bearer {self._token}" or "x-ms-version" not in request.headers:
            return _error(403, "AuthenticationFailed")
        if request.path == self._root and request.query.get("comp") == "list":
            return self._listed(request.query.get("prefix", ""))
        root, _, name = request.path.rpartition(f"{self._root}/")
        if root or not name:
            return _error(404, "ResourceNotFound")
        return self._about(name, request)

    def _about(self, name: str, request: Request) -> Answer:
        blob = self._blobs.get(name)
        action = request.query.get("comp")
        if (request.method, action) == ("PUT", None):
            return self._put(name, blob, request)
        if blob is None:
            return _error(404, "BlobNotFound")
        if request.method in {"GET", "HEAD"}:
            return _read(blob, with_content=request.method == "GET")
        return _lease(blob, request) if action == "lease" else self._changed(name, blob, request)

    def _changed(self, name: str, blob: _Blob, request: Request) -> Answer:
        if refused := _may_not_write(blob, request):
            return refused
        if request.method == "DELETE":
            del self._blobs[name]
            return Answer(202)
        if (request.method, request.query.get("comp")) != ("PUT", "metadata"):
            return _error(400, "InvalidQueryParameterValue")
        return _set_metadata(blob, request)

    def _put(self, name: str, blob: _Blob | None, request: Request) -> Answer:
        if request.headers.get("x-ms-blob-type") != "BlockBlob":
            return _error(400, "InvalidHeaderValue")
        if blob is not None and (refused := _may_not_write(blob, request)):
            return refused
        blob = self._blobs.setdefault(name, _Blob())
        blob.content = request.body
        _set_metadata(blob, request)
        return Answer(201)

    def _listed(self, prefix: str) -> Answer:
        blobs = "".join(f"<Blob><Name>{escape(name)}</Name></Blob>" for name in self._blobs if name.startswith(prefix))
        document = (
            f'<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs>{blobs}</Blobs></EnumerationResults>'
        )
        return Answer(200, document.encode(), {"Content-Type": "application/xml"})


def _read(blob: _Blob, *, with_content: bool) -> Answer:
    state = ("leased", "locked") if blob.lease else ("available", "unlocked")
    about = {"x-ms-lease-state": state[0], "x-ms-lease-status": state[1], "x-ms-blob-type": "BlockBlob"}
    metadata = {f"{_META}{name}": value for name, value in blob.metadata.items()}
    headers = {"Content-Type": "application/json", **about, **metadata}
    return Answer(200, blob.content if with_content else b"", headers)


def _lease(blob: _Blob, request: Request) -> Answer:
    action = request.headers.get("x-ms-lease-action")
    if action == "acquire":
        if blob.lease is not None:
            return _error(409, "LeaseAlreadyPresent")
        blob.lease = request.headers.get("x-ms-proposed-lease-id") or str(uuid.uuid4())
        return Answer(201, headers={"x-ms-lease-id": blob.lease})
    if action == "release":
        if blob.lease != request.headers.get("x-ms-lease-id"):
            return _error(409, "LeaseIdMismatchWithLeaseOperation")
        blob.lease = None
        return Answer(200)
    return _error(400, "InvalidHeaderValue")


def _may_not_write(blob: _Blob, request: Request) -> Answer | None:
    given = request.headers.get("x-ms-lease-id")
    if blob.lease is not None and given != blob.lease:
        return _error(412, "LeaseIdMissing" if given is None else "LeaseIdMismatchWithBlobOperation")
    return None


def _set_metadata(blob: _Blob, request: Request) -> Answer:
    blob.metadata = {
        name.removeprefix(_META): value for name, value in request.headers.items() if name.startswith(_META)
    }
    return Answer(200)


def _error(status: int, code: str) -> Answer:
    document = f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{code}</Message></Error>'
    return Answer(status, document.encode(), {"Content-Type": "application/xml", "x-ms-error-code": code})
