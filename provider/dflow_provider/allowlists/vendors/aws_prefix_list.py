"""AWS managed prefix lists: what to add and to remove in one call, on the condition of the list's version.

A call takes 100 entries of each kind. What needs more goes in several, additions first, each after the one before.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from dflow_provider import __version__
from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.aws_client import CONNECT_TIMEOUT_S, READ_TIMEOUT_S
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing, ListMovedError, TryLaterError
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.place import first_set
from dflow_provider.importing import IMPORTING
from dflow_provider.schema import ProviderError
from dflow_vendors import Family

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from botocore.session import Session
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import AddPrefixListEntryTypeDef, ManagedPrefixListTypeDef, PrefixListEntryTypeDef

    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

Item = TypeVar("Item")
_PER_CALL: Final = 100
_UNDER_WAY: Final = "-in-progress"
_GONE: Final = "invalidprefixlistid.notfound"
_building: Final = threading.Lock()
"""Building clients of one session is not safe in threads, using them is."""


def open_list(place: Place) -> PrefixList:
    """Build the adapter of a prefix list."""
    return PrefixList(place)


@dataclass(frozen=True)
class PrefixList:
    """The addresses on a managed prefix list."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"prefix list {self._id} in {self.place['region']}"

    def read(self) -> Listing:
        """Read the list, and the entries of the very version it has."""
        found = self._describe()
        version = found.get("Version")
        with self._calling("GetManagedPrefixListEntries"):
            reader = self._client.get_paginator("get_managed_prefix_list_entries")
            if version is None:  # AWS's own lists have none
                pages = reader.paginate(PrefixListId=self._id)
            else:
                pages = reader.paginate(PrefixListId=self._id, TargetVersion=version)
            entries = tuple(_entry(each) for page in pages for each in page["Entries"])
        families = frozenset(family for family in Family if family.value == found.get("AddressFamily"))
        return Listing(
            entries, version, capacity=found.get("MaxEntries"), families=families, unwritable=_unwritable(found)
        )

    def apply(self, change: Change, listing: Listing) -> None:
        """Add and remove in as few calls as AWS takes, and wait for each until it is in force."""
        adding = [*_batches([_new(entry) for entry in change.add])] or [[]]
        removing = [*_batches([{"Cidr": str(listed.handle)} for listed in change.remove])] or [[]]
        version = listing.version if isinstance(listing.version, int) else 0
        steps = [*((add, []) for add in adding[:-1]), (adding[-1], removing[0]), *(([], each) for each in removing[1:])]
        for position, (add, remove) in enumerate(steps):
            try:
                with self._calling("ModifyManagedPrefixList"):
                    self._client.modify_managed_prefix_list(
                        PrefixListId=self._id,
                        CurrentVersion=version + position,
                        AddEntries=add,
                        RemoveEntries=remove,  # type: ignore[arg-type]  # a list of what the stubs name
                    )
            except ListMovedError as moved:
                if position == 0:
                    raise
                raise TryLaterError(moved.title, moved.detail) from moved  # a part of it is written
            self.place.waiting.until(self._is_settled, f"the change of {self.target}")

    def _is_settled(self) -> bool:
        found = self._describe()
        state = found.get("State", "")
        if state == "modify-failed":
            raise ProviderError(
                "AWS did not apply the change", f"{self.target}: {found.get('StateMessage') or 'AWS does not say why'}."
            )
        return not state.endswith(_UNDER_WAY)

    def _describe(self) -> ManagedPrefixListTypeDef:
        with self._calling("DescribeManagedPrefixLists"):
            found = self._client.describe_managed_prefix_lists(PrefixListIds=[self._id])["PrefixLists"]
        if not found:
            raise self._is_gone()
        return found[0]

    def _is_gone(self) -> ListGoneError:
        return ListGoneError(
            "Prefix list does not exist",
            f"There is no {self.target} of this AWS account. Check prefix_list_id and region.",
            ("prefix_list_id",),
        )

    @contextmanager
    def _calling(self, action: str) -> Iterator[None]:
        with IMPORTING:
            from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 (boto3 may not be installed)
            from botocore.parsers import ResponseParserError  # noqa: PLC0415 (as above)

            from dflow_provider.allowlists.aws_problem import in_words  # noqa: PLC0415 (as above)

        try:
            yield
        except (BotoCoreError, ClientError, ResponseParserError) as problem:
            raise self._meant(problem) or in_words(problem, action, self.target) from problem

    def _meant(self, problem: Exception) -> ProviderError | None:
        error = (getattr(problem, "response", None) or {}).get("Error", {})
        code, message = error.get("Code", ""), error.get("Message", "")
        if code.lower() == _GONE:
            return self._is_gone()
        if code == "PrefixListVersionMismatch":
            return ListMovedError("Prefix list changed meanwhile", f"{self.target}: {message}")
        if code == "IncorrectState":
            return TryLaterError("Prefix list is being changed", f"{self.target}: {message}")
        return None

    @property
    def _id(self) -> str:
        return self.place["prefix_list_id"]

    @cached_property
    def _client(self) -> EC2Client:
        try:
            with IMPORTING:
                import botocore  # noqa: F401, PLC0415 (slow, and an optional package)
                from botocore.exceptions import BotoCoreError  # noqa: PLC0415 (as above)
        except ModuleNotFoundError as missing:
            raise ProviderError(
                "boto3 is not installed",
                f"Prefix lists are managed with boto3, and the Python that runs the dflow provider has no module "
                f"{missing.name}. Install it there: pip install 'dflow-cdktf[aws]'.",
            ) from missing
        key, secret, token, profile = map(self.place.optional_credential, range(4))
        endpoint = first_set(self.place.environment, self.place.owned.endpoint.variables)
        no_metadata = self.place.environment.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true"
        try:
            with _building:
                session = _session(None if key else profile, no_metadata=no_metadata)
                return _client(session, self.place["region"], endpoint, (key, secret, token))
        except (BotoCoreError, ValueError) as problem:
            raise ProviderError(
                "AWS configuration cannot be used",
                f"boto3 refuses to make a client for {self.target}: {problem}. Check the region and the variables "
                f"AWS_PROFILE, AWS_CONFIG_FILE and AWS_ENDPOINT_URL_EC2.",
            ) from problem


@cache
def _session(profile: str | None, *, no_metadata: bool) -> Session:
    """Keep a session, with what boto3 read of its own files: that takes longest."""
    with IMPORTING:
        import botocore.session  # noqa: PLC0415 (slow, and only needed here)

    session = botocore.session.Session(profile=profile)
    if no_metadata:
        session.set_config_variable("metadata_service_num_attempts", 0)
    return session


def _client(
    session: Session, region: str, endpoint: str | None, credentials: tuple[str | None, str | None, str | None]
) -> EC2Client:
    """Build a client that sends everything once; without credentials of its own it takes those boto3 finds."""
    with IMPORTING:
        from botocore.config import Config  # noqa: PLC0415 (slow, and only needed here)

    key, secret, token = credentials
    client: Any = session.create_client(
        "ec2",
        region_name=region,
        endpoint_url=endpoint,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(
            retries={"mode": "standard", "total_max_attempts": 1},
            connect_timeout=CONNECT_TIMEOUT_S,
            read_timeout=READ_TIMEOUT_S,
            user_agent_extra=f"dflow-cdktf/{__version__}",
        ),
    )
    ec2: EC2Client = client
    return ec2


def _entry(raw: PrefixListEntryTypeDef) -> ListedEntry:
    cidr, note = raw["Cidr"], raw.get("Description") or None
    return ListedEntry(canonical(cidr), cidr, cidr, owners_in(note), note)


def _new(entry: WantedEntry) -> AddPrefixListEntryTypeDef:
    return {"Cidr": entry.cidr, "Description": entry.note}


def _batches(items: Sequence[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(items), _PER_CALL):
        yield [*items[start : start + _PER_CALL]]


def _unwritable(found: ManagedPrefixListTypeDef) -> str | None:
    if found.get("OwnerId") == "AWS":
        return "it is AWS's own list. Make a customer-managed prefix list, and let the security group refer to that."
    if found.get("IpamPrefixListResolverTargetId") and found.get("IpamPrefixListResolverSyncEnabled"):
        return "an IPAM resolver writes its entries. Use another list, or turn the synchronization off."
    return None
