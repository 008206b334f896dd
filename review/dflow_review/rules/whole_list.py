"""Lists that one resource writes whole."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Action
from dflow_review.rules.entries import is_destroyed, managed
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource

WHOLE_LIST: Final = Rule(
    id="DFLOW007",
    title="A list that is written whole has one writer",
    why=(
        "A resource that holds the whole list erases what others add, and they add it again: two writers undo each "
        "other's entries with every apply, and the first apply erases what is on the list already."
    ),
    severity=Severity.HIGH,
    remedy=(
        "Write the list in one place only. To add entries to a list of somebody else's, use dflow_<vendor>_allowlist, "
        "which leaves the others alone, and let the other writer ignore changes of its list."
    ),
)

_WRITTEN_WHOLE: Final = {
    "astra_access_list": "database_id",
    "aws_security_group": "ingress",
    "digitalocean_database_firewall": "cluster_id",
    "linode_database_access_controls": "database_id",
    "scaleway_rdb_acl": "instance_id",
    "supabase_settings": "project_ref",
}
"""The vendors' own resources that replace a list → the attribute that says which, or that holds the entries."""
_IN_ITSELF: Final = frozenset({"aws_security_group"})
"""Those that make the list they write, so that nothing can be on it before."""


def one_writer_keeps_a_list(subject: Subject) -> Iterator[Finding]:
    """Find whole lists with a second writer, and whole lists that begin on a database that may have entries."""
    resources = {each.address: each for each in managed(subject) if not is_destroyed(each)}
    of_database: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for change in subject.reach.changes:
        names[change.database.id] = change.database.name
        of_database[change.database.id].update(
            each.resource for each in change.after if each.resource in resources and not each.is_foreign
        )
    clashing: set[str] = set()
    for key in sorted(of_database):
        addresses = sorted(of_database[key])
        whole = [address for address in addresses if _writes_whole(resources[address])]
        for address in whole if len(addresses) > 1 else ():
            clashing.add(address)
            others = ", ".join(other for other in addresses if other != address)
            yield Finding(
                WHOLE_LIST,
                address,
                f"It writes the whole list of {names[key]}, and {others} writes entries of it too: each apply of one "
                "erases what the other added.",
                database=names[key],
            )
    yield from _beginning(resources, clashing)


def _writes_whole(resource: PlannedResource) -> bool:
    if resource.type not in _WRITTEN_WHOLE or resource.after is None:
        return False
    if resource.type not in _IN_ITSELF:
        return True
    length = resource.after.length(_WRITTEN_WHOLE[resource.type])
    return not isinstance(length, Missing) and length > 0


def _beginning(resources: dict[str, PlannedResource], clashing: set[str]) -> Iterator[Finding]:
    for address, resource in sorted(resources.items()):
        if resource.type in _IN_ITSELF or resource.type not in _WRITTEN_WHOLE or resource.action is not Action.CREATE:
            continue
        # An id that is known before apply is one of a database that exists.
        if resource.after is None or address in clashing or resource.import_id:
            continue
        known = resource.after.text(_WRITTEN_WHOLE[resource.type])
        if isinstance(known, str):
            yield Finding(
                WHOLE_LIST,
                address,
                f"It writes the whole list of {known}, which exists: what is on the list already is erased, and is not "
                "in the plan.",
                Answer.CANNOT_TELL,
            )
