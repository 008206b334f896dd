"""The engine on a strict vendor in memory that changes entries one by one and keeps owner marks."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dflow_provider.allowlists.engine import READINGS, Engine, Pauses
from dflow_provider.allowlists.entry import Author, NamedAddress, wanted_entries
from dflow_provider.allowlists.guard import Allow, Limit
from dflow_provider.allowlists.listing import ListedEntry, Listing, ListMovedError, TryLaterError
from dflow_provider.schema import ProviderError, Stop
from dflow_vendors import AWS_SECURITY_GROUP, EmptyMeans, Family, QuotaPool

AT_ONCE = Pauses(first_s=0.0, longest_s=0.0)
NAMES = [f"203.0.113.{number}/32" for number in range(5)]


@dataclass
class Row:
    cidr: str
    owners: set[str]
    note: str


class Vendor:
    """Rules with ids and tags: a second one for an address is refused, and so is a change of one that is gone."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.ids = itertools.count()
        self.turn = lambda _actor: None

    def cidrs(self) -> list[str]:
        return sorted(row.cidr for row in self.rows.values())

    def add(self, cidrs: list[str], owner: str | None = None, note: str = "by hand") -> None:
        if {row.cidr for row in self.rows.values()} & set(cidrs):
            raise ListMovedError("Changed", "there is such a rule already")
        self.rows |= {next(self.ids): Row(cidr, {owner} if owner else set(), note) for cidr in cidrs}

    def the(self, rule_id: object) -> Row:
        if rule_id not in self.rows:
            raise ListMovedError("Changed", f"there is no rule {rule_id}")
        return self.rows[rule_id]


@dataclass
class PerEntry:
    """Calls the vendor the way the security group adapter does, one call after the other."""

    cloud: Vendor
    owner: str
    vendor = AWS_SECURITY_GROUP
    target: str = "list L"

    def read(self) -> Listing:
        self.cloud.turn(self.owner)
        entries = tuple(
            ListedEntry(row.cidr, row.cidr, rule_id, frozenset(row.owners), row.note)
            for rule_id, row in self.cloud.rows.items()
        )
        return Listing(entries, occupied=Counter({Family.IPV4: len(entries)}))

    def apply(self, change, listing) -> None:
        if change.add:
            self.cloud.turn(self.owner)
            self.cloud.add([entry.cidr for entry in change.add], self.owner, note=change.add[0].note)
        for pair in (*change.join, *change.describe):
            self.cloud.turn(self.owner)
            self.cloud.the(pair.listed.handle).owners.add(self.owner)
        for pair in change.describe:
            self.cloud.the(pair.listed.handle).note = pair.wanted.note
        for entry in change.leave:
            self.cloud.turn(self.owner)
            self.cloud.the(entry.handle).owners.discard(self.owner)
        if change.remove:
            self.cloud.turn(self.owner)
            for entry in change.remove:
                self.cloud.the(entry.handle)
            for entry in change.remove:
                del self.cloud.rows[entry.handle]


def wants(*cidrs: str, owner: str = "shop") -> tuple:
    # One node for all addresses, so that every note is the same and only presence is at stake.
    return tuple(
        replace(entry, note=f"for {owner}")
        for entry in wanted_entries(
            [NamedAddress(f"node-{number}", cidr) for number, cidr in enumerate(cidrs)],
            Author(owner),
            AWS_SECURITY_GROUP.note,
        )
    )


def engine(cloud: Vendor, owner: str = "shop", **other) -> Engine:
    return Engine(PerEntry(cloud, owner), owner, pauses=AT_ONCE, **other)


class Baton:
    """Lets one actor at a time make one call, in an order drawn beforehand, then in turn."""

    def __init__(self, order: list[str], actors: list[str]) -> None:
        self._order = iter(order)
        self._running = set(actors)
        self._condition = threading.Condition()
        self._holder = self._next()

    def _next(self) -> str | None:
        drawn = next((actor for actor in self._order if actor in self._running), None)
        return drawn or min(self._running, default=None)

    def take(self, actor: str) -> None:
        """Pass the baton on, and wait until it comes back: what follows happens before anybody else's next call."""
        with self._condition:
            if self._holder == actor:
                self._holder = self._next()
                self._condition.notify_all()
            assert self._condition.wait_for(lambda: self._holder == actor, timeout=20)

    def leave(self, actor: str) -> None:
        with self._condition:
            self._running.discard(actor)
            if self._holder == actor:
                self._holder = self._next()
                self._condition.notify_all()


@given(
    order=st.lists(st.sampled_from(["shop", "blog", "hand"]), max_size=40),
    before=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["shop", "blog", "nobody"])),
    shop=st.sets(st.sampled_from(NAMES)),
    blog=st.sets(st.sampled_from(NAMES)),
    hand=st.lists(st.sampled_from(NAMES), max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_foreign_entries_survive_any_order_of_events_and_ours_are_there_in_the_end(order, before, shop, blog, hand):
    """Two owners and somebody working by hand, call by call in any order."""
    cloud = Vendor()
    for cidr, owner in before.items():
        cloud.add([cidr], None if owner == "nobody" else owner, note=f"for {owner}")
    foreign = {cidr for cidr, owner in before.items() if owner == "nobody"}
    baton = Baton(order, ["shop", "blog", "hand"])
    cloud.turn = baton.take
    outcomes = {}

    def owner(name: str, cidrs: set[str]) -> None:
        try:
            outcomes[name] = engine(cloud, name).reconcile(wants(*sorted(cidrs), owner=name), Stop())
        finally:
            baton.leave(name)

    def by_hand() -> None:
        try:
            for cidr in hand:
                cloud.turn("hand")
                if cidr not in cloud.cidrs():
                    cloud.add([cidr])
                    foreign.add(cidr)
        finally:
            baton.leave("hand")

    actors = [
        threading.Thread(target=owner, args=("shop", shop)),
        threading.Thread(target=owner, args=("blog", blog)),
        threading.Thread(target=by_hand),
    ]
    for actor in actors:
        actor.start()
    for actor in actors:
        actor.join(timeout=30)
    assert set(outcomes) == {"shop", "blog"}

    assert foreign <= set(cloud.cidrs())
    # An address one owner leaves at the moment the other comes may go; the other's next apply brings it back.
    left = {cidr for cidr, name in before.items() if name in ("shop", "blog")}
    assert (shop | blog) - left <= set(cloud.cidrs())
    cloud.turn = lambda _actor: None
    for name, cidrs in (("shop", shop), ("blog", blog)):
        assert engine(cloud, name).reconcile(wants(*sorted(cidrs), owner=name), Stop()).problem is None
    assert set(cloud.cidrs()) == foreign | shop | blog
    for row in cloud.rows.values():
        marked = {name for name, cidrs in (("shop", shop), ("blog", blog)) if row.cidr in cidrs}
        assert row.owners <= marked


def test_a_list_that_is_as_wanted_is_read_once_and_not_written():
    cloud = Vendor()
    cloud.add([NAMES[0]], "shop", note="for shop")
    written = []

    outcome = engine(cloud).reconcile(wants(NAMES[0]), Stop(), before_write=lambda _: written.append("yes"))

    assert outcome.problem is None
    assert written == []
    assert outcome.owned == {NAMES[0]}


@pytest.mark.parametrize("meaning", [EmptyMeans.OPEN, EmptyMeans.UNKNOWN])
def test_nobody_is_first_or_last_by_accident_where_empty_may_mean_open(meaning):
    cloud = Vendor()
    careful = engine(cloud)
    careful.adapter.vendor = replace(AWS_SECURITY_GROUP, empty_means=meaning)

    with pytest.raises(ProviderError, match=r"locks everybody else out.*allow_first = true"):
        careful.reconcile(wants(NAMES[0]), Stop())
    assert cloud.cidrs() == []
    assert replace(careful, allow=Allow.FIRST).reconcile(wants(NAMES[0]), Stop()).problem is None
    with pytest.raises(ProviderError, match=r"203.0.113.0/32 is all that is left of list L.*allow_empty = true"):
        careful.reconcile((), Stop())
    assert cloud.cidrs() == [NAMES[0]]
    assert careful.reconcile(wants(NAMES[1]), Stop()).problem is None
    assert replace(careful, allow=Allow.EMPTY).reconcile((), Stop()).problem is None
    assert cloud.cidrs() == []


def test_a_quota_for_all_entries_together_is_counted_together():
    cloud = Vendor()
    cloud.add(NAMES[:3])
    full = engine(cloud, limit=Limit(3))
    full.adapter.vendor = replace(
        AWS_SECURITY_GROUP, quota=replace(AWS_SECURITY_GROUP.quota, pool=QuotaPool.ALL_ENTRIES)
    )

    with pytest.raises(ProviderError, match=r"list L would hold 4 entries, 1 of them new. The quota is 3"):
        full.reconcile(wants("2001:db8::1/128"), Stop())
    assert cloud.cidrs() == sorted(NAMES[:3])


class Forgetful(PerEntry):
    """Takes every write and forgets it."""

    def apply(self, change, listing) -> None:
        pass


def test_a_list_that_never_becomes_as_wanted_is_given_up_with_the_difference():
    stubborn = Engine(Forgetful(Vendor(), "shop"), "shop", pauses=AT_ONCE)

    outcome = stubborn.reconcile(wants(*NAMES[:2]), Stop())

    assert outcome.problem.title == "Allowlist is not as wanted"
    assert f"read {READINGS} times" in outcome.problem.detail
    assert "to add: 203.0.113.0/32, 203.0.113.1/32" in outcome.problem.detail


@dataclass
class Late(PerEntry):
    """Shows every write two readings late, as a cloud of many machines may."""

    seen: tuple = ()

    def read(self) -> Listing:
        self.seen = (*self.seen, super().read())[-3:]
        return self.seen[0]


def test_a_write_that_takes_a_moment_to_show_is_waited_for():
    cloud = Vendor()
    late = Late(cloud, "shop")

    assert Engine(late, "shop", pauses=AT_ONCE).reconcile(wants(NAMES[0]), Stop()).problem is None
    assert Engine(late, "shop", pauses=AT_ONCE).reconcile((), Stop()).problem is None
    assert cloud.cidrs() == []


class Busy(PerEntry):
    """Is always busy."""

    def read(self) -> Listing:
        raise TryLaterError("Vendor is busy", "It said so.", after_s=3600)


def test_a_stop_ends_a_wait_however_long_the_vendor_asked_for():
    stop = Stop()
    stop.request()

    with pytest.raises(ProviderError, match="A stop was asked for while list L was not as wanted yet"):
        Engine(Busy(Vendor(), "shop"), "shop").reconcile(wants(NAMES[0]), stop)


def test_pauses_grow_and_honour_what_the_vendor_asked_for():
    pauses = Pauses(first_s=1.0, longest_s=4.0)

    assert all(0.5 <= pauses.before(0) <= 1.0 for _ in range(20))
    assert all(2.0 <= pauses.before(9) <= 4.0 for _ in range(20))
    assert pauses.before(0, asked_s=7.0) == 7.0
