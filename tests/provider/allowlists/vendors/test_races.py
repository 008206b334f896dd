"""Two owners write to one list at the same time, a thousand times, over HTTP."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING

import pytest

from dflow_provider.allowlists.allowlist_life import open_list
from dflow_provider.allowlists.engine import Engine, Pauses
from dflow_provider.allowlists.entry import Author, NamedAddress, wanted_entries
from dflow_provider.allowlists.place import Place, Waiting
from dflow_provider.catalogue import OWNED_ALLOWLISTS
from dflow_provider.schema import Stop
from dflow_vendors import CallPattern, Vendor, vendor_named

if TYPE_CHECKING:
    from dflow_sandbox.vendors.contract_server import ContractServer

ROUNDS = 1000
NEVER_LOST = {CallPattern.PER_ENTRY, CallPattern.DELTA, CallPattern.LOCKED_LIST, CallPattern.NAMED_LIST}
LOCKED = [key for key in OWNED_ALLOWLISTS if vendor_named(key).pattern is CallPattern.LOCKED_LIST]
SHORT = [key for key in OWNED_ALLOWLISTS if key not in LOCKED]


class Owner:
    """One of the two: in each round it wants other addresses, and keeps count of what the list did to it."""

    def __init__(self, row: Vendor, server: ContractServer, name: str, numbers: range) -> None:
        self.row, self.name = row, name
        self.pool = [f"203.0.{113 + number // 200}.{number % 200 + 1}/32" for number in numbers]
        self.recorded: frozenset[str] = frozenset()
        self.wanted: list[str] = []
        self.lost = 0
        waiting = Waiting(first_pause_s=0.0005)
        place = Place(row, server.locators, Author(name), server.environment(), waiting)
        self.engine = Engine(open_list(place), name, pauses=Pauses(0.0005, 0.002))

    def turn(self, random: Random) -> None:
        before = set(self.wanted) & self.recorded
        here = {entry.cidr for entry in self.engine.look(Stop()).entries}
        self.lost += bool(before - here)
        self.wanted = random.sample(self.pool, random.randint(1, len(self.pool)))
        self.settle()

    def settle(self) -> None:
        addresses = [NamedAddress(f"node-{cidr}", cidr) for cidr in self.wanted]
        wanted = wanted_entries(addresses, Author(self.name), self.row.note, self.row.owner_mark)
        while True:
            outcome = self.engine.reconcile(wanted, Stop(), self.recorded)
            self.recorded = outcome.owned
            if outcome.problem is None:
                return


def race(row: Vendor, server: ContractServer, rounds: int) -> tuple[Owner, Owner]:
    owners = (Owner(row, server, "shop/orders", range(4)), Owner(row, server, "blog/orders", range(10, 14)))
    together = threading.Barrier(2)

    def run(owner: Owner) -> None:
        random = Random(owner.name)  # noqa: S311 (draws addresses)
        for _ in range(rounds):
            together.wait()
            owner.turn(random)

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(run, owner) for owner in owners]:
            each.result()
    return owners


@pytest.fixture(autouse=True)
def _documentation_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DFLOW_ALLOW_DOCUMENTATION_ADDRESSES", "1")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", LOCKED)
def test_with_a_version_lock_nothing_is_ever_lost_in_a_thousand_rounds(name: str):
    _assert_survives(name, ROUNDS)


@pytest.mark.parametrize("name", SHORT)
def test_two_owners_at_once_end_with_what_both_want_and_foreign_entries_as_they_were(name: str):
    _assert_survives(name, 15)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["upstash"])
def test_without_a_lock_what_was_lost_is_noticed_and_comes_back_in_a_thousand_rounds(name: str):
    _assert_survives(name, ROUNDS)


def _assert_survives(key: str, rounds: int) -> None:
    row = vendor_named(key)
    with import_module(f"dflow_sandbox.vendors.{key}").SERVER() as server:
        foreign, foreign_cidrs = server.listed(), server.cidrs()

        owners = race(row, server, rounds)

        if row.pattern in NEVER_LOST:
            assert [owner.lost for owner in owners] == [0, 0]
        for owner in owners:
            owner.settle()  # the next apply of whoever noticed
        assert server.cidrs() == foreign_cidrs | set(owners[0].wanted) | set(owners[1].wanted)
        for owner in owners:
            owner.wanted = []
            owner.settle()
        assert server.listed() == foreign
