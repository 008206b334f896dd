"""A company: two Applications, three Environments in stacks of their own, and what they share.

    shared            the account that pulls images, and what is known of the database of orders
    shop-live         the shop, with a cache of its own
    shop-test         the same from another branch
    billing-live      bills, from the same database

Each Environment lets its own Worker Node in to the database. The id of the account crosses the stacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dflow_constructs import (
    AccessOutputs,
    App,
    Application,
    AppService,
    AwsSecurityGroup,
    Builder,
    CertificateAuthority,
    DatabaseService,
    DatabaseVariables,
    DflowStack,
    DockerService,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Registry,
    RegistryAccount,
    Secret,
    State,
    Tls,
    build_stacks,
)

STACKS = ("shared", "shop-live", "shop-test", "billing-live")


@dataclass(frozen=True)
class Surroundings:
    """What differs from place to place.

    Attributes:
        security_group_id: the security group that guards the database of orders.
        region: the region of that group; unless given, Terraform reads AWS_REGION.
        nodes: the Worker Node of each Environment.
        state: where the states are kept; in files unless given.
    """

    security_group_id: str
    region: str | None = None
    nodes: tuple[str, str, str] = ("fra-1", "fra-2", "fra-3")
    state: State | None = None


@dataclass(frozen=True)
class Shared:
    """What several stacks use."""

    ghcr: RegistryAccount
    orders: ExternalDatabase


class Company:
    """The stacks of the company; what several use is built with the first of them."""

    def __init__(self, app: App, surroundings: Surroundings) -> None:
        self._app = app
        self._surroundings = surroundings
        self._shop = Application("shop")
        self._billing = Application("billing")

    def build(self, only: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Build the stacks that are asked for, all by default, and return their names."""
        live, test, bills = self._surroundings.nodes
        return build_stacks(
            {
                "shared": lambda: self.shared,
                "shop-live": lambda: self._shop_stack("live", live, branch="main"),
                "shop-test": lambda: self._shop_stack("test", test, branch="next"),
                "billing-live": lambda: self._billing_stack("live", bills),
            },
            only,
        )

    @cached_property
    def shared(self) -> Shared:
        """What several stacks use; always built as a whole, because a stack without something of it would remove it."""
        stack = self._stack("shared")
        ghcr = RegistryAccount(
            stack, "ghcr", registry=Registry.GITHUB, username="acme", password=Secret.from_environment("GHCR_TOKEN")
        )
        orders = ExternalDatabase(
            stack,
            "orders",
            engine=Engine.POSTGRES,
            host="orders.abc.eu-central-1.rds.amazonaws.com",
            database="orders",
            username="acme",
            password=Secret.from_environment("ORDERS_PASSWORD"),
            tls=Tls.VERIFY_FULL.trusting(CertificateAuthority.in_file("/etc/ssl/rds.pem")),  # which the images bring
            allowlist=AwsSecurityGroup(self._surroundings.security_group_id, region=self._surroundings.region),
        )
        stack.offer(ghcr.account_id)
        return Shared(ghcr, orders)

    def _shop_stack(self, stage: str, node: str, *, branch: str) -> None:
        stack = self._stack(f"shop-{stage}")
        environment = Environment(stack, stage, application=self._shop, worker_nodes=[node])
        web = AppService(
            environment, "web", source=GitHub("acme/shop", branch=branch), builder=Builder.RAILPACK, port=3000
        )
        web.connect_to(self.shared.orders, variables=DatabaseVariables.node())
        web.connect_to(DatabaseService(environment, "cache", engine=Engine.REDIS))
        AccessOutputs(stack)

    def _billing_stack(self, stage: str, node: str) -> None:
        stack = self._stack(f"billing-{stage}")
        environment = Environment(stack, stage, application=self._billing, worker_nodes=[node])
        worker = DockerService(
            environment,
            "worker",
            image="ghcr.io/acme/billing:7.2.0",
            docker_registry_id=self.shared.ghcr.account_id,
        )
        worker.connect_to(self.shared.orders, variables=DatabaseVariables.spring())
        AccessOutputs(stack)

    def _stack(self, name: str) -> DflowStack:
        return DflowStack(self._app, name, state=self._surroundings.state)
