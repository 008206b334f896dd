"""A bucket of Google Cloud Storage, as its API is documented: objects are listed, read, written and deleted."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from email.parser import BytesParser

from dflow_acceptance.local_http import Answer, LocalHttp, Request

_OBJECTS = re.compile(r"/storage/v1/b/([^/]+)/o(?:/(.+))?")
_UPLOADS = re.compile(r"/upload/storage/v1/b/([^/]+)/o")
_MEDIA = re.compile(r"/([^/]+)/(.+)")


@dataclass(frozen=True)
class _Object:
    content: bytes
    generation: int


class GcsStates(LocalHttp):
    """One bucket, for who has the token."""

    def __init__(self, bucket: str, token: str) -> None:
        super().__init__()
        self._bucket = bucket
        self._token = token
        self._objects: dict[str, _Object] = {}
        self._generation = 0

    @property
    def names(self) -> list[str]:
        """What the objects are called."""
        return sorted(self._objects)

    def answer(self, request: Request) -> Answer:
        """Answer as documented; what is not is not found."""
        if request.headers.get("authorization") != f"Bearer {self._token}":
            return _error(401, "Invalid Credentials")
        for pattern in (_UPLOADS, _OBJECTS, _MEDIA):
            found = pattern.fullmatch(request.path)
            if found and found[1] == self._bucket:
                break
        else:
            return _error(404, "The specified bucket does not exist.")
        if pattern is _UPLOADS:
            return self._uploaded(request)
        if pattern is _MEDIA:
            return self._media(found[2]) if request.method == "GET" else _error(405, "Method Not Allowed")
        if found[2] is None:
            prefix = request.query.get("prefix", "")
            items = [self._described(name) for name in self.names if name.startswith(prefix)]
            return _json({"kind": "storage#objects", "items": items})
        return self._object(found[2], request)

    def _object(self, name: str, request: Request) -> Answer:
        stored = self._objects.get(name)
        if stored is None:
            return _error(404, f"No such object: {self._bucket}/{name}")
        if request.method == "DELETE":
            if int(request.query.get("ifGenerationMatch", stored.generation)) != stored.generation:
                return _error(412, "At least one of the pre-conditions you specified did not hold.")
            del self._objects[name]
            return Answer(204)
        return self._media(name) if request.query.get("alt") == "media" else _json(self._described(name))

    def _media(self, name: str) -> Answer:
        stored = self._objects.get(name)
        if stored is None:
            return Answer(404, b"<Error><Code>NoSuchKey</Code></Error>", {"Content-Type": "application/xml"})
        generation = {"X-Goog-Generation": str(stored.generation), "X-Goog-Metageneration": "1"}
        return Answer(200, stored.content, {"Content-Type": "application/json", **generation})

    def _uploaded(self, request: Request) -> Answer:
        if request.method != "POST" or request.query.get("uploadType") != "multipart":
            return _error(400, "Unknown upload.")
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        about, content = BytesParser().parsebytes(head + request.body).get_payload()
        name = json.loads(about.get_payload())["name"]
        stored = self._objects.get(name)
        if int(request.query.get("ifGenerationMatch", -1)) not in {-1, stored.generation if stored else 0}:
            return _error(412, "At least one of the pre-conditions you specified did not hold.")
        self._generation += 1
        self._objects[name] = _Object(content.get_payload(decode=True), self._generation)
        return _json(self._described(name))

    def _described(self, name: str) -> dict[str, str]:
        stored = self._objects[name]
        return {
            "kind": "storage#object",
            "name": name,
            "bucket": self._bucket,
            "generation": str(stored.generation),
            "metageneration": "1",
            "size": str(len(stored.content)),
            "md5Hash": base64.b64encode(hashlib.md5(stored.content, usedforsecurity=False).digest()).decode(),
        }


def _json(document: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(document).encode(), {"Content-Type": "application/json; charset=UTF-8"})


def _error(status: int, message: str) -> Answer:
    return _json({"error": {"code": status, "message": message}}, status)
