"""A shop: two Environments, three Services, a cache of dFlow's and a database of somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs import (
    App,
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
    Secret,
    Tls,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

WORKER_NODES = {"production": "fra-1", "staging": "fra-2", "preview": "fra-3", "canary": "fra-1"}
"""Environment → the Worker Node it runs on. Canary shares production's node, and so its way into the database."""


def quickstart(
    app: App,
    *,
    security_group_id: str,
    region: str | None = None,
    environments: Sequence[str] = ("production", "staging"),
) -> DflowStack:
    """Build the stack `shop`.

    Args:
        app: the program it belongs to.
        security_group_id: the security group that guards the database.
        region: the region of that group; unless given, Terraform reads AWS_REGION.
        environments: the Environments to build; all but production hold the web Service only.
    """
    stack = DflowStack(app, "shop")

    orders = ExternalDatabase(
        stack,
        "orders",
        engine=Engine.POSTGRES,
        host="orders.abc.eu-central-1.rds.amazonaws.com",
        database="orders",
        username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD"),
        tls=Tls.VERIFY_FULL.trusting(CertificateAuthority.in_file("/etc/ssl/rds.pem")),  # which the images bring
        allowlist=AwsSecurityGroup(security_group_id, region=region),
    )

    for name in environments:
        environment = Environment(stack, name, application="shop", worker_nodes=[WORKER_NODES[name]])
        web = AppService(
            environment,
            "web",
            source=GitHub("acme/shop", branch="main" if name == "production" else "next"),
            builder=Builder.RAILPACK,
            port=3000,
            variables={"LOG_LEVEL": "info"},
        )
        web.connect_to(orders)

        if name == "production":
            cache = DatabaseService(environment, "cache", engine=Engine.REDIS)
            web.connect_to(cache, variable="REDIS_URL")

            worker = DockerService(environment, "worker", image="ghcr.io/acme/worker:1.4.2")
            worker.connect_to(orders, variables=DatabaseVariables.separate(prefix="DB_"))

    return stack
