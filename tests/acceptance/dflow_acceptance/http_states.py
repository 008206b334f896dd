"""A server of states as Terraform documents it for the backend `http`, and as GitLab is one."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass

from dflow_acceptance.local_http import Answer, LocalHttp, Request


@dataclass(frozen=True)
class Locking:
    """How states are locked.

    Args:
        path: what follows a state's address.
        lock: the method that locks.
        unlock: the method that unlocks.
        taken: the status where somebody else has the lock; Terraform knows 423 and 409.
    """

    path: str
    lock: str
    unlock: str
    taken: int


DOCUMENTED = Locking("", "LOCK", "UNLOCK", 423)
GITLAB = Locking("/lock", "POST", "DELETE", 409)


class HttpStates(LocalHttp):
    """States for one user, by address. Only who holds the lock of a locked state can write it."""

    def __init__(self, locking: Locking, username: str, password: str) -> None:
        super().__init__()
        self._locking = locking
        self._authorization = f"Basic {base64.b64encode(f'{username}:{password}'.encode()).decode()}"
        self.states: dict[str, bytes] = {}
        self._locks: dict[str, bytes] = {}

    def answer(self, request: Request) -> Answer:
        """Answer as documented; what is not is a bad request."""
        if request.headers.get("authorization") != self._authorization:
            return Answer(401)
        if request.method in {self._locking.lock, self._locking.unlock} and request.path.endswith(self._locking.path):
            return self._lock(request.path.removesuffix(self._locking.path), request)
        return self._state(request)

    def _lock(self, place: str, request: Request) -> Answer:
        holder = self._locks.get(place)
        if request.method == self._locking.lock:
            if holder is not None:
                return Answer(self._locking.taken, holder)
            self._locks[place] = request.body
            return Answer(200)
        if holder is None or json.loads(holder)["ID"] != json.loads(request.body)["ID"]:
            return Answer(self._locking.taken, holder or b"")
        del self._locks[place]
        return Answer(200)

    def _state(self, request: Request) -> Answer:
        if request.method == "GET":
            state = self.states.get(request.path)
            return Answer(404) if state is None else Answer(200, state, {"Content-Type": "application/json"})
        if request.method != "POST":
            return Answer(405)
        holder = self._locks.get(request.path)
        if holder is not None and json.loads(holder)["ID"] != request.query.get("ID"):
            return Answer(self._locking.taken, holder)
        digest = base64.b64encode(hashlib.md5(request.body, usedforsecurity=False).digest()).decode()
        if request.headers.get("content-md5") != digest:
            return Answer(400, b"Content-MD5 is not that of the state")
        self.states[request.path] = request.body
        return Answer(200)
