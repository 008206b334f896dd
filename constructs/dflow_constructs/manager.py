"""Who keeps the entries of a database on its vendor's allowlist."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from dflow_vendors import EmptyMeans, Shape
from dflow_vendors.official import Repeats

if TYPE_CHECKING:
    from dflow_vendors import Vendor


class Manager(Enum):
    """Which Terraform provider keeps a database's entries on its vendor's allowlist.

    Attributes:
        OWNED: the dflow provider. It looks at the whole list before it changes anything, shares entries between stacks
            where the vendor can tell owners apart, and leaves everybody else's alone.
        OFFICIAL: the vendor's own provider, with resources that reviewers and scanners know.
    """

    OWNED = "owned"
    OFFICIAL = "official"


def ways(vendor: Vendor) -> tuple[Manager, ...]:
    """Return who can keep a vendor's entries."""
    # AWS security groups have a resource of ours that is older than the table of owned entries.
    owned = vendor.owned is not None or vendor.key == "aws_security_group"
    return (*((Manager.OWNED,) if owned else ()), *((Manager.OFFICIAL,) if vendor.official else ()))


def usual_manager(vendor: Vendor) -> Manager:
    """Return who keeps a vendor's entries unless the program says otherwise.

    The vendor's own provider where one of its resources is one entry, or a list of one's own, an empty list lets nobody
    in, and an entry of somebody else's is not taken for ours. Elsewhere the dflow provider: it looks at the list.
    """
    found = ways(vendor)
    if len(found) == 1:
        return found[0]
    if vendor.key == "aws_security_group":
        # AWS refuses the same rule twice, so two stacks on one node need an entry that both own.
        return Manager.OWNED
    by_entry = vendor.shape in {Shape.PER_ENTRY, Shape.NAMED_LIST}
    harmless = vendor.empty_means is EmptyMeans.CLOSED and vendor.official[0].repeats is not Repeats.MERGED
    return Manager.OFFICIAL if by_entry and harmless else Manager.OWNED
