"""What an adapter is built from: which list, whose entries, which settings, and how long it may wait."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from dflow_provider.allowlists.listing import TryLaterError
from dflow_provider.importing import imported
from dflow_provider.schema import ProviderError, Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.entry import Author
    from dflow_provider.allowlists.listing import Adapter
    from dflow_vendors import Credential, OwnedEntries, Vendor

_LONGEST_PAUSE_S: Final = 5.0


@dataclass(frozen=True)
class Waiting:
    """How an adapter waits until a vendor has carried something out.

    Args:
        stop: ends it early.
        limit_s: how long it may take in all, in seconds.
        clock: tells the time, in seconds.
        first_pause_s: between the first two looks, in seconds; the pauses after it grow by half each.
    """

    stop: Stop = field(default_factory=Stop)
    limit_s: float = 1200.0
    clock: Callable[[], float] = time.monotonic
    first_pause_s: float = 0.1

    def until(self, settled: Callable[[], bool], what: str) -> None:
        """Ask again and again, with pauses that grow to 5 seconds.

        Args:
            settled: says whether it is done; it raises `ProviderError` if it failed at the vendor.
            what: is waited for, as the subject of a sentence: `operation 4711 of Cloud SQL`.

        Raises:
            TryLaterError: a stop was asked for.
            ProviderError: it took too long.
        """
        began, pause = self.clock(), self.first_pause_s
        while not settled():
            if self.clock() - began > self.limit_s:
                raise ProviderError(
                    "Vendor took too long",
                    f"{what} did not finish within {self.limit_s / 60:g} minutes. It may still do so: apply again "
                    f"later, or give it more time with timeout_minutes.",
                )
            if self.stop.wait(pause):
                raise TryLaterError("Stopped while the vendor worked", f"{what} was still under way.")
            pause = min(_LONGEST_PAUSE_S, pause * 1.5)


@dataclass(frozen=True)
class Place:
    """One list, seen by one owner.

    Args:
        vendor: the vendor's row; it has `owned`.
        locators: the value of each of its locators, by name.
        author: whose entries are written.
        environment: the environment variables credentials and endpoint are taken from.
        waiting: how to wait for what the vendor does in its own time.
    """

    vendor: Vendor
    locators: Mapping[str, str]
    author: Author
    environment: Mapping[str, str] = field(repr=False)
    waiting: Waiting = Waiting()

    def __getitem__(self, locator: str) -> str:
        return self.locators[locator]

    @property
    def owned(self) -> OwnedEntries:
        """What the row says about our own resource."""
        if self.vendor.owned is None:
            raise TypeError(f"{self.vendor.key} has no entries of our own")
        return self.vendor.owned

    @property
    def endpoint(self) -> str:
        """Where the vendor's API is, without a slash at the end."""
        endpoint = self.owned.endpoint
        address = first_set(self.environment, endpoint.variables) or endpoint.default.format_map(self.locators)
        return address.rstrip("/")

    def credential(self, position: int = 0) -> str:
        """Return one of the row's credentials.

        Raises:
            ProviderError: none of its environment variables is set.
        """
        value = self.optional_credential(position)
        if value is None:
            raise self.lacks(self.owned.credentials[position])
        return value

    def optional_credential(self, position: int) -> str | None:
        """Return one of the row's credentials, or nothing if none of its environment variables is set."""
        return first_set(self.environment, self.owned.credentials[position].variables)

    def lacks(self, *credentials: Credential) -> ProviderError:
        """Return the error that names credentials of which one is needed."""
        ways = "; or ".join(f"the {each.what} in {' or '.join(each.variables)}" for each in credentials)
        return ProviderError(
            "Vendor credential is missing",
            f"{self.vendor.name} is changed with credentials from the environment, and they are not set. Export {ways} "
            f"where Terraform runs. {self.owned.rights}",
        )


class OpensList(Protocol):
    """What each module of `dflow_provider.allowlists.vendors` has under the name `open_list`."""

    def __call__(self, place: Place, /) -> Adapter:
        """Build the adapter of a list. Asks nobody yet.

        Raises:
            ProviderError: a credential or a locator is missing or wrong.
        """


def open_list(place: Place) -> Adapter:
    """Build the adapter of a vendor's list; its module is imported now.

    Raises:
        ProviderError: a credential or a locator is missing or wrong.
    """
    opens: OpensList = imported(f"dflow_provider.allowlists.vendors.{place.vendor.key}").open_list
    return opens(place)


def first_set(environment: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """Return the first of some environment variables that holds something."""
    return next((value for name in names if (value := environment.get(name, "").strip())), None)
