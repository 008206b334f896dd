"""UpCloud Managed Databases: the IP filter of a service, written whole and without a lock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.rest import Rest, basic, bearer
from dflow_provider.allowlists.whole_list import rewritten
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Refused, Request
    from dflow_vendors import Vendor


def open_list(place: Place) -> UpCloudList:
    """Build the adapter of a service's list."""
    return UpCloudList(place)


@dataclass(frozen=True)
class UpCloudList:
    """The addresses that may reach an UpCloud Managed Database."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"UpCloud database {self.place['service_id']}"

    def read(self) -> Listing:
        """Read the service; its zone's utility network may get in beside the list."""
        service = self._service()
        properties = service.get("properties") or {}
        listed = properties.get("ip_filter") or ()
        utility = properties.get("automatic_utility_network_ip_filter") is True
        return Listing(
            tuple(ListedEntry(canonical(text), text, text) for text in listed),
            beside=(f"utility network of {service.get('zone') or 'its zone'}",) if utility else (),
            shut_because=(
                "public_access of the service is off, so it has no public address"
                if properties.get("public_access") is False
                else None
            ),
        )

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list and no other property, and wait until the service is no longer pending."""
        addresses = rewritten(listing, change, new=lambda entry: entry.cidr)
        self._rest.send("PATCH", self._path, {"properties": {"ip_filter": addresses}})
        self.place.waiting.until(self._is_settled, f"The change of {self.target}")

    def _is_settled(self) -> bool:
        state = self._service().get("state")
        if state == "error":
            raise ProviderError(
                "UpCloud did not apply the list",
                f"{self.target} is in the state error. Look at it in UpCloud's control panel, then apply again.",
            )
        return state != "pending"

    def _service(self) -> dict[str, Any]:
        service: dict[str, Any] = self._rest.get(self._path).json
        return service

    @property
    def _path(self) -> str:
        return f"/1.3/database/{quote(self.place['service_id'], safe='')}"

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self.place, self._authorize(), self.target, understand=self._invalid)

    def _authorize(self) -> Callable[[Request], Mapping[str, str]]:
        token, user = self.place.optional_credential(0), self.place.optional_credential(1)
        if token is not None:
            return bearer(token)
        if user is None:
            raise self.place.lacks(*self.place.owned.credentials[:2])
        return basic(user, self.place.credential(2))

    def _invalid(self, refused: Refused) -> ProviderError | None:
        """Tell which parameters UpCloud finds wrong; its title alone does not."""
        content = refused.json
        wrong = content.get("invalid_params") if isinstance(content, dict) else None
        if refused.status != 400 or not wrong:
            return None
        told = (refused.story, *(f"{each.get('name')}: {each.get('reason')}" for each in wrong))
        story = ": ".join(str(each).rstrip(".") for each in told)
        return ProviderError("Vendor refuses the change", f"{self.target}: {story}.")
