"""The engine on strict vendors in memory whose list is written whole: with a version lock, and without one."""

from __future__ import annotations

import copy
import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.engine import Engine, Pauses
from dflow_provider.allowlists.entry import Author, NamedAddress, wanted_entries
from dflow_provider.allowlists.guard import Limit
from dflow_provider.allowlists.listing import ListedEntry, Listing, ListMovedError, TryLaterError
from dflow_provider.schema import ProviderError, Stop
from dflow_vendors import AWS_SECURITY_GROUP, CallPattern, OwnerMark

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = Pauses(first_s=0.0, longest_s=0.0)
LOCKED = replace(AWS_SECURITY_GROUP, pattern=CallPattern.LOCKED_LIST, owner_mark=OwnerMark.NOWHERE, note=None)
UNLOCKED = replace(LOCKED, pattern=CallPattern.UNLOCKED_LIST)
FOREIGN = [
    {"value": "198.51.100.7", "name": "office ", "expirationTime": "2030-01-01T00:00:00Z", "kind": "sql#aclEntry"},
    {"value": "198.51.100.128/25", "name": "", "x-unknown": {"kept": ["as", 1, "is"]}},
    {"value": "198.51.100.0-198.51.100.3", "name": "a range with a dash"},
]


@dataclass
class Database:
    """A database whose document holds its allowlist; a locked one refuses a write without the right version."""

    entries: list[dict[str, Any]]
    locked: bool
    version: int = 1
    reads: int = 0
    writes: int = 0
    meanwhile: list[Callable[[], None]] = field(default_factory=list)
    """What happens between a read of ours and the write after it, one by one."""

    def get(self) -> dict[str, Any]:
        self.reads += 1
        return json.loads(json.dumps({"entries": self.entries, "version": self.version}))

    def put(self, entries: list[dict[str, Any]], version: int | None) -> None:
        if self.meanwhile:
            self.meanwhile.pop(0)()
        if self.locked and version is None:
            raise ProviderError("Bad request", "settings.version is required")
        if self.locked and version != self.version:
            raise ListMovedError("Stale data", f"version is {self.version}")
        if len({entry["value"] for entry in entries}) != len(entries):
            raise ProviderError("Bad request", "duplicate entry")
        self.writes += 1
        self.version += 1
        self.entries = copy.deepcopy(entries)

    def by_hand(self, entry: dict[str, Any]) -> None:
        self.version += 1
        self.entries.append(entry)

    def values(self) -> list[str]:
        return [entry["value"] for entry in self.entries]


@dataclass
class WholeList:
    database: Database
    vendor: Any
    target: str = "allowlist of orders"

    def read(self) -> Listing:
        document = self.database.get()
        return Listing(
            tuple(ListedEntry(canonical(raw["value"]), raw["value"], raw) for raw in document["entries"]),
            version=document["version"] if self.database.locked else None,
        )

    def apply(self, change, listing) -> None:
        kept = [entry.handle for entry in listing.entries if entry not in change.remove]
        self.database.put([*kept, *({"value": entry.cidr} for entry in change.add)], listing.version)


def wants(*cidrs: str) -> tuple:
    addresses = [NamedAddress(f"node-{number}", cidr) for number, cidr in enumerate(cidrs)]
    return wanted_entries(addresses, Author("shop"), AWS_SECURITY_GROUP.note)


def engine(database: Database) -> Engine:
    return Engine(WholeList(database, LOCKED if database.locked else UNLOCKED), "shop", pauses=AT_ONCE)


@pytest.fixture(params=[True, False], ids=["locked", "unlocked"])
def database(request) -> Database:
    return Database(copy.deepcopy(FOREIGN), locked=request.param)


def test_a_thousand_entries_take_one_read_one_write_and_one_look(database):
    cidrs = [f"45.67.{number // 250}.{number % 250}/32" for number in range(1000)]

    outcome = replace(engine(database), limit=Limit(2000)).reconcile(wants(*cidrs), Stop())

    assert outcome.problem is None
    assert outcome.owned == set(cidrs)
    assert (database.reads, database.writes) == (2, 1)
    assert database.entries[: len(FOREIGN)] == FOREIGN


def test_foreign_entries_are_written_back_as_they_were_through_a_whole_life(database):
    owner = engine(database)

    owned = owner.reconcile(wants("203.0.113.1/32", "203.0.113.2/32"), Stop()).owned
    assert database.values()[3:] == ["203.0.113.1/32", "203.0.113.2/32"]
    owned = owner.reconcile(wants("203.0.113.2/32", "203.0.113.3/32"), Stop(), recorded=owned).owned
    assert owned == {"203.0.113.2/32", "203.0.113.3/32"}
    owned = owner.reconcile((), Stop(), recorded=owned).owned

    assert owned == set()
    assert database.entries == FOREIGN


def test_an_address_that_was_there_in_another_spelling_is_used_and_never_removed(database):
    owner = engine(database)

    outcome = owner.reconcile(wants("198.51.100.7/32"), Stop())
    assert outcome.owned == set()
    assert database.writes == 0
    owner.reconcile((), Stop(), recorded=outcome.owned)

    assert database.entries == FOREIGN


def test_a_locked_list_changed_meanwhile_is_read_again_and_nothing_is_lost():
    database = Database(copy.deepcopy(FOREIGN), locked=True)
    late = {"value": "198.51.100.99/32", "name": "came between read and write"}
    database.meanwhile = [lambda: database.by_hand(late)]

    outcome = engine(database).reconcile(wants("203.0.113.1/32"), Stop())

    assert outcome.problem is None
    assert database.entries == [*FOREIGN, late, {"value": "203.0.113.1/32"}]


def test_an_address_somebody_adds_between_read_and_a_refused_write_stays_theirs():
    database = Database([], locked=True)
    theirs = {"value": "203.0.113.1/32", "name": "theirs"}
    database.meanwhile = [lambda: database.by_hand(theirs)]

    outcome = engine(database).reconcile(wants("203.0.113.1/32"), Stop())
    assert outcome.owned == set()
    engine(database).reconcile((), Stop(), recorded=outcome.owned)

    assert database.entries == [theirs]


@given(
    mine=st.sets(st.integers(0, 9)),
    meanwhile=st.lists(st.lists(st.integers(20, 29), max_size=2), max_size=4),
)
@settings(max_examples=100, deadline=None)
def test_whatever_others_write_to_a_locked_list_is_there_in_the_end(mine, meanwhile):
    database = Database(copy.deepcopy(FOREIGN), locked=True)
    foreign = list(FOREIGN)

    def others(numbers: list[int]) -> None:
        for number in numbers:
            entry = {"value": f"192.0.2.{number}", "name": f"entry {len(foreign)}"}
            if entry["value"] not in database.values():
                database.by_hand(entry)
                foreign.append(entry)

    database.meanwhile = [lambda numbers=numbers: others(numbers) for numbers in meanwhile]
    cidrs = [f"203.0.113.{number}/32" for number in sorted(mine)]

    owned = engine(database).reconcile(wants(*cidrs), Stop()).owned

    assert owned == set(cidrs)
    assert [entry for entry in database.entries if entry["value"] not in owned] == foreign
    engine(database).reconcile((), Stop(), recorded=owned)
    assert database.entries == foreign


def test_what_another_writer_wipes_from_an_unlocked_list_is_written_again():
    database = Database(copy.deepcopy(FOREIGN), locked=False)
    real_get = database.get

    def wiped_once() -> dict[str, Any]:
        if database.writes == 1 and database.version == 2:
            database.version += 1
            database.entries = copy.deepcopy(FOREIGN)
        return real_get()

    database.get = wiped_once

    outcome = engine(database).reconcile(wants("203.0.113.1/32"), Stop())

    assert outcome.problem is None
    assert database.entries == [*FOREIGN, {"value": "203.0.113.1/32"}]
    assert database.writes == 2


def test_foreign_entries_that_vanish_from_an_unlocked_list_are_named_and_not_put_back():
    database = Database(copy.deepcopy(FOREIGN), locked=False)
    real_put = database.put

    def another_tool_wins(entries: list[dict[str, Any]], version: int | None) -> None:
        real_put([*FOREIGN[1:], entries[-1]], version)

    database.put = another_tool_wins

    outcome = engine(database).reconcile(wants("203.0.113.1/32"), Stop())

    assert outcome.problem.title == "Foreign entries are gone"
    assert outcome.problem.detail.startswith("198.51.100.7 stood on allowlist of orders before it was written")
    assert database.values() == ["198.51.100.128/25", "198.51.100.0-198.51.100.3", "203.0.113.1/32"]
    assert outcome.owned == {"203.0.113.1/32"}


def test_two_owners_in_one_process_never_write_an_unlocked_list_at_the_same_time():
    database = Database(copy.deepcopy(FOREIGN), locked=False)
    real_get = database.get
    both_have_read = threading.Barrier(2)

    def get() -> dict[str, Any]:
        answer = real_get()
        # Two that read before either writes would meet here; one alone goes on after a moment.
        with suppress(threading.BrokenBarrierError):
            both_have_read.wait(timeout=0.5)
        return answer

    database.get = get
    outcomes = []

    def add(cidr: str) -> None:
        outcomes.append(engine(database).reconcile(wants(cidr), Stop()))

    owners = [threading.Thread(target=add, args=(cidr,)) for cidr in ("203.0.113.1/32", "203.0.113.2/32")]
    for owner in owners:
        owner.start()
    for owner in owners:
        owner.join(timeout=30)

    assert [outcome.problem for outcome in outcomes] == [None, None]
    assert sorted(database.values()[3:]) == ["203.0.113.1/32", "203.0.113.2/32"]
    assert (database.reads, database.writes) == (4, 2)


def test_a_write_nobody_knows_the_fate_of_is_looked_up_before_it_is_sent_again(database):
    real_put = database.put

    def answer_lost(entries: list[dict[str, Any]], version: int | None) -> None:
        real_put(entries, version)
        raise TryLaterError("Vendor is not reachable", "The answer did not arrive.")

    database.put = answer_lost

    outcome = engine(database).reconcile(wants("203.0.113.1/32"), Stop())

    assert outcome.problem is None
    assert outcome.owned == {"203.0.113.1/32"}
    assert (database.reads, database.writes) == (2, 1)


@pytest.mark.parametrize("gone", [True, False], ids=["left", "kept"])
def test_of_two_alike_one_is_ours_and_goes_also_while_a_write_is_slow_to_show(gone: bool):
    """The copy that is left looks like the one that went: only how many there were at first tells."""
    database = Database([*copy.deepcopy(FOREIGN), {"value": "203.0.113.1/32"}, {"value": "203.0.113.1/32"}], False)
    written: list[int] = []

    @dataclass
    class Slow(WholeList):
        """Shows a write one reading late."""

        before: Listing | None = None

        def read(self) -> Listing:
            shown, self.before = self.before, None
            return shown or super().read()

        def apply(self, change, listing) -> None:
            elements = [entry.handle for entry in listing.entries]
            for entry in change.remove:
                elements.remove(entry.handle)
            written.append(len(elements))
            database.entries = elements
            self.before = listing

    slow = Engine(Slow(database, UNLOCKED), "shop", pauses=AT_ONCE)

    outcome = slow.reconcile(() if gone else wants("203.0.113.1/32"), Stop(), frozenset({"203.0.113.1/32"}))

    assert outcome.problem is None
    assert written == ([len(FOREIGN) + 1] if gone else [])
    assert database.values().count("203.0.113.1/32") == (1 if gone else 2)
