"""MongoDB's wire protocol: `hello`, a login with SCRAM-SHA-256, `ping`; TLS from the first byte or none."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import bson
from dflow_drivers.stand_in import StrayError

if TYPE_CHECKING:
    from dflow_drivers.stand_in import Stream

_QUERY = 2004
_REPLY = 1
_MESSAGE = 2013
_ROUNDS = 4096
_SALT = b"sixteen bytes ok"
_NONCE = "of-the-server"
_HELLO = {
    "helloOk": True,
    "ismaster": True,
    "isWritablePrimary": True,
    "maxBsonObjectSize": 16777216,
    "maxMessageSizeBytes": 48000000,
    "maxWriteBatchSize": 100000,
    "minWireVersion": 0,
    "maxWireVersion": 21,
    "readOnly": False,
    "saslSupportedMechs": ["SCRAM-SHA-256"],
    "ok": 1.0,
}


@dataclass
class _Conversation:
    """A login on its way."""

    bare: str
    server: str
    database: str

    @property
    def user(self) -> str:
        name = self.bare.split(",")[0].removeprefix("n=")
        return name.replace("=2C", ",").replace("=3D", "=")

    def signature(self, final: str, password: str) -> bytes | None:
        """Return what proves the server, if the client's proof was made with the password."""
        unproven, _, proof = final.rpartition(",p=")
        salted = hashlib.pbkdf2_hmac("sha256", password.encode(), _SALT, _ROUNDS)
        key = _mac(salted, b"Client Key")
        said = f"{self.bare},{self.server},{unproven}".encode()
        masked = _mac(hashlib.sha256(key).digest(), said)
        found = bytes(left ^ right for left, right in zip(masked, base64.b64decode(proof), strict=True))
        return _mac(_mac(salted, b"Server Key"), said) if found == key else None


@dataclass(frozen=True)
class MongoDb:
    """As https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol and RFC 5802 have it."""

    tls_first = True

    def serve(self, stream: Stream) -> None:
        """Let in who knows the account's password, and note both them and whoever does not."""
        conversation: _Conversation | None = None
        while True:
            size, request, _, kind = struct.unpack("<iiii", stream.read(16))
            body = stream.read(size - 16)
            command = _command(kind, body)
            name = next(iter(command))
            match name:
                case "hello" | "ismaster" | "isMaster":
                    reply: dict[str, Any] = dict(_HELLO)
                    early = command.get("speculativeAuthenticate")
                    if early and early["mechanism"] == "SCRAM-SHA-256":
                        conversation, reply["speculativeAuthenticate"] = _started(early, early["db"])
                case "saslStart":
                    conversation, reply = _started(command, command["$db"])
                case "saslContinue" if conversation is not None:
                    reply = _ended(stream, conversation, command)
                case "ping" | "endSessions":
                    reply = {"ok": 1.0}
                case _:
                    raise StrayError(f"no command that a client begins with: {name}")
            stream.write(_answer(kind, request, reply))


def _started(command: dict[str, Any], database: str) -> tuple[_Conversation, dict[str, Any]]:
    if command["mechanism"] != "SCRAM-SHA-256":
        raise StrayError(f"{command['mechanism']} is not offered")
    bare = command["payload"].decode().removeprefix("n,,")
    nonce = bare.partition(",r=")[2]
    server = f"r={nonce}{_NONCE},s={base64.b64encode(_SALT).decode()},i={_ROUNDS}"
    reply = {"conversationId": 1, "done": False, "payload": server.encode(), "ok": 1.0}
    return _Conversation(bare, server, database), reply


def _ended(stream: Stream, conversation: _Conversation, command: dict[str, Any]) -> dict[str, Any]:
    if not command["payload"]:
        return {"conversationId": 1, "done": True, "payload": b"", "ok": 1.0}
    signature = conversation.signature(command["payload"].decode(), stream.account.password)
    password = "(another)" if signature is None else stream.account.password
    stream.note(conversation.user, password, conversation.database)
    if signature is None:
        return {"ok": 0.0, "code": 18, "codeName": "AuthenticationFailed", "errmsg": "Authentication failed."}
    proof = b"v=" + base64.b64encode(signature)
    return {"conversationId": 1, "done": True, "payload": proof, "ok": 1.0}


def _command(kind: int, body: bytes) -> dict[str, Any]:
    if kind == _MESSAGE:
        if body[4] != 0:
            raise StrayError("only messages of one document are expected")
        return bson.decode(body[5:])
    if kind == _QUERY:
        return bson.decode(body[body.index(b"\0", 4) + 1 + 8 :])
    raise StrayError(f"{kind} is no kind of message that a client begins with")


def _answer(kind: int, request: int, reply: dict[str, Any]) -> bytes:
    document = bson.encode(reply)
    if kind == _QUERY:
        answer, body = _REPLY, struct.pack("<iqii", 8, 0, 0, 1) + document
    else:
        answer, body = _MESSAGE, struct.pack("<iB", 0, 0) + document
    return struct.pack("<iiii", len(body) + 16, 1, request, answer) + body


def _mac(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, "sha256")
