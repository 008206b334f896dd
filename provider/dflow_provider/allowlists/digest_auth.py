"""HTTP Digest access authentication (RFC 7616), for vendors whose API keys are used that way.

The server's challenge comes with its first 401. It is answered, and kept for the next requests until the server sends
another one. MD5 and SHA-256 with quality of protection `auth`; anything else is not answered.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.rest import Refused, Request

_CHALLENGE: Final = re.compile(r"(?:^|,)\s*Digest\s+", re.IGNORECASE)
_PARAMETER: Final = re.compile(r'(?P<name>[A-Za-z]+)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<token>[^\s,"]+))')


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


_HASHES: Final[Mapping[str, Callable[[str], str]]] = {"SHA-256": _sha256, "MD5": _md5}
"""By the names of RFC 7616, the preferred one first."""


@dataclass(frozen=True)
class Challenge:
    """What a server wants to have hashed.

    Args:
        realm: whose user is asked for.
        nonce: the server's own part.
        algorithm: `MD5` or `SHA-256`.
        opaque: goes back as it came; nothing if there was none.
    """

    realm: str
    nonce: str
    algorithm: str
    opaque: str | None = None


def read_challenge(header: str) -> Challenge | None:
    """Read `WWW-Authenticate`; of several challenges the strongest. Nothing if there is none that can be answered."""
    found = {}
    for text in _CHALLENGE.split(header)[1:]:
        parameters = {each["name"].lower(): _unquoted(each) for each in _PARAMETER.finditer(text)}
        algorithm = parameters.get("algorithm", "MD5").upper()
        offered = [each.strip() for each in parameters.get("qop", "").split(",")]
        if algorithm in _HASHES and "auth" in offered and {"realm", "nonce"} <= parameters.keys():
            found[algorithm] = Challenge(
                parameters["realm"], parameters["nonce"], algorithm, parameters.get("opaque") or None
            )
    return next((found[algorithm] for algorithm in _HASHES if algorithm in found), None)


class DigestAuth:
    """One user's answers to a server's challenges; `authorize` and `answer_challenge` are what `Rest` takes.

    Args:
        user: is sent.
        password: is not.
        client_nonce: makes the client's own part of each answer.
    """

    def __init__(
        self, user: str, password: str, client_nonce: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    ) -> None:
        self._user = user
        self._password = password
        self._client_nonce = client_nonce
        self._lock = threading.Lock()
        self._challenge: Challenge | None = None
        self._answers = 0

    def authorize(self, request: Request) -> Mapping[str, str]:
        """Answer the last challenge again; nothing as long as there was none."""
        with self._lock:
            if self._challenge is None:
                return {}
            self._answers += 1
            return {"Authorization": self._answer(self._challenge, self._answers, request)}

    def answer_challenge(self, request: Request, refused: Refused) -> Mapping[str, str]:
        """Answer a challenge; nothing if it cannot be answered, or if the answer to it was just refused."""
        challenge = read_challenge(refused.headers.get("www-authenticate", ""))
        with self._lock:
            if challenge is None or challenge == self._challenge:
                return {}
            self._challenge, self._answers = challenge, 0
        return self.authorize(request)

    def _answer(self, challenge: Challenge, count: int, request: Request) -> str:
        digest = _HASHES[challenge.algorithm]
        parts = urlsplit(request.url)
        uri = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        number, client_nonce = f"{count:08x}", self._client_nonce()
        secret = digest(f"{self._user}:{challenge.realm}:{self._password}")
        asked = digest(f"{request.method}:{uri}")
        response = digest(f"{secret}:{challenge.nonce}:{number}:{client_nonce}:auth:{asked}")
        opaque = [f'opaque="{_quoted(challenge.opaque)}"'] if challenge.opaque is not None else []
        return "Digest " + ", ".join(
            (
                f'username="{_quoted(self._user)}"',
                f'realm="{_quoted(challenge.realm)}"',
                f'uri="{uri}"',
                f"algorithm={challenge.algorithm}",
                f'nonce="{_quoted(challenge.nonce)}"',
                f"nc={number}",
                f'cnonce="{client_nonce}"',
                "qop=auth",
                f'response="{response}"',
                *opaque,
            )
        )


def _unquoted(found: re.Match[str]) -> str:
    quoted: Any = found["quoted"]
    return re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else found["token"]


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
