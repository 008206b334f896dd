"""Requests to Azure Resource Manager in the name of a service principal, and the operations they start."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.listing import ListGoneError, TryLaterError
from dflow_provider.allowlists.oauth import granted_token
from dflow_provider.allowlists.place import first_set
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Answer, Refused, Request


@dataclass(frozen=True)
class Cloud:
    """One of Azure's clouds.

    Args:
        authority: where its tokens come from.
        resource_manager: where its resources are managed, and what tokens are good for.
    """

    authority: str
    resource_manager: str


_CLOUDS: Final = {
    "public": Cloud("https://login.microsoftonline.com", "https://management.azure.com"),
    "usgovernment": Cloud("https://login.microsoftonline.us", "https://management.usgovcloudapi.net"),
    "china": Cloud("https://login.chinacloudapi.cn", "https://management.chinacloudapi.cn"),
}
_NOT_THE_LIST: Final = frozenset(
    {"InvalidResourceType", "InvalidSubscriptionId", "NoRegisteredProviderFound", "SubscriptionNotFound"}
)
"""What 404 says here of a subscription or of a request, and not of the database."""
_BUSY: Final = frozenset({"Conflict", "InternalServerError", "OperationTimedOut", "ServerIsBusy"})
UNDER_WAY: Final = frozenset({"accepted", "creating", "inprogress", "pending", "running", "updating"})
"""What operations and resources say, in small letters, as long as something is being changed."""


def resource_manager(place: Place, target: str) -> Rest:
    """Build the client of Azure Resource Manager that holds a list. Asks nobody yet.

    Raises:
        ProviderError: a credential is missing, or ARM_ENVIRONMENT names no cloud.
    """
    cloud = _cloud(place)
    override = first_set(place.environment, place.owned.endpoint.variables)
    base = (override or cloud.resource_manager).rstrip("/")
    return Rest(place, _authorize(place, cloud), target, understand=partial(_understand, target), base=base)


def server_path(place: Place, kind: str, name: str) -> str:
    """Return the path of a resource: `/subscriptions/…/providers/Microsoft.Sql/servers/orders`."""
    subscription, group = quote(place["subscription_id"], safe=""), quote(place["resource_group"], safe="")
    return f"/subscriptions/{subscription}/resourceGroups/{group}/providers/{kind}/{quote(place[name], safe='')}"


def wait_for(rest: Rest, answer: Answer) -> None:
    """Wait until Azure has carried out what a request started.

    Raises:
        TryLaterError: Azure was busy, or lost the operation.
        ProviderError: it failed.
    """
    operation, location = answer.headers.get("azure-asyncoperation"), answer.headers.get("location")
    if operation:
        rest.place.waiting.until(partial(_has_ended, rest, operation), f"{rest.target}'s operation")
    elif location and answer.status in {200, 201, 202}:
        rest.place.waiting.until(partial(_is_there, rest, location), f"{rest.target}'s operation")


def _has_ended(rest: Rest, operation: str) -> bool:
    content = _asked(rest, operation).json
    status = str(content["status"])
    if status.lower() == "succeeded":
        return True
    if status.lower() in UNDER_WAY:
        return False
    error = content.get("error") or {}
    story = f"{rest.target}: the operation ended as {status}: {error.get('message') or 'Azure does not say why'}"
    if error.get("code") in _BUSY:
        raise TryLaterError("Vendor is busy", f"{story} ({error['code']}).")
    raise ProviderError("Azure did not apply the change", f"{story} ({error.get('code') or 'no code'}).")


def _is_there(rest: Rest, location: str) -> bool:
    return _asked(rest, location).status != 202


def _asked(rest: Rest, address: str) -> Answer:
    try:
        return rest.get(address)
    except ListGoneError:
        raise TryLaterError(
            "Azure lost the operation", f"{rest.target}: what a change started cannot be asked for any more."
        ) from None


def _cloud(place: Place) -> Cloud:
    name = first_set(place.environment, ("ARM_ENVIRONMENT",)) or "public"
    if name.lower() not in _CLOUDS:
        raise ProviderError(
            "Azure cloud is unknown",
            f"The environment variable ARM_ENVIRONMENT holds {name!r}. Known are {', '.join(_CLOUDS)}.",
        )
    return _CLOUDS[name.lower()]


def _authorize(place: Place, cloud: Cloud) -> Callable[[Request], Mapping[str, str]]:
    client, tenant = place.credential(0), place.credential(1)
    secret, token = place.optional_credential(2), place.optional_credential(3)
    authority = (first_set(place.environment, ("AZURE_AUTHORITY_HOST",)) or cloud.authority).rstrip("/")
    if "://" not in authority:
        authority = f"https://{authority}"
    form = {
        "grant_type": "client_credentials",
        "client_id": client,
        "scope": f"{cloud.resource_manager}/.default",
    }
    if secret is not None:
        form["client_secret"] = secret
    elif token is not None:
        form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        form["client_assertion"] = token
    else:
        raise place.lacks(*place.owned.credentials[2:])

    def authorize(request: Request) -> Mapping[str, str]:
        url = f"{authority}/{quote(tenant, safe='')}/oauth2/v2.0/token"
        return bearer(granted_token(place, url, form))(request)

    return authorize


def _understand(target: str, refused: Refused) -> ProviderError | None:
    content: Any = refused.json
    error = content.get("error") if isinstance(content, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    if refused.status == 404 and code in _NOT_THE_LIST:
        return ProviderError(
            "Azure does not find the subscription",
            f"{target}: {refused.request} was answered with 404: {refused.story}. Check subscription_id, and that the "
            f"service principal has a role in it.",
        )
    if code in _BUSY:
        return TryLaterError("Vendor is busy", f"{target}: {refused.request} was answered with {refused.story}.")
    return None
