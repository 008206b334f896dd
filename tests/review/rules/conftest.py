"""What rules are asked about: plans and lists, made of the real classes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from dflow_review.finding import Answer, Subject
from dflow_review.plan import Action, Mode, Plan, PlannedResource
from dflow_review.ranges import NOBODY, AddressSet
from dflow_review.reach import Admission, Database, DatabaseChange, Movement, Opening, Reach, Source, Tenant
from dflow_review.values import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dflow_review.finding import Check, Finding

ORDERS = Database("list-1", "orders", "neon")


class Scene:
    """Builds what rules look at, with everything that does not matter filled in."""

    today = dt.date(2026, 11, 22)

    def entry(
        self,
        spelling: str,
        *,
        node: str = "",
        resource: str = "dflow_neon_allowlist.orders",
        environments: Iterable[str] = (),
        services: Iterable[str] = (),
        database: Database = ORDERS,
        port: int | None = None,
        **more: Any,
    ) -> Opening:
        """One entry, spelled as the reader does it: addresses, what stands for some, or a group by its name."""
        try:
            addresses = AddressSet.of((spelling,))
        except ValueError:
            addresses = None if spelling.startswith("nobody or ") or "known after apply" in spelling else NOBODY
        if spelling.startswith("everybody: "):
            addresses = AddressSet.everybody()
        names = [*environments] or [""] * bool(services)
        tenants = tuple(Tenant(each, each, node, frozenset(services), f"dflow_environment.{each}") for each in names)
        source = Source(addresses, node, spelling, tenants)
        return Opening(source, database, port, resource, **more)

    def change(
        self,
        before: Iterable[Opening] = (),
        after: Iterable[Opening] = (),
        *,
        database: Database = ORDERS,
        port: int | None = None,
        **more: Any,
    ) -> DatabaseChange:
        """What becomes of one list."""
        before, after = tuple(before), tuple(after)
        was, will = self._addresses(before), self._addresses(after)
        movement = Movement.SAME if was == will else Movement.WIDENED if will - was else Movement.NARROWED
        return DatabaseChange(database, port, before, after, movement, will - was, was - will, **more)

    @staticmethod
    def _addresses(openings: Iterable[Opening]) -> AddressSet:
        found = NOBODY
        for opening in openings:
            found = found | (opening.source.addresses or NOBODY)
        return found

    def resource(
        self,
        address: str,
        after: dict[str, Any] | None = None,
        before: dict[str, Any] | None = None,
        *,
        action: Action | None = None,
        unknown: Any = None,
        sensitive: Any = None,
        **more: Any,
    ) -> PlannedResource:
        """One resource of the plan; the action follows from what is there before and after."""
        if action is None:
            action = Action.CREATE if before is None else Action.DELETE if after is None else Action.UPDATE
        is_data = address.startswith("data.")
        return PlannedResource(
            address=address,
            type=address.removeprefix("data.").split(".")[0],
            provider="",
            action=action,
            before=None if before is None else Block(before, {}, sensitive or {}),
            after=None if after is None else Block(after, unknown or {}, sensitive or {}),
            mode=Mode.DATA if is_data else Mode.MANAGED,
            **more,
        )

    def variables(self, values: dict[str, str], unknown: Iterable[str] = (), **more: Any) -> PlannedResource:
        """The variables of a service."""
        return self.resource(
            "dflow_service_variables.web",
            {"variables": dict(values)},
            unknown={"variables": dict.fromkeys(unknown, True)},
            **more,
        )

    def subject(self, *parts: PlannedResource | DatabaseChange, unread: tuple[tuple[str, str], ...] = ()) -> Subject:
        """Everything a rule looks at, of resources and changes."""
        resources = tuple(part for part in parts if isinstance(part, PlannedResource))
        changes = tuple(part for part in parts if isinstance(part, DatabaseChange))
        return Subject((Plan("plan.json", "", "1.2", "1.11.4", resources),), Reach(changes, unread), self.today)


def told(findings: Iterable[Finding]) -> list[str]:
    """Findings as short texts, sorted: the address, and the answer where it is another than a finding."""
    return sorted(
        each.address + ("" if each.answer is Answer.FINDING else f" ({each.answer.value})") for each in findings
    )


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def asked() -> Callable[[Check, Subject], list[str]]:
    """Ask a rule, and say at which addresses it found something; `(cannot tell)` behind what it cannot tell."""
    return lambda check, subject: told(check(subject))


def _odd_values() -> dict[str, Any]:
    names = [
        "allow_empty",
        "cidr",
        "cluster_id",
        "database",
        "entries",
        "entry_quota",
        "engine",
        "environment_id",
        "exposed_ports",
        "foreign_entries",
        "inbound_rules",
        "ingress",
        "ip_range_filter",
        "name",
        "open_to_world",
        "outbound_ips",
        "parameter",
        "rule_quota",
        "service_id",
        "settings",
        "start_ip_address",
        "end_ip_address",
        "value",
        "variables",
        "tls",
    ]
    odd = (None, True, 7, -1.5, "", "{{", [], {}, [None], {"": None}, [[[]]], {"a": [{"b": 1}]}, "\x00\ud800")
    return {name: odd[position % len(odd)] for position, name in enumerate(names)}


@pytest.fixture
def odd_subjects(scene: Scene) -> list[Subject]:
    """Plans with values of types that nobody expects there, and marks that fit nothing."""
    types = [
        "aws_db_parameter_group",
        "aws_security_group",
        "azurerm_cosmosdb_account",
        "azurerm_redis_cache",
        "azurerm_mssql_firewall_rule",
        "digitalocean_database_firewall",
        "dflow_app_service",
        "dflow_database_service",
        "dflow_deployment",
        "dflow_neon_allowlist",
        "dflow_security_group",
        "dflow_service_variables",
        "google_sql_database_instance",
        "data.dflow_worker_node",
        "scaleway_rdb_acl",
    ]
    found = []
    base = _odd_values()
    names, values = list(base), list(base.values())
    for turn in range(len(values)):
        odd = dict(zip(names, values[turn:] + values[:turn], strict=True))
        marks = {"variables": [True], "ingress": {"0": True}, "settings": True, "parameter": [True, {}]}
        resources = [
            scene.resource(f"{kind}.odd", odd, odd, action=action, unknown=marks, sensitive=[True, {"a": 1}])
            for kind in types
            for action in (Action.CREATE, Action.UPDATE, Action.REPLACE_DELETE_FIRST)
        ]
        resources.append(scene.resource("dflow_environment.empty", None, None, action=Action.FORGET))
        resources.append(scene.resource("dflow_app_service.drift", odd, base, is_drift=True))
        resources.append(scene.resource("dflow_app_service.drift", base, odd))
        nowhere = Database("", "", "no such vendor")
        stranger = Tenant("", "staging\x00", "")
        openings = [
            scene.entry("", resource="", database=nowhere),
            scene.entry("::/0", resource="dflow_neon_allowlist.odd", expires_at="not a day", database=nowhere),
            scene.entry("0.0.0.0-0.0.0.0", node="\x1b[31m", expires_at="0001-01-01T00:00:00+23:59"),
            scene.entry("…", node="fra-1", resource="scaleway_rdb_acl.odd", is_foreign=True),
        ]
        found.append(
            scene.subject(
                *resources,
                scene.change(openings, reversed(openings), database=nowhere),
                scene.change((), openings, port=-1),
                scene.change(openings, ()),
                scene.change(
                    openings,
                    openings,
                    joined=tuple(Admission(stranger, opening) for opening in openings),
                    undecided=(stranger,),
                ),
                unread=(("", "999.999.999.999"),),
            )
        )
    return found
