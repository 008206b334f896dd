"""Addresses that are declared after `connect_to`: the same entries as if they had come before it, and as cheap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    ConfigurationError,
    DflowStack,
    Egress,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    HetznerFirewall,
    InlineList,
    LockOut,
    Manager,
    Manual,
    MongoDbAtlas,
    Neon,
    OpenToWorld,
    Secret,
    Snowflake,
)
from dflow_constructs.testing import synthesized

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_constructs.allowlist import Allowlist

WORDS: Any = {"allow_first": LockOut("a new database"), "allow_empty": OpenToWorld("nothing in it")}
ATLAS = "5d0f1f74cf09a29120e123cd"
LISTS: dict[str, Callable[[DflowStack], Allowlist]] = {
    "owned": lambda _: Neon("quiet-river-12345678"),
    "owned-and-everybody": lambda _: Neon("quiet-river-12345678", open_to_world=OpenToWorld("load test")),
    "owned-and-ending": lambda _: Neon("quiet-river-12345678", expires_at="2030-01-01T00:00:00Z"),
    "security-group": lambda _: AwsSecurityGroup("sg-0123456789abcdef0"),
    "official": lambda _: AwsSecurityGroup("sg-0123456789abcdef0", manager=Manager.OFFICIAL),
    "official-with-ends": lambda _: MongoDbAtlas(ATLAS, manager=Manager.OFFICIAL),
    "official-list": lambda _: HetznerFirewall("4711,4712", **WORDS),
    "official-set": lambda _: Snowflake("SECURITY", "PUBLIC", **WORDS),
    "inline": lambda stack: InlineList(cdk.TerraformResource(stack, "it", terraform_resource_type="neon_project")),
    "manual": lambda _: Manual("Ask #dba."),
}
ADDRESSES: dict[str, dict[str, str | Egress]] = {
    "plain": {f"nat-{number}": f"18.195.4.{number}" for number in range(9, 0, -1)},
    "some-twice": {"b": "18.195.4.7", "a": "18.195.4.8", "d": "18.195.4.7", "c": "18.195.4.8/32", "e": "18.195.4.9"},
    "one-that-ends": {
        "a": "18.195.4.7",
        "guest": Egress("18.195.4.8", expires_at="2029-01-01T00:00:00Z"),
        "z": "18.195.4.9",
        "y": "18.195.4.10",
    },
    "one-that-is-called-everybody": {"a": "18.195.4.7", "b": "18.195.4.9", "everybody": "18.195.4.8"},
}


def connected(
    allowlist: Callable[[DflowStack], Allowlist], egress: Mapping[str, str | Egress]
) -> tuple[DflowStack, Environment]:
    stack = DflowStack(cdk.Testing.app(), "shop")
    production = Environment(stack, "production", application="shop", worker_nodes=["fra-1"], egress=egress)
    orders = ExternalDatabase(
        stack,
        "orders",
        engine=Engine.POSTGRES,
        host="orders.example.com",
        username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD"),
        allowlist=allowlist(stack),
    )
    AppService(production, "web", source=GitHub("acme/shop", branch="main")).connect_to(orders)
    return stack, production


@pytest.mark.parametrize("addresses", ADDRESSES)
@pytest.mark.parametrize("kind", LISTS)
def test_the_configuration_is_the_same_to_the_byte(kind: str, addresses: str):
    before, _ = connected(LISTS[kind], ADDRESSES[addresses])
    after, production = connected(LISTS[kind], {})
    for name, address in ADDRESSES[addresses].items():
        production.add_egress(name, address)

    assert synthesized(after).text == synthesized(before).text
    (opened,), (expected,) = (stack.external_databases[0].doors for stack in (after, before))
    assert list(opened.admitted) == list(expected.admitted)


class Counted(Neon):
    """Neon's list, counting how often all of its entries are looked at."""

    fills: list[int]

    def entries(self, *arguments: Any) -> Any:
        made = super().entries(*arguments)
        fill = made.fill

        def counted(addresses: Mapping[str, Any]) -> None:
            self.fills.append(len(addresses))
            fill(addresses)

        made.fill = counted
        return made


def test_a_thousand_of_them_do_not_take_a_million_steps():
    allowlist = Counted("quiet-river-12345678")
    object.__setattr__(allowlist, "fills", [])
    stack, production = connected(lambda _: allowlist, {})

    for number in range(1000):
        production.add_egress(f"nat-{number}", f"18.195.{number // 200}.{number % 200 + 1}")

    assert allowlist.fills == [1]
    (door,) = stack.external_databases[0].doors
    assert len(door.admitted) == 1001


def test_one_more_than_fits_is_refused_where_it_is_added(stack: DflowStack):
    _, production = connected(lambda _: Neon("quiet-river-12345678", entry_quota=3), {})
    production.add_egress("a", "18.195.4.1")
    production.add_egress("b", "18.195.4.2")
    production.add_egress("b-again", "18.195.4.2")

    with pytest.raises(ConfigurationError, match="4 entries would stand on the list, Neon IP Allow, and 3 fit as"):
        production.add_egress("c", "18.195.4.3")


def test_one_of_another_family_is_refused_where_it_is_added():
    _, production = connected(lambda _: Neon("quiet-river-12345678"), {})

    with pytest.raises(ConfigurationError, match="'six' leaves from 2a01:4f8::7/128, which is IPv6"):
        production.add_egress("six", "2a01:4f8::7")
