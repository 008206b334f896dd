"""How requests to Google's APIs are authorized: by an access token as it is, or by credentials that earn one.

Credentials are Google's usual JSON: the key of a service account, workload identity federation, an impersonated
account, or what `gcloud auth application-default login` writes. The package google-auth knows what to do with them; it
is imported when there are any.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from urllib3.exceptions import HTTPError

from dflow_provider.allowlists.exchange import pool_for
from dflow_provider.allowlists.listing import TryLaterError
from dflow_provider.importing import imported
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Request

SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
_TOKEN, _CREDENTIALS = 0, 1
"""The positions of the credentials in the rows of Google's vendors."""
_MAKERS: Final[Mapping[str, tuple[str, str]]] = {
    "service_account": ("google.oauth2.service_account", "from_service_account_info"),
    "authorized_user": ("google.oauth2.credentials", "from_authorized_user_info"),
    "external_account": ("google.auth.identity_pool", "from_info"),
    "external_account of AWS": ("google.auth.aws", "from_info"),
    "impersonated_service_account": (
        "google.auth.impersonated_credentials",
        "from_impersonated_service_account_info",
    ),
}
_TYPES: Final = tuple(kind for kind in _MAKERS if " " not in kind)
_TIMEOUT_S: Final = 30.0

_earned: Final[dict[str, Any]] = {}
_one_at_a_time: Final = threading.Lock()


def authorize_google(place: Place) -> Callable[[Request], Mapping[str, str]]:
    """Return what authorizes requests to Google's APIs. Asks nobody before the first request.

    Raises:
        ProviderError: there are no credentials, or they cannot be read.
    """
    token = place.optional_credential(_TOKEN)
    if token is not None:
        return lambda _: {"Authorization": f"Bearer {token}"}
    text = place.optional_credential(_CREDENTIALS)
    if text is None:
        raise place.lacks(*place.owned.credentials)
    credentials = _credentials(_content(text, place), place)
    return lambda _: _headers(credentials, place)


def _content(text: str, place: Place) -> dict[str, Any]:
    names = " or ".join(place.owned.credentials[_CREDENTIALS].variables)
    source = f"what {names} holds"
    if not text.startswith("{"):
        source = f"{text}, which {names} names,"
        try:
            text = Path(text).expanduser().read_text(encoding="utf-8")
        except (OSError, ValueError):
            raise ProviderError("Credentials cannot be read", f"{source} is no file that can be read.") from None
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    if not isinstance(content, dict) or content.get("type") not in _TYPES:
        raise ProviderError(
            "Credentials cannot be read",
            f"{source} is not Google's JSON of credentials with one of the types {', '.join(_TYPES)}. Give the key "
            f"file of a service account, or an access token in GOOGLE_OAUTH_ACCESS_TOKEN.",
        )
    return content


def _credentials(content: dict[str, Any], place: Place) -> Any:
    """Make google-auth's object, one for each account and process, so that a token is used until it ends."""
    key = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    with _one_at_a_time:
        if key not in _earned:
            module, maker = _MAKERS[_kind(content)]
            try:
                kind = imported(module).Credentials
            except ModuleNotFoundError:
                raise ProviderError(
                    "google-auth is missing",
                    f"{place.vendor.name} is changed with credentials of the type {content['type']}, which takes the "
                    f"Python package google-auth. Install it: pip install 'dflow-cdktf[google]'; or give an access "
                    f"token in GOOGLE_OAUTH_ACCESS_TOKEN (gcloud auth print-access-token).",
                ) from None
            try:
                _earned[key] = getattr(kind, maker)(content, scopes=[SCOPE])
            except (ValueError, imported("google.auth.exceptions").GoogleAuthError) as error:
                raise ProviderError(
                    "Credentials cannot be read",
                    f"Google's credentials of the type {content['type']} are not complete: {_first_line(error)}.",
                ) from None
        return _earned[key]


def _kind(content: dict[str, Any]) -> str:
    """Tell workloads on AWS from others: they have a module of their own."""
    kind = str(content["type"])
    signed_by_aws = str(content.get("subject_token_type", "")).endswith(":aws4_request")
    return f"{kind} of AWS" if kind == "external_account" and signed_by_aws else kind


def _headers(credentials: Any, place: Place) -> Mapping[str, str]:
    errors = imported("google.auth.exceptions")
    with _one_at_a_time:
        try:
            if not credentials.valid:
                credentials.refresh(_transport)
        except errors.GoogleAuthError as error:
            story = f"{place.vendor.name}: Google gave no access token for the credentials: {_first_line(error)}."
            if error.retryable or isinstance(error, errors.TransportError):
                raise TryLaterError("Vendor is busy", story) from None
            raise ProviderError("Vendor refuses the credential", f"{story} {place.owned.rights}") from None
        billed = credentials.quota_project_id
        headers = {"Authorization": f"Bearer {credentials.token}"}
        return {**headers, "x-goog-user-project": billed} if billed else headers


@dataclass(frozen=True)
class _Response:
    status: int
    headers: Mapping[str, str]
    data: bytes


def _transport(
    url: str,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    **_: object,
) -> _Response:
    """Carry google-auth's requests as ours are: certificates verified, no redirects, the same proxy."""
    try:
        response = pool_for(url).request(
            method, url, body=body, headers=headers, timeout=_TIMEOUT_S, retries=False, redirect=False
        )
    except HTTPError as error:
        reason = str(error).rsplit(": ", 1)[-1]
        raise imported("google.auth.exceptions").TransportError(reason) from None
    return _Response(response.status, dict(response.headers), response.data)


def _first_line(error: BaseException) -> str:
    return str(error.args[0] if error.args else error).splitlines()[0].rstrip(".")
