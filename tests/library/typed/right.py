"""What a user writes, with the public API alone; two type checkers have nothing to say about it."""

from __future__ import annotations

from typing import assert_type

from dflow_constructs import (
    AccessOutputs,
    App,
    Application,
    AppService,
    AwsSecurityGroup,
    Builder,
    CertificateAuthority,
    Connection,
    Database,
    DatabaseEndpoint,
    DatabaseField,
    DatabaseService,
    DatabaseVariables,
    DflowStack,
    DigitalOcean,
    DockerService,
    Egress,
    Endpoint,
    Engine,
    Environment,
    ExternalDatabase,
    ExternalEngine,
    GitHub,
    GitLab,
    Neon,
    PublishedPort,
    Registry,
    RegistryAccount,
    S3State,
    Secret,
    Service,
    Source,
    Tls,
    TlsMode,
    build_stacks,
)
from dflow_constructs.testing import allowlist_of, can_reach, synthesized, variables_of


class OwnDatabase:
    """A database of the program's own kind is one by its shape, without inheriting anything."""

    def __init__(self, inner: ExternalDatabase) -> None:
        self.node = inner.node
        self.engine = inner.engine
        self.value_of = inner.value_of
        self.seen_from = inner.seen_from
        self.open_to = inner.open_to
        self.admitted = inner.admitted


def source(branch: str) -> Source:
    """Choose where the code is."""
    if branch == "main":
        return GitHub("acme/shop", branch=branch, git_provider_id="gp1")
    return GitLab("acme/platform/shop", branch=branch, token=Secret.from_environment("GITLAB_TOKEN"))


def shop(app: App) -> DflowStack:
    """Build a stack with one of everything."""
    state = S3State(bucket="states", region="eu-central-1")
    stack = DflowStack(app, "shop", tenant="acme", state=state, description="Kept in github.com/acme/infra")
    oracle = Engine.custom("oracle", scheme="oracle", port=1521, tls={TlsMode.VERIFY_FULL: "ssl_server_dn_match=true"})
    orders = ExternalDatabase(
        stack,
        "orders",
        engine=Engine.POSTGRES,
        host="db.example.com",
        username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD", version="2"),
        database="orders",
        tls=Tls.VERIFY_FULL,
        allowlist=AwsSecurityGroup("sg-0123456789abcdef0", region="eu-central-1"),
        pooler=Endpoint("pooler.example.com", port=6543, options={"pgbouncer": "true"}),
        replicas={"eu": Endpoint("eu.example.com")},
    )
    for engine in (ExternalEngine.COCKROACHDB, oracle):
        ExternalDatabase(
            stack,
            f"db-{engine.value}",
            engine=engine,
            host="db.example.com",
            username="shop",
            password=Secret.from_environment("OTHER_PASSWORD"),
            allowlist=Neon("quiet-river-12345678"),
        )

    of_vendor = CertificateAuthority.of_vendor(file="/tmp/carts.pem")
    from_url = CertificateAuthority.from_url("https://pki.example.com/ca.pem", sha256="0f" * 32)
    assert_type([of_vendor, from_url], list[CertificateAuthority])
    ExternalDatabase(
        stack,
        "carts",
        engine=Engine.POSTGRES,
        host="db.example.com",
        username="shop",
        password=Secret.from_environment("CARTS_PASSWORD"),
        tls=Tls.VERIFY_FULL.trusting(of_vendor),
        allowlist=DigitalOcean("9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"),
    )

    application = Application("shop", egress={"nat-a": "18.195.4.7"})
    production = Environment(
        stack,
        "production",
        application=application,
        worker_nodes=["fra-1"],
        egress={"nat-b": Egress("18.195.4.8", expires_at="2030-01-01T00:00:00Z")},
    )
    cache = DatabaseService(production, "cache", engine=Engine.REDIS)
    web = AppService(production, "web", source=source("main"), builder=Builder.RAILPACK, port=3000)
    web.connect_to(orders, variables=DatabaseVariables.prisma())
    web.connect_to(orders.replica("eu"), variable="REPLICA_URL")
    web.connect_to(OwnDatabase(orders), variables=DatabaseVariables({DatabaseField.HOST: "ORDERS_HOST"}))
    web.connect_to(cache)
    ghcr = RegistryAccount(
        stack, "ghcr", registry=Registry.GITHUB, username="acme", password=Secret.from_environment("GHCR_TOKEN")
    )
    worker = DockerService(
        production,
        "worker",
        image="ghcr.io/acme/worker:1.4.2",
        registry=ghcr,
        ports=[PublishedPort(80, 8080)],
        variables={"LOG_LEVEL": "info", "TOKEN": Secret.from_environment("TOKEN")},
    )
    worker.connect_to(orders.pooler, variables=DatabaseVariables.separate().prefixed("ORDERS_"))

    existing = Environment.from_name(stack, "marketing", "marketing-7cis")
    site = AppService.from_name(existing, "site", "marketing-7cis-site")
    site.connect_to(DatabaseService.from_name(existing, "db", "marketing-7cis-db", engine=Engine.MYSQL))
    AccessOutputs(stack)

    services: list[Service] = [web, worker, site]
    databases: list[Database] = [orders, cache, orders.pooler, OwnDatabase(orders)]
    assert_type(services[0].connections, tuple[Connection, ...])
    assert_type(app.connections, tuple[Connection, ...])
    assert_type(orders.pooler, DatabaseEndpoint)
    assert_type(existing, Environment)
    assert_type(site, AppService)
    assert_type(application.environments, tuple[Environment, ...])
    assert_type(variables_of(web), dict[str, str])
    assert_type(allowlist_of(orders), dict[str, str])
    assert_type([can_reach(web, database) for database in databases], list[bool])
    assert_type(synthesized(stack).text, str)
    return stack


def main() -> None:
    """Build what is asked for."""
    app = App()
    assert_type(build_stacks({"shop": lambda: shop(app)}), tuple[str, ...])
    app.synth()
