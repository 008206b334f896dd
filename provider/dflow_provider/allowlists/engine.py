"""The engine behind every allowlist: it owns what it added, and leaves the rest of the list alone.

    read → what is ours to add and to drop → write → read back → as wanted? else again, with pauses, and then an error

It decides by the vendor's row alone; how a list is read and written is the adapter's business.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dflow_provider.allowlists.address import covered
from dflow_provider.allowlists.entry import by_cidr
from dflow_provider.allowlists.guard import (
    VENDORS_OWN,
    Allow,
    Limit,
    refuse_other_family,
    refuse_over_quota,
    refuse_transitions,
)
from dflow_provider.allowlists.listing import Change, ListMovedError, Pairing, Rewriting, TryLaterError
from dflow_provider.allowlists.moment import same_moment
from dflow_provider.allowlists.note_mark import NoteMark, read_mark
from dflow_provider.allowlists.pauses import READINGS, USUAL_PAUSES, Pauses, read_patiently
from dflow_provider.schema import ProviderError
from dflow_vendors import CallPattern, Concurrency, NoteChange, Overlap, OwnerMark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.listing import Adapter, ListedEntry, Listing
    from dflow_provider.schema import Stop

_DIFFERS: Final = "Allowlist is not as wanted"
_LIST_WRITTEN_WHOLE: Final = frozenset({CallPattern.LOCKED_LIST, CallPattern.UNLOCKED_LIST})
_one_writer: Final[defaultdict[tuple[str, str], threading.Lock]] = defaultdict(threading.Lock)


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Args:
        listing: the list as it was last read; nothing if it could not be read after the last write.
        owned: the addresses that are on the list because of us.
        problem: what went wrong after something had been written; nothing if the list is as wanted.
    """

    listing: Listing | None
    owned: frozenset[str]
    problem: ProviderError | None = None


@dataclass(frozen=True)
class Engine:
    """One owner's part of one list.

    Args:
        adapter: the list.
        owner: the owner mark.
        limit: how many entries fit, where the vendor's default does not hold.
        allow: which transitions of the whole list are asked for.
        pauses: how long to wait between readings.
    """

    adapter: Adapter
    owner: str
    limit: Limit = VENDORS_OWN
    allow: Allow = Allow.NOTHING
    pauses: Pauses = USUAL_PAUSES

    @property
    def watches_notes(self) -> bool:
        """Say whether a note that is not the wanted one is written anew."""
        form = self.adapter.vendor.note
        return form is not None and form.change is NoteChange.IN_PLACE

    @property
    def watches_ends(self) -> bool:
        """Say whether the vendor's entries end by themselves, so that an end that is not the wanted one is changed."""
        owned = self.adapter.vendor.owned
        return owned is not None and owned.expiry is not None

    def owns(self, entry: ListedEntry, recorded: frozenset[str] = frozenset()) -> bool:
        """Say whether an entry is ours to remove: it carries our mark, or, where there are no marks, we recorded it.

        An entry we recorded whose note is empty now has lost its mark to a tool that does not keep notes: still ours.
        """
        if self._goes_by_the_record(entry):
            return entry.cidr in recorded
        return self.owner in entry.owners

    def _goes_by_the_record(self, entry: ListedEntry) -> bool:
        mark = self.adapter.vendor.owner_mark
        return mark is OwnerMark.NOWHERE or (mark is OwnerMark.NOTE and not entry.note)

    def copies(self, listing: Listing, recorded: frozenset[str]) -> Counter[str]:
        """Count the entries without a mark that others put beside ours of the same address: we add one of each."""
        unmarked = (entry.cidr for entry in listing.entries if self._goes_by_the_record(entry))
        found = Counter(cidr for cidr in unmarked if cidr is not None and cidr in recorded)
        marked = {entry.cidr for entry in listing.entries if self.owner in entry.owners}
        return Counter({cidr: number - (cidr not in marked) for cidr, number in found.items()})

    def plan(
        self,
        listing: Listing,
        wanted: Sequence[WantedEntry],
        recorded: frozenset[str] = frozenset(),
        copies: Counter[str] | None = None,
    ) -> Change:
        """Say what is missing from the list and what of ours is too much.

        Args:
            listing: the list.
            wanted: all entries of this owner.
            recorded: the addresses we added before, for vendors without owner marks.
            copies: how many entries of the same address others have beside ours; as the list shows them unless given.
        """
        missing = dict(by_cidr(wanted))
        stay = Counter({cidr: len(listing.entries) for cidr in missing})
        stay.update(self.copies(listing, recorded) if copies is None else copies)
        changes = _Changes()
        for entry in sorted(listing.entries, key=lambda entry: self.owner not in entry.owners):  # ours before copies
            ours = self.owns(entry, recorded)
            if self.adapter.vendor.owner_mark is OwnerMark.OWN_ENTRY and not ours:
                continue  # whatever it opens is no concern of ours: we have an entry of our own
            want = missing.pop(entry.cidr, None) if entry.cidr is not None else None
            if want is not None:
                self._keep(want, entry, ours, changes)
            elif ours and entry.cidr is not None and self._goes_by_the_record(entry) and stay[entry.cidr] > 0:
                stay[entry.cidr] -= 1  # alike, so that it makes no difference which of them is left to the others
            elif ours:
                self._drop(entry, changes)
        return changes.with_additions(self._to_add(missing, listing, changes))

    def _keep(self, want: WantedEntry, entry: ListedEntry, ours: bool, changes: _Changes) -> None:  # noqa: FBT001
        vendor = self.adapter.vendor
        others = entry.owners - {self.owner}
        otherwise = self.watches_notes and (entry.note or "") != want.note
        if vendor.owner_mark is OwnerMark.TAG:
            if ours and not others and otherwise:
                changes.describe.append(Pairing(want, entry))
            elif not ours and others:
                changes.join.append(Pairing(want, entry))
            return
        if (
            ours
            and not others
            and (otherwise or (self.watches_ends and not same_moment(entry.expires_at, want.expires_at)))
        ):
            changes.rewrite.append(Rewriting(entry, want.note, want.expires_at))
        elif not ours and others:
            self._remark(entry, (read_mark(entry.note) or NoteMark("", others)).joined_by(self.owner), changes)

    def _drop(self, entry: ListedEntry, changes: _Changes) -> None:
        if not entry.owners - {self.owner}:
            changes.remove.append(entry)
        elif self.adapter.vendor.owner_mark is OwnerMark.TAG:
            changes.leave.append(entry)
        else:
            self._remark(entry, (read_mark(entry.note) or NoteMark("", entry.owners)).left_by(self.owner), changes)

    def _remark(self, entry: ListedEntry, mark: NoteMark, changes: _Changes) -> None:
        """Write other owners into a note; one that is full, or that cannot be changed, is left as it is."""
        form = self.adapter.vendor.note
        note = mark.written(form) if form is not None and self.watches_notes else None
        if note is not None:
            changes.rewrite.append(Rewriting(entry, note, entry.expires_at))

    def _to_add(
        self, missing: Mapping[str, WantedEntry], listing: Listing, changes: _Changes
    ) -> tuple[WantedEntry, ...]:
        if self.adapter.vendor.overlap is Overlap.ALLOWED:
            return tuple(missing.values())
        stays = [entry.cidr for entry in listing.entries if entry.cidr is not None and entry not in changes.remove]
        return tuple(want for want in missing.values() if not covered(want.cidr, stays))

    def check(self, listing: Listing, change: Change) -> None:
        """Refuse a change that does not fit, or that opens or shuts a door by accident.

        Raises:
            ProviderError: with what to do about it.
        """
        if listing.unwritable is not None and not change.is_empty:
            raise ProviderError("Allowlist cannot be written", f"{self.adapter.target}: {listing.unwritable}")
        refuse_other_family(self.adapter, listing, change)
        refuse_transitions(self.adapter, listing, change, self.allow)
        refuse_over_quota(self.adapter, listing, change, self.limit)

    def look(self, stop: Stop) -> Listing:
        """Read the list, again after a pause while the vendor is busy.

        Raises:
            ListGoneError: there is no such list.
            ProviderError: it cannot be read, or a stop was asked for while waiting.
        """
        return read_patiently(self.adapter.read, stop, self.pauses)

    def reconcile(
        self,
        wanted: Sequence[WantedEntry],
        stop: Stop,
        recorded: frozenset[str] = frozenset(),
        before_write: Callable[[Change], None] = lambda _: None,
    ) -> Outcome:
        """Bring our part of the list to what is wanted, and read it back.

        Args:
            wanted: all entries of this owner.
            stop: ends every pause.
            recorded: the addresses we added before, for vendors without owner marks.
            before_write: called with each change before it is written.

        Raises:
            ProviderError: it failed, and nothing was written.
        """
        with self._alone():
            return _Reconciliation(self, wanted, stop, recorded, before_write).run()

    def _alone(self) -> AbstractContextManager[object]:
        vendor = self.adapter.vendor
        if vendor.pattern in _LIST_WRITTEN_WHOLE or vendor.concurrency is Concurrency.SERIAL:
            return _one_writer[(vendor.key, self.adapter.target)]
        return nullcontext()


@dataclass
class _Changes:
    """A change while it is being put together."""

    join: list[Pairing] = field(default_factory=list)
    describe: list[Pairing] = field(default_factory=list)
    leave: list[ListedEntry] = field(default_factory=list)
    rewrite: list[Rewriting] = field(default_factory=list)
    remove: list[ListedEntry] = field(default_factory=list)

    def with_additions(self, add: tuple[WantedEntry, ...]) -> Change:
        return Change(
            add, tuple(self.join), tuple(self.describe), tuple(self.leave), tuple(self.rewrite), tuple(self.remove)
        )


class _Reconciliation:
    """One run of the engine: what it has seen and done so far."""

    def __init__(
        self,
        engine: Engine,
        wanted: Sequence[WantedEntry],
        stop: Stop,
        recorded: frozenset[str],
        before_write: Callable[[Change], None],
    ) -> None:
        self._engine = engine
        self._adapter = engine.adapter
        self._wanted = wanted
        self._stop = stop
        self._owned = recorded
        self._before_write = before_write
        self._written = False
        self._copies: Counter[str] | None = None
        self._first: Listing | None = None
        self._last: Listing | None = None

    def run(self) -> Outcome:
        try:
            return self._until_as_wanted()
        except ProviderError as problem:
            if not self._written:
                raise
            return Outcome(self._last or self._read_once_more(), self._owned, problem)

    def _until_as_wanted(self) -> Outcome:
        trouble: ProviderError | None = None
        change = Change()
        just_wrote = False
        for reading in range(READINGS):
            if trouble is not None and self._stop.wait(self._pause(reading, trouble)):
                raise self._ended_early(change, trouble)
            trouble = None
            try:
                listing = self._read()
                change = self._engine.plan(listing, self._wanted, self._owned, self._copies)
                if change.is_empty:
                    return self._done(listing)
                if just_wrote:
                    # A write may take a moment to show: look again before writing it a second time.
                    just_wrote, trouble = (
                        False,
                        ListMovedError(_DIFFERS, "What was written does not show, or not any more."),
                    )
                else:
                    self._write(change, listing)
                    just_wrote = True
            except (ListMovedError, TryLaterError) as problem:
                just_wrote, trouble = False, problem
        raise self._gave_up(change, trouble)

    def _read(self) -> Listing:
        self._last = None
        self._last = self._adapter.read()
        if self._first is None:
            self._first = self._last
            self._copies = self._engine.copies(self._last, self._owned)
        return self._last

    def _read_once_more(self) -> Listing | None:
        try:
            return self._adapter.read()
        except ProviderError:
            return None

    def _write(self, change: Change, listing: Listing) -> None:
        self._engine.check(listing, change)
        self._before_write(change)
        self._written = True
        self._last = None
        owned_before = self._owned
        self._owned |= {entry.cidr for entry in change.add}
        try:
            self._adapter.apply(change, listing)
        except ListMovedError:  # nothing was written, so what is there by now is somebody else's
            self._owned = owned_before
            raise

    def _pause(self, reading: int, trouble: ProviderError) -> float:
        asked_s = trouble.after_s if isinstance(trouble, TryLaterError) else 0.0
        return self._engine.pauses.before(reading - 1, asked_s)

    def _done(self, listing: Listing) -> Outcome:
        ours = (entry.cidr for entry in listing.entries if self._engine.owns(entry, self._owned))
        owned = frozenset(cidr for cidr in ours if cidr is not None)
        return Outcome(listing, owned, self._lost(listing) if self._written else None)

    def _lost(self, listing: Listing) -> ProviderError | None:
        """Report foreign entries that went while a list without a lock was written; whose doing it was nobody knows."""
        if self._adapter.vendor.pattern is not CallPattern.UNLOCKED_LIST or self._first is None:
            return None
        left = Counter(entry.spelling for entry in listing.entries)
        before = Counter(entry.spelling for entry in self._first.entries if not self._engine.owns(entry, self._owned))
        lost = sorted((before - left).elements())
        if not lost:
            return None
        return ProviderError(
            "Foreign entries are gone",
            f"{', '.join(lost)} stood on {self._adapter.target} before it was written and are not there now. This "
            f"vendor cannot lock the list: somebody else wrote it at the same time. Ask whoever manages those entries "
            f"whether they are meant to be gone; nothing was put back.",
        )

    def _ended_early(self, change: Change, trouble: ProviderError) -> ProviderError:
        return ProviderError(
            "Stopped before the allowlist was ready",
            f"A stop was asked for while {self._adapter.target} was not as wanted yet, {change}. {trouble.detail} "
            f"The next apply goes on from here.",
        )

    def _gave_up(self, change: Change, trouble: ProviderError | None) -> ProviderError:
        if isinstance(trouble, TryLaterError):
            return trouble
        return ProviderError(
            _DIFFERS,
            f"{self._adapter.target} was read {READINGS} times and is still not as wanted: {change}. "
            f"{trouble.detail if trouble else ''} Something else is changing it too: find out what, then apply again.",
        )
