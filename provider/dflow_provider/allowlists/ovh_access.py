"""How requests to OVHcloud are authorized: signed with an application's keys, or with a token."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from dflow_provider.allowlists.rest import Rest, bearer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Request

_ENDPOINTS: Final = {
    "ovh-eu": "https://eu.api.ovh.com/1.0",
    "ovh-ca": "https://ca.api.ovh.com/1.0",
    "ovh-us": "https://api.us.ovhcloud.com/1.0",
}
_KEY, _SECRET, _CONSUMER, _TOKEN = range(4)


def located(place: Place) -> Place:
    """Return the place with the address that OVH_ENDPOINT stands for."""
    name = place.environment.get("OVH_ENDPOINT", "").strip()
    return replace(place, environment={**place.environment, "OVH_ENDPOINT": _ENDPOINTS.get(name, name)})


def authorization(place: Place) -> Callable[[Request], Mapping[str, str]]:
    """Choose the way to authenticate that there are credentials for.

    Raises:
        ProviderError: there are none, or they are incomplete.
    """
    credentials = place.owned.credentials
    token = place.optional_credential(_TOKEN)
    if token is not None:
        return bearer(token)
    if place.optional_credential(_KEY) is None:
        raise place.lacks(credentials[_KEY], credentials[_TOKEN])
    return Signature(place, place.credential(_KEY), place.credential(_SECRET), place.credential(_CONSUMER)).headers


@dataclass(frozen=True)
class Signature:
    """Signs requests with the keys of an application and of the account that lets it act.

    Args:
        place: where OVHcloud's clock is read.
        key: the application's.
        secret: the application's.
        consumer: the account's key for the application.
        clock: tells the time, in seconds since 1970.
    """

    place: Place
    key: str
    secret: str = field(repr=False)
    consumer: str = field(repr=False)
    clock: Callable[[], float] = time.time

    def headers(self, request: Request) -> Mapping[str, str]:
        """Return the headers that authorize a request."""
        moment = str(int(self.clock() + self._ahead_s))
        signed = "+".join((self.secret, self.consumer, request.method, request.url, request.body.decode(), moment))
        digest = hashlib.sha1(signed.encode(), usedforsecurity=False).hexdigest()  # OVHcloud's choice
        return {
            "X-Ovh-Application": self.key,
            "X-Ovh-Consumer": self.consumer,
            "X-Ovh-Timestamp": moment,
            "X-Ovh-Signature": f"$1${digest}",
        }

    @cached_property
    def _ahead_s(self) -> float:
        """How far OVHcloud's clock is ahead of this machine's; signatures are good for a short time only."""
        rest = Rest(self.place, lambda _: {}, self.place.vendor.name)
        return float(rest.get("/auth/time").json) - self.clock()
