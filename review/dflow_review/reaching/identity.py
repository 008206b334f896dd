"""Telling lists apart: the same token for every resource that writes one list, whichever way it names it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dflow_review.reaching.directory import block_of
from dflow_review.reaching.entries import List
from dflow_review.reaching.inline_table import BY_TYPE, Kind
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_review.plan import PlannedResource
    from dflow_review.reach import Side
    from dflow_review.reaching.directory import Directory

_ARM_ID: Final = re.compile(
    r"/subscriptions/[^/]+/resourceGroups/(?P<group>[^/]+)/providers/[^/]+/[^/]+/(?P<name>[^/]+)", re.IGNORECASE
)
_GOOGLE_ID: Final = re.compile(r"projects/([^/]+)/locations/([^/]+)/clusters/([^/]+)")
_REGION: Final = re.compile(r"[a-z]{2,3}-[a-z]+(?:-\d)?/(?=.)")
_NAMED_BY_ADDRESS: Final = frozenset({"planetscale_password", "planetscale_vitess_branch_password"})
"""Whose name is a credential's."""
_NAMES: Final = ("name", "identifier", "cluster_identifier", "replication_group_id", "cluster_id", "label", "title")


def canonical(token: str) -> str:
    """Spell an id as the vendor's other resources do: an Azure id as group and name, no region in front."""
    google = _GOOGLE_ID.fullmatch(token)
    if google is not None:
        return "/".join(google.groups())
    arm = _ARM_ID.fullmatch(token)
    if arm is not None:
        return f"{arm['group']}/{arm['name']}".lower()
    return _REGION.sub("", token, count=1) if _REGION.match(token) else token


def list_of(
    directory: Directory,
    resource: PlannedResource,
    side: Side,
    vendor: str,
    attributes: Sequence[str],
    *,
    kind: str = "",
    matters: bool = True,
) -> List:
    """Say which list a resource is about; the one it was about before, where it is known only after apply.

    Args:
        directory: all resources.
        resource: which.
        side: of it.
        vendor: the key of the vendor's row.
        attributes: that together name the list, the most specific one last; none if the resource is the list.
        kind: what the list is, for people, if not the vendor's key.
        matters: whether it is a database's for sure.
    """
    if not attributes:
        text = _joined(vendor, [canonical(directory.token(resource))])
        label = _label(resource, text)
        return List(f"{vendor or kind} {text}", vendor, kind or vendor, label, None, resource.address, matters)
    found = [directory.target(resource, side, attribute) for attribute in attributes]
    last, owner = found[-1]
    if not isinstance(last, str):
        parts = [f"@{directory.name_of(resource)}"]
    elif owner is None:
        parts = [canonical(part) for part, _ in found if isinstance(part, str)]
        owner = _named_by(directory, resource, attributes[-1], last)
    else:
        parts = [canonical(directory.token(owner))]
    is_guess = directory.is_guess(resource, side, attributes[-1])
    whole = BY_TYPE.get(owner.type) if owner is not None else None
    if owner is not None and whole is not None and whole.kind is Kind.DATABASE:
        # The database has the list inline: it is told apart as it tells itself apart.
        own = own_list(directory, owner, whole.vendor, whole.identity, kind=whole.type)
        return replace(own, matters=matters, is_guess=is_guess)
    text = _joined(vendor, parts)
    label = _label(owner, text)
    token = f"{vendor or kind} {text}"
    return List(token, vendor, kind or vendor, label, owner, resource.address, matters, is_guess)


def _named_by(directory: Directory, resource: PlannedResource, attribute: str, name: str) -> PlannedResource | None:
    """Return the resource that an attribute refers to, if it is what has the name and not what the name is made of."""
    for other in directory.referred(resource, attribute):
        for block in (other.before, other.after) if other.type != resource.type else ():
            if block is not None and name in (block.values.get(each) for each in ("id", *_NAMES)):
                return other
    return None


def own_list(
    directory: Directory,
    resource: PlannedResource,
    vendor: str,
    attributes: Sequence[str],
    *,
    kind: str = "",
    matters: bool = True,
) -> List:
    """Say which list a resource has itself, named by attributes of its own."""
    parts = []
    for attribute in attributes:
        text = directory.token(resource, attribute)
        if not text.startswith("@"):
            parts.append(canonical(text))
        elif attribute == attributes[-1]:
            parts = [text]
    text = _joined(vendor, parts)
    return List(
        f"{vendor or kind} {text}", vendor, kind or vendor, _label(resource, text), resource, resource.address, matters
    )


def _joined(vendor: str, parts: list[str]) -> str:
    text = "/".join(parts)
    # Azure's names are the same in small and capital letters; addresses of Terraform's are not.
    return text.lower() if vendor.startswith("azure_") and not text.startswith("@") else text


def name_of(resource: PlannedResource) -> str:
    """Return what people call what a resource makes; empty if the plan does not say."""
    if resource.type in _NAMED_BY_ADDRESS:
        return ""
    for block in (resource.after, resource.before):
        for attribute in _NAMES if block is not None else ():
            value = block.text(attribute) if block is not None else Missing.ABSENT
            if isinstance(value, str) and value:
                return value
    return ""


def _label(owner: PlannedResource | None, text: str) -> str:
    if owner is None:
        return text
    return name_of(owner) or owner.address


def exists(listed: List, side: Side) -> bool:
    """Say whether what the list guards is there; it is if no plan says otherwise."""
    return listed.owner is None or block_of(listed.owner, side) is not None
