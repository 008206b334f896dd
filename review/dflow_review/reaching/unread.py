"""Changes that may let somebody in and that no table knows: told as unread, so that they are no pass."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dflow_review.plan import Action, Mode
from dflow_review.reaching import node_groups
from dflow_review.reaching.holders import HOLDERS
from dflow_review.reaching.inline_table import BY_TYPE
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_review.plan import PlannedResource
    from dflow_review.values import Block

_LIKE_A_LIST: Final = re.compile(
    r"_(?:firewall_rules?|ip_?allow_?lists?|allow_?lists?|white_?lists?|ip_access_lists?|access_lists?|allowed_ips?|"
    r"trusted_(?:ips?|sources)|ip_(?:filters?|restrictions?)|ip_access_rules?)$"
)
_NO_LISTS: Final = re.compile(
    r"^(?:aws_(?:waf|network)|google_compute_|azurerm_(?:storage|firewall)|cloudflare_|fastly_)"
)
_LIKE_A_DATABASE: Final = re.compile(
    r"_(?:db|rds|\w*sql|postgres\w*|pg|mariadb|redis\w*|valkey|mongo\w*|databases?|cassandra|clickhouse|opensearch|"
    r"elasticsearch|cosmosdb|polardb\w*|gpdb|redshift\w*|neptune|docdb|dbaas|kvstore)(?:_|$)|^(?:mongodbatlas|neon|snowflake)_"
)
_LIKE_ITS_LIST: Final = re.compile(
    r"acls?|security_ips?|security_ip_list|ip_rules?|source_ips|firewall_(?:rules?|ranges?)|ip_(?:filter|restriction)\w*|"
    r"(?:ip_)?(?:allow|white)_?lists?|"
    r"(?:allowed|trusted|authorized|whitelisted)_(?:ips?|cidrs?|networks?|sources?|ip_\w+|cidr_\w+|network_rule_list)"
)
_GROUPS: Final = re.compile(r"(?:vpc_)?security_groups?(?:_ids?)?")
"""How types name the groups that guard them; of databases in `HOLDERS` they are read."""
_VIRTUAL_NETWORK_RULE: Final = re.compile(r"_virtual_network_rules?$")
_BESIDE: Final = frozenset({"virtual_network_rule"})
"""Lists beside those of addresses, on types whose addresses are read."""
_HOLDERS: Final = frozenset(each.type for each in HOLDERS)
_CLOSED: Final[dict[str, tuple[object, ...]]] = {
    "publicly_accessible": (False,),
    "public_network_access_enabled": (False,),
    "public_network_access": ("Disabled",),
    "allowed_ips_protected_branches_only": (False, "no", Missing.ABSENT),
    "is_virtual_network_filter_enabled": (True,),
}
"""Settings that decide whether a list counts for a database, or for all of it, and the values that keep people out."""


def changes(resource: PlannedResource) -> bool:
    """Say whether a plan changes what a resource is about."""
    return resource.mode is Mode.MANAGED and resource.action not in (Action.NO_OP, Action.FORGET)


def unread(kind: str, resources: Sequence[PlannedResource], *, is_read: bool) -> Iterator[tuple[str, str]]:
    """Yield the resources of a type whose change may let somebody in, with the reason why that cannot be told.

    Args:
        kind: the type.
        resources: of that type.
        is_read: a table knows the type, so that its lists are looked at.
    """
    if not is_read and _looks_like_a_list(kind):
        reason = f"{kind} looks like an allowlist, and this review does not know it"
        yield from ((each.address, reason) for each in resources if changes(each))
    elif kind == node_groups.TYPE:
        reasons = ((each.address, node_groups.lets_in_more(each)) for each in resources if changes(each))
        yield from (each for each in reasons if each[1])
    elif _LIKE_A_DATABASE.search(kind):
        for each in resources:
            if changes(each) and each.after is not None:
                yield from ((each.address, reason) for reason in _reasons(kind, each, is_read=is_read))


def _looks_like_a_list(kind: str) -> bool:
    if _VIRTUAL_NETWORK_RULE.search(kind) and _LIKE_A_DATABASE.search(kind):
        return True
    return _LIKE_A_LIST.search(kind) is not None and _NO_LISTS.match(kind) is None


def _reasons(kind: str, resource: PlannedResource, *, is_read: bool) -> Iterator[str]:
    for name, closed in _CLOSED.items():
        if kind in BY_TYPE and BY_TYPE[kind].off == name:
            continue
        if resource.before is not None and _value(resource.before, name) in closed:
            after = _value(resource.after, name)
            if after not in closed and after is not Missing.ABSENT and not _is_computed(resource, name):
                yield f"{name} changes, so that somebody may get in whom it kept out"
    for name in _lists(resource):
        if (is_read and name not in _BESIDE) or (kind in _HOLDERS and _GROUPS.fullmatch(name)):
            continue
        before, after = (_value(block, name) for block in (resource.before, resource.after))
        # Empty may mean open, as long as nobody has looked at the vendor.
        if after != before and not (before is Missing.ABSENT and after == []) and not _is_computed(resource, name):
            if _GROUPS.fullmatch(name):
                yield f"{name} names the groups of a database that this review does not know"
            else:
                yield f"{name} looks like an allowlist, and this review does not know it"


def _lists(resource: PlannedResource) -> list[str]:
    after = resource.after
    names = set(after.values) if after is not None else set()
    names |= set(after.unknown) if after is not None and isinstance(after.unknown, dict) else set()
    forms = (_LIKE_ITS_LIST, _GROUPS)
    return sorted(name for name in names if name in _BESIDE or any(form.fullmatch(name) for form in forms))


def _is_computed(resource: PlannedResource, name: str) -> bool:
    """Say whether a value is unknown because nobody wrote it: the provider says what it is, as it did before."""
    after = resource.after
    return after is not None and after.get(name) is Missing.UNKNOWN and not resource.mentions(name)


def _value(block: Block | None, name: str) -> object:
    """Return a value to be compared; what is hidden is compared, too."""
    value: object = block.get(name) if block is not None else Missing.ABSENT
    return block.values.get(name) if value is Missing.SENSITIVE and block is not None else value
