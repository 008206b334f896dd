"""Which databases a list guards, where the list is a thing of its own and databases name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dflow_review.plan import Mode
from dflow_review.reach import Side, Source
from dflow_review.reaching.directory import block_of
from dflow_review.reaching.entries import BOTH, Entry, why_missing
from dflow_review.reaching.identity import name_of
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_review.plan import PlannedResource
    from dflow_review.reaching.assembled import Assembled
    from dflow_review.reaching.directory import Directory


@dataclass(frozen=True)
class Holder:
    """How databases name their lists.

    Args:
        type: of the database's resource.
        vendor: the key of the row of the list's vendor.
        path: to the ids of lists.
        lists: the types of the lists' resources.
        called: what people call such a list.
        port: to the database's port; nothing if the resource does not say.
    """

    type: str
    vendor: str
    path: tuple[str | int, ...]
    lists: frozenset[str]
    called: str
    port: tuple[str | int, ...] = ("port",)


@dataclass(frozen=True)
class Tie:
    """A resource that does nothing but put a list in force for a database.

    Args:
        type: of the resource.
        vendor: the key of the row of the list's vendor.
        list: the attribute that names the list.
        database: the attribute that names the database.
        lists: the types of the lists' resources.
        called: what people call such a list.
    """

    type: str
    vendor: str
    list: str
    database: str
    lists: frozenset[str]
    called: str


@dataclass(frozen=True)
class Guarded:
    """A database that a list guards.

    Args:
        id: the same on both sides.
        label: for people.
        port: on which it listens; nothing if the plan does not say.
        vendor: the key of the list's vendor's row.
        owner: its resource; nothing if it is elsewhere.
    """

    id: str
    label: str
    port: int | None
    vendor: str
    owner: PlannedResource | None = None


@dataclass(frozen=True)
class Unseen:
    """Who a list lets in of which no plan says what is on it.

    Args:
        guarded: the database behind the list.
        side: before or after.
        entry: what stands for everything on the list.
    """

    guarded: Guarded
    side: Side
    entry: Entry


_GROUPS: Final = frozenset({"aws_security_group", "aws_default_security_group"})
_GROUP: Final = "security group"
_RULE_SETS: Final = frozenset({"ec_deployment_traffic_filter"})
_RULE_SET: Final = "rule set"

HOLDERS: Final = (
    *(
        Holder(kind, "aws_security_group", ("vpc_security_group_ids",), _GROUPS, _GROUP)
        for kind in (
            "aws_db_instance",
            "aws_rds_cluster",
            "aws_redshift_cluster",
            "aws_docdb_cluster",
            "aws_neptune_cluster",
        )
    ),
    *(
        Holder(kind, "aws_security_group", ("security_group_ids",), _GROUPS, _GROUP)
        for kind in (
            "aws_elasticache_cluster",
            "aws_elasticache_replication_group",
            "aws_memorydb_cluster",
            "aws_redshiftserverless_workgroup",
        )
    ),
    Holder(
        "aws_elasticache_serverless_cache",
        "aws_security_group",
        ("security_group_ids",),
        _GROUPS,
        _GROUP,
        port=("endpoint", 0, "port"),
    ),
    Holder(
        "aws_opensearch_domain",
        "aws_security_group",
        ("vpc_options", 0, "security_group_ids"),
        _GROUPS,
        _GROUP,
        port=(),
    ),
    Holder("ec_deployment", "elastic_cloud", ("traffic_filter",), _RULE_SETS, _RULE_SET, port=()),
    Holder(
        "ybm_cluster",
        "yugabyte_aeon",
        ("cluster_allow_list_ids",),
        frozenset({"ybm_allow_list"}),
        "allow list",
        port=(),
    ),
    Holder(
        "alicloud_db_instance",
        "alibaba_rds",
        ("template_id_list",),
        frozenset({"alicloud_rds_whitelist_template"}),
        "whitelist template",
    ),
)

TIES: Final = (
    Tie(
        "ec_deployment_traffic_filter_association",
        "elastic_cloud",
        "traffic_filter_id",
        "deployment_id",
        _RULE_SETS,
        _RULE_SET,
    ),
)


class Guards:
    """The databases behind lists, on both sides.

    Args:
        directory: all resources.
        lists: all lists by their tokens.
    """

    def __init__(self, directory: Directory, lists: Mapping[str, Assembled]) -> None:
        self._directory = directory
        self._lists = lists
        self._found: dict[tuple[str, Side], dict[str, Guarded]] = {}
        self._unseen: dict[tuple[str, str], dict[Side, tuple[Guarded, str]]] = {}
        self._own: dict[frozenset[str], frozenset[str]] = {}
        for holder in HOLDERS:
            for resource in directory.of_type(holder.type):
                if resource.mode is Mode.MANAGED:
                    self._add_holder(holder, resource)
        for tie in TIES:
            for resource in directory.of_type(tie.type):
                if resource.mode is Mode.MANAGED:
                    self._add_tie(tie, resource)

    def knows(self, token: str) -> bool:
        """Say whether it is told of any database that a list guards, before or after."""
        return any((token, side) in self._found for side in BOTH)

    def behind(self, token: str, side: Side) -> Iterator[Guarded]:
        """Yield the databases that a list guards."""
        yield from self._found.get((token, side), {}).values()

    def unseen(self) -> Iterator[Unseen]:
        """Yield who lists let in that no plan describes, and lists that are known after apply.

        Such a list is the same on both sides if it has the same id, whichever resource names it.
        """
        for (_, spelling), sides in self._unseen.items():
            _, resource = sides.get(Side.AFTER) or sides[Side.BEFORE]
            entry = Entry(Source(None, "", spelling), resource)
            yield from (Unseen(guarded, side, entry) for side, (guarded, _) in sides.items())

    def _add_holder(self, holder: Holder, resource: PlannedResource) -> None:
        for side in BOTH:
            block = block_of(resource, side)
            if block is None:
                continue
            port = block.port(*holder.port) if holder.port else None
            guarded = Guarded(
                f"{resource.type} {self._directory.token(resource)}",
                name_of(resource) or resource.address,
                port if port is not None and port > 0 else None,
                holder.vendor,
                resource,
            )
            self._attach(holder, resource, side, holder.path, guarded)

    def _add_tie(self, tie: Tie, resource: PlannedResource) -> None:
        for side in BOTH:
            if block_of(resource, side) is None:
                continue
            database, owner = self._directory.target(resource, side, tie.database)
            if owner is not None:
                token, label = f"{owner.type} {self._directory.token(owner)}", name_of(owner) or owner.address
            elif isinstance(database, str):
                token, label = f"{tie.vendor} {database}", database
            else:
                token, label = f"{tie.vendor} @{self._directory.name_of(resource)}", resource.address
            self._attach(tie, resource, side, (tie.list,), Guarded(token, label, None, tie.vendor, owner))
            if self._directory.is_guess(resource, side, tie.database):
                elsewhere = Guarded(
                    f"{tie.vendor} @{self._directory.name_of(resource)}", resource.address, None, tie.vendor
                )
                self._add_unseen(
                    elsewhere, resource, side, f"whoever its {tie.called} lets in to what is known after apply"
                )

    def _attach(
        self, way: Holder | Tie, resource: PlannedResource, side: Side, path: tuple[str | int, ...], guarded: Guarded
    ) -> None:
        """Note which lists guard a database, and which of them cannot be looked at."""
        listed = self._directory.listed(resource, side, path, way.lists)
        tokens = listed.tokens
        if side is Side.AFTER and (listed.rest is Missing.UNKNOWN or resource.deferral is not None):
            # What guards it now may be among what is known later, and is there until a change is made that is put off.
            tokens += self._directory.listed(resource, Side.BEFORE, path, way.lists).tokens
        for token in dict.fromkeys(tokens):
            self._found.setdefault((f"{way.vendor} {token}", side), {}).setdefault(guarded.id, guarded)
            if not self._is_described(way, token, side):
                self._add_unseen(guarded, resource, side, self._whoever(way, token))
        if listed.rest is not None and (side is Side.AFTER or _is_hidden_alike(resource, path)):
            self._add_unseen(guarded, resource, side, f"whoever {way.called}s {why_missing(listed.rest)} let in")

    def _add_unseen(self, guarded: Guarded, resource: PlannedResource, side: Side, spelling: str) -> None:
        self._unseen.setdefault((guarded.id, spelling), {}).setdefault(side, (guarded, resource.address))

    def _is_described(self, way: Holder | Tie, token: str, side: Side) -> bool:
        """Say whether the plans have everything that is on a list: its own resource, or one that read all of it."""
        if way.lists not in self._own:
            own = self._directory.of_type(*way.lists)
            self._own[way.lists] = frozenset(self._directory.token(each) for each in own if each.mode is Mode.MANAGED)
        known = self._lists.get(f"{way.vendor} {token}")
        return token in self._own[way.lists] or (known is not None and side in known.whole)

    def _whoever(self, way: Holder | Tie, token: str) -> str:
        if f"{way.vendor} {token}" in self._lists:
            return f"whoever else {way.called} {token} lets in, beyond its rules in these plans"
        return f"whoever {way.called} {token} lets in, which no plan here describes"


def _is_hidden_alike(resource: PlannedResource, path: tuple[str | int, ...]) -> bool:
    """Say whether what is hidden stays as it is; it is compared, and neither looked at nor shown."""
    before, after = resource.before, resource.after
    name = str(path[0])
    return before is not None and after is not None and before.values.get(name) == after.values.get(name)
