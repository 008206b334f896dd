"""What the stand-ins for Google's APIs share: tokens, errors in Google's form, and where credentials earn a token."""

from __future__ import annotations

import base64
import json
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, route

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

_TOKEN: Final = "ya29.token-of-the-sandbox"  # noqa: S105 (opens nothing)
_ACCOUNT: Final = "terraform@shop-production.iam.gserviceaccount.com"
_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
_BEARER_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class GoogleServer(ContractServer):
    """One of Google's APIs, and its token endpoint, which verifies what a service account signs."""

    token: str = _TOKEN
    """The access token that is good."""

    def service_account_key(self) -> str:
        """Return the key file of a service account, as JSON; its tokens come from this server."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 (few tests need a key)

        pem = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return json.dumps(
            {
                "type": "service_account",
                "project_id": "shop-production",
                "private_key_id": "0123456789abcdef",
                "private_key": pem.decode(),
                "client_email": _ACCOUNT,
                "client_id": "100000000000000000001",
                "token_uri": f"{self.url}/token",
            }
        )

    def authenticate(self, request: Request) -> None:
        """Take the one token there is; who asks for one has none yet."""
        if request.path != "/token" and request.headers.get("authorization") != f"Bearer {self.token}":
            raise refusal(
                401,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other "
                "valid authentication credential.",
                "authError",
            )

    def not_found(self, request: Request) -> Answer:
        """Answer as Google's front end does: no JSON."""
        return Answer(404, f"<p>The requested URL {request.path} was not found on this server.".encode())

    @route("POST", "/token")
    def grant(self, request: Request) -> Answer:
        """Give an access token for an assertion that the service account signed."""
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        if form.get("grant_type") != _BEARER_GRANT:
            raise Answer(400, {"error": "unsupported_grant_type", "error_description": "Invalid grant_type"})
        self._verify(form.get("assertion", ""))
        return Answer(200, {"access_token": self.token, "expires_in": 3599, "token_type": "Bearer"})

    @cached_property
    def _key(self) -> RSAPrivateKey:
        from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 (few tests need a key)

        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def _verify(self, assertion: str) -> None:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 (few tests need a key)
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 (as above)
        from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 (as above)

        try:
            signed, signature = assertion.rsplit(".", 1)
            header, claims = (json.loads(_decoded(part)) for part in signed.split("."))
            self._key.public_key().verify(_decoded(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        except (ValueError, InvalidSignature):
            raise _invalid_grant("Invalid JWT Signature.") from None
        now = time.time()
        if header.get("alg") != "RS256" or claims.get("iss") != _ACCOUNT:
            raise _invalid_grant("Invalid JWT: the issuer is not known.")
        if claims.get("aud") not in {f"{self.url}/token", "https://oauth2.googleapis.com/token"}:
            raise _invalid_grant("Invalid JWT: Failed audience check.")
        if not now - 300 < claims["iat"] < now + 60 or claims["exp"] - claims["iat"] > 3600:
            raise _invalid_grant(
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
            )
        if _SCOPE not in claims.get("scope", "").split():
            raise Answer(400, {"error": "invalid_scope", "error_description": "Invalid OAuth scope."})


def refusal(status: int, name: str, message: str, reason: str) -> Answer:
    """Return an error as Google's APIs write it."""
    return Answer(
        status,
        {
            "error": {
                "code": status,
                "message": message,
                "errors": [{"message": message, "domain": "global", "reason": reason}],
                "status": name,
            }
        },
    )


def unknown_field(path: str) -> Answer:
    """Return what Google's APIs say of a field they do not have."""
    name = path.rpartition(".")[2]
    return refusal(
        400,
        "INVALID_ARGUMENT",
        f"Invalid JSON payload received. Unknown name \"{name}\" at '{path.rpartition('.')[0]}': Cannot find field.",
        "badRequest",
    )


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _invalid_grant(description: str) -> Answer:
    return Answer(400, {"error": "invalid_grant", "error_description": description})


def merge(target: dict[str, Any], patch: dict[str, Any]) -> None:
    """Apply a patch as Google's APIs do: objects are merged, everything else is replaced, null removes."""
    for name, value in patch.items():
        if isinstance(value, dict) and isinstance(target.get(name), dict):
            merge(target[name], value)
        elif value is None:
            target.pop(name, None)
        else:
            target[name] = value
