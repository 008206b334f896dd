"""The engine on a vendor whose entries say in their note whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dflow_provider.allowlists.engine import Engine, Pauses
from dflow_provider.allowlists.entry import Author, NamedAddress, wanted_entries
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.note_mark import NoteMark, owners_in, read_mark
from dflow_provider.schema import Stop
from dflow_vendors import AWS_SECURITY_GROUP, CallPattern, Note, NoteChange, OwnerMark

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change

NOTE = Note("description", 80, re.compile(r".", re.DOTALL))
VENDOR = replace(
    AWS_SECURITY_GROUP, pattern=CallPattern.DELTA, owner_mark=OwnerMark.NOTE, note=NOTE, quota=None, key="noted"
)
FOREIGN = {"198.51.100.1/32": "office", "198.51.100.2/32": "", "198.51.100.3/32": "dflow: not a mark"}
OWNERS = ("shop/orders", "blog/orders", "crm")
ADDRESSES = [f"203.0.113.{number}/32" for number in range(4)]


@dataclass
class Noted:
    """A list in memory: notes by address."""

    vendor: object = VENDOR
    target: str = "the list"
    notes: dict[str, str] = field(default_factory=lambda: dict(FOREIGN))

    def read(self) -> Listing:
        return Listing(tuple(ListedEntry(cidr, cidr, cidr, owners_in(note), note) for cidr, note in self.notes.items()))

    def apply(self, change: Change, listing: Listing) -> None:
        for entry in change.add:
            assert entry.cidr not in self.notes
            self.notes[entry.cidr] = entry.note
        for rewriting in change.rewrite:
            self.notes[str(rewriting.listed.cidr)] = rewriting.note
        for entry in change.remove:
            del self.notes[str(entry.cidr)]
        assert (change.join, change.leave, change.describe) == ((), (), ())


def settle(noted: Noted, owner: str, cidrs: list[str], recorded: frozenset[str] = frozenset()) -> frozenset[str]:
    addresses = [NamedAddress(f"node-{cidr}", cidr) for cidr in cidrs]
    wanted = wanted_entries(addresses, Author(owner, "orders"), noted.vendor.note, OwnerMark.NOTE)
    outcome = Engine(noted, owner, pauses=Pauses(0.0, 0.0)).reconcile(wanted, Stop(), recorded)
    assert outcome.problem is None
    return outcome.owned


@given(st.lists(st.tuples(st.sampled_from(OWNERS), st.sets(st.sampled_from([*ADDRESSES, *FOREIGN]))), max_size=12))
@settings(max_examples=150, deadline=None)
def test_an_address_is_listed_as_long_as_somebody_wants_it_and_names_all_who_do(steps):
    noted = Noted()
    wants: dict[str, set[str]] = {owner: set() for owner in OWNERS}
    for owner, cidrs in steps:
        settle(noted, owner, sorted(cidrs))
        wants[owner] = cidrs

        assert {cidr: noted.notes.get(cidr) for cidr in FOREIGN} == FOREIGN
        for cidr in ADDRESSES:
            assert owners_in(noted.notes.get(cidr)) == {owner for owner in OWNERS if cidr in wants[owner]}


def test_a_note_says_what_for_and_for_whom():
    noted = Noted()
    settle(noted, "shop/orders", ["203.0.113.1/32"])
    settle(noted, "blog/orders", ["203.0.113.1/32"])

    assert noted.notes["203.0.113.1/32"] == "dflow: orders from node-203.0.113.1/32 (blog/orders, shop/orders)"


def test_an_erased_note_is_still_ours_if_we_recorded_the_entry_and_written_anew():
    noted = Noted()
    recorded = settle(noted, "shop/orders", ["203.0.113.1/32"])
    noted.notes["203.0.113.1/32"] = ""

    settle(noted, "shop/orders", ["203.0.113.1/32"], recorded)
    assert owners_in(noted.notes["203.0.113.1/32"]) == {"shop/orders"}
    noted.notes["203.0.113.1/32"] = ""
    settle(noted, "shop/orders", [], recorded)

    assert noted.notes == FOREIGN


def test_an_entry_whose_note_somebody_replaced_is_theirs():
    noted = Noted()
    recorded = settle(noted, "shop/orders", ["203.0.113.1/32"])
    noted.notes["203.0.113.1/32"] = "bastion of the other team"

    settle(noted, "shop/orders", [], recorded)

    assert noted.notes["203.0.113.1/32"] == "bastion of the other team"


def test_a_note_that_is_full_takes_no_further_owner_and_nothing_is_lost():
    noted = Noted(vendor=replace(VENDOR, note=replace(NOTE, longest=22)))
    settle(noted, "shop/orders", ["203.0.113.1/32"])
    settle(noted, "blog/orders", ["203.0.113.1/32"])
    assert owners_in(noted.notes["203.0.113.1/32"]) == {"shop/orders"}

    settle(noted, "blog/orders", [])

    assert owners_in(noted.notes["203.0.113.1/32"]) == {"shop/orders"}


def test_where_notes_never_change_nobody_joins():
    noted = Noted(vendor=replace(VENDOR, note=replace(NOTE, change=NoteChange.NEVER)))
    settle(noted, "shop/orders", ["203.0.113.1/32"])
    before = dict(noted.notes)

    assert settle(noted, "blog/orders", ["203.0.113.1/32"]) == frozenset()

    assert noted.notes == before


@given(
    st.text(max_size=60),
    st.sets(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,10}", fullmatch=True), min_size=1, max_size=4),
)
@settings(max_examples=200, deadline=None)
def test_a_mark_is_read_as_it_was_written_or_not_written_at_all(text, owners):
    mark = NoteMark(text.strip(), frozenset(owners))
    written = mark.written(NOTE)

    assert written is None or (len(written) <= 80 and read_mark(written).owners == owners)


@pytest.mark.parametrize(
    "note", ["", "dflow: ", "dflow: x", "dflow: (a b)", "dflow: x (a,b)", "DFLOW: x (a)", "x (a)", None]
)
def test_other_notes_carry_no_mark(note):
    assert read_mark(note) is None
