"""Which Environments come to reach a database, or cease to, by entries that stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dflow_review.ranges import AddressSet
from dflow_review.reach import Admission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_review.reach import Opening, Tenant
    from dflow_review.reaching.tenants import Unsettled

_EVERYBODY: Final = frozenset(AddressSet.everybody().spans)
_Openings = tuple["Opening", ...]


@dataclass(frozen=True)
class Joining:
    """What becomes of the Environments behind the entries of one database.

    Args:
        joined: those that get in afterwards and do not now, by entries that were there before.
        left: those that get in now and will not, though the entry stays.
        undecided: those that may get in afterwards, by an entry that was there before.
    """

    joined: tuple[Admission, ...] = ()
    left: tuple[Admission, ...] = ()
    undecided: tuple[Tenant, ...] = ()


def joining(before: _Openings, after: _Openings, unsettled: Sequence[Unsettled]) -> Joining:
    """Compare the Environments behind the entries of a database.

    An Environment counts once for the database, not for each node: one that gets in from another node afterwards, or
    has another service, got in before.

    Args:
        before: the entries now.
        after: the entries afterwards.
        unsettled: the Environments of which it cannot be told where they come to stand.
    """
    was, will = _reaching(before), _reaching(after)
    kept = [*_staying(after, before)] if will - was or unsettled else []
    gone = was - will - {each.tenant.id for each in unsettled}
    return Joining(
        joined=_admissions(kept, will - was),
        left=_admissions(_staying(before, after), gone) if gone else (),
        undecided=tuple(
            dict.fromkeys(
                each.tenant
                for each in unsettled
                if each.tenant.id not in was | will and any(map(each.may_get_in, kept))
            )
        ),
    )


def _reaching(openings: _Openings) -> frozenset[str]:
    return frozenset(tenant.id for opening in openings for tenant in opening.source.tenants)


def _admissions(openings: Iterator[Opening] | list[Opening], wanted: frozenset[str]) -> tuple[Admission, ...]:
    """Return each of some Environments with the first entry for each of its nodes."""
    found: dict[tuple[str, str], Admission] = {}
    for opening in openings:
        for tenant in opening.source.tenants:
            if tenant.id in wanted:
                found.setdefault((tenant.id, tenant.node), Admission(tenant, opening))
    return tuple(sorted(found.values(), key=lambda each: (each.tenant.environment, each.tenant.node, each.tenant.id)))


def _staying(openings: _Openings, others: _Openings) -> Iterator[Opening]:
    """Yield the entries that let somebody in on the other side too: by address, or by node while that is unknown.

    Where everybody gets in on the other side, nobody in particular does.
    """
    nodes = {each.source.node for each in others if each.source.node}
    spellings = {each.source.spelling for each in others}
    space = AddressSet.union(
        each.source.addresses for each in others if not _is_everybody(each) and each.source.addresses
    )
    for opening in openings:
        source = opening.source
        if source.addresses is None:
            if source.node in nodes or source.spelling in spellings:
                yield opening
        elif source.addresses.meets(space):
            yield opening


def _is_everybody(opening: Opening) -> bool:
    addresses = opening.source.addresses
    return addresses is not None and not _EVERYBODY.isdisjoint(addresses.spans)
