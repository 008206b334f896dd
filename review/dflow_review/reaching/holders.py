"""Which databases a list guards, where the list is a thing of its own and databases name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dflow_review.plan import Mode
from dflow_review.reaching.directory import block_of
from dflow_review.reaching.entries import BOTH
from dflow_review.reaching.identity import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.plan import PlannedResource
    from dflow_review.reach import Side
    from dflow_review.reaching.directory import Directory


@dataclass(frozen=True)
class Holder:
    """How databases name their lists.

    Args:
        type: of the database's resource.
        vendor: the key of the row of the list's vendor.
        path: to the ids of lists.
        lists: the types of the lists' resources.
        port: to the database's port; nothing if the resource does not say.
    """

    type: str
    vendor: str
    path: tuple[str | int, ...]
    lists: frozenset[str]
    port: tuple[str | int, ...] = ("port",)


@dataclass(frozen=True)
class Tie:
    """A resource that does nothing but put a list in force for a database.

    Args:
        type: of the resource.
        vendor: the key of the row of the list's vendor.
        list: the attribute that names the list.
        database: the attribute that names the database.
    """

    type: str
    vendor: str
    list: str
    database: str


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


_GROUPS: Final = frozenset({"aws_security_group", "aws_default_security_group"})

HOLDERS: Final = (
    *(
        Holder(kind, "aws_security_group", ("vpc_security_group_ids",), _GROUPS)
        for kind in (
            "aws_db_instance",
            "aws_rds_cluster",
            "aws_redshift_cluster",
            "aws_docdb_cluster",
            "aws_neptune_cluster",
        )
    ),
    *(
        Holder(kind, "aws_security_group", ("security_group_ids",), _GROUPS)
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
        port=("endpoint", 0, "port"),
    ),
    Holder("aws_opensearch_domain", "aws_security_group", ("vpc_options", 0, "security_group_ids"), _GROUPS, port=()),
    Holder("ec_deployment", "elastic_cloud", ("traffic_filter",), frozenset({"ec_deployment_traffic_filter"}), port=()),
    Holder("ybm_cluster", "yugabyte_aeon", ("cluster_allow_list_ids",), frozenset({"ybm_allow_list"})),
    Holder(
        "alicloud_db_instance", "alibaba_rds", ("template_id_list",), frozenset({"alicloud_rds_whitelist_template"})
    ),
)

TIES: Final = (Tie("ec_deployment_traffic_filter_association", "elastic_cloud", "traffic_filter_id", "deployment_id"),)


class Guards:
    """The databases behind lists, on both sides.

    Args:
        directory: all resources.
    """

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._found: dict[tuple[str, Side], dict[str, Guarded]] = {}
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
            for token in self._directory.targets(resource, side, holder.path, holder.lists):
                self._add(holder.vendor, token, side, guarded)

    def _add_tie(self, tie: Tie, resource: PlannedResource) -> None:
        for side in BOTH:
            if block_of(resource, side) is None:
                continue
            listed, _ = self._directory.target(resource, side, tie.list)
            database, owner = self._directory.target(resource, side, tie.database)
            if isinstance(listed, str) and isinstance(database, str):
                label = database if owner is None else name_of(owner) or owner.address
                self._add(tie.vendor, listed, side, Guarded(f"{tie.vendor} {database}", label, None, tie.vendor, owner))

    def _add(self, vendor: str, token: str, side: Side, guarded: Guarded) -> None:
        self._found.setdefault((f"{vendor} {token}", side), {}).setdefault(guarded.id, guarded)
