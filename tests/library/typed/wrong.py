"""Mistakes: each line that ends in `type: ignore` is one that both type checkers have to find.

They also refuse a comment that nothing needs, so whatever they would let through fails the test.
"""

from __future__ import annotations

from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    AzureDevOps,
    Base64,
    Builder,
    CertificateAuthority,
    Combined,
    DatabaseService,
    DatabaseVariables,
    DflowStack,
    DockerService,
    Endpoint,
    Engine,
    Environment,
    ExternalDatabase,
    ExternalEngine,
    Generated,
    Gitea,
    GitHub,
    NoAllowlist,
    Raw,
    Registry,
    RegistryAccount,
    RequireTls,
    S3State,
    Secret,
    Tls,
)

PASSWORD = Secret.from_environment("ORDERS_PASSWORD")
GROUP = AwsSecurityGroup("sg-0123456789abcdef0")
SOURCE = GitHub("acme/shop", branch="main")


def databases(stack: DflowStack, production: Environment) -> None:
    """Describe databases wrongly."""
    DatabaseService(production, "db", engine="postgres")  # type: ignore[arg-type]
    DatabaseService(production, "db", engine=ExternalEngine.SNOWFLAKE)  # type: ignore[arg-type]
    DatabaseService(stack, "db", engine=Engine.REDIS)  # type: ignore[arg-type]
    DatabaseService(production, "db")  # type: ignore[call-arg]
    DatabaseService.from_name(production, "db", "shop-db")  # type: ignore[call-arg]
    ExternalDatabase(stack, "db", engine=Engine.REDIS, host="h", password="hunter2", allowlist=GROUP)  # type: ignore[arg-type]
    ExternalDatabase(stack, "db", engine=Engine.REDIS, host="h", password=PASSWORD)  # type: ignore[call-arg]
    ExternalDatabase(stack, "db", engine=Engine.REDIS, host="h", password=PASSWORD, allowlist="sg-1")  # type: ignore[arg-type]
    ExternalDatabase(stack, "db", engine=Engine.REDIS, host="h", password=PASSWORD, allowlist=GROUP, tls="require")  # type: ignore[arg-type]
    ExternalDatabase(stack, "db", engine=Engine.REDIS, host="h", password=PASSWORD, allowlist=GROUP, pooler="p")  # type: ignore[arg-type]
    Endpoint()  # type: ignore[call-arg]
    print(Tls.VERIFY_SOME)  # type: ignore[attr-defined]
    Engine.custom("oracle", scheme="oracle", port=1521)  # type: ignore[call-arg]


def services(stack: DflowStack, production: Environment, orders: ExternalDatabase) -> None:
    """Describe services wrongly."""
    web = AppService(production, "web", source=SOURCE)
    AppService(production, "api")  # type: ignore[call-arg]
    AppService(production, "api", source="acme/shop")  # type: ignore[arg-type]
    AppService(production, "api", source=SOURCE, builder="nixpacks")  # type: ignore[arg-type]
    AppService(production, "api", source=SOURCE, port="3000")  # type: ignore[arg-type]
    AppService(stack, "api", source=SOURCE)  # type: ignore[arg-type]
    DockerService(production, "worker", image="a/b:1", registry="ghcr")  # type: ignore[arg-type]
    DockerService(production, "worker", image="a/b:1", ports=[80])  # type: ignore[list-item]
    DockerService(production, "worker", image="a/b:1", volumes={"/data": "/data"})  # type: ignore[call-arg]
    AppService(production, "api", source=SOURCE, domains=["shop.example.com"])  # type: ignore[call-arg]
    DatabaseService(production, "cache", engine=Engine.REDIS, volumes=["/data"])  # type: ignore[call-arg]
    DatabaseService(production, "cache", engine=Engine.REDIS, description=False)  # type: ignore[arg-type]
    RegistryAccount(stack, "r", registry="github", username="a", password=PASSWORD)  # type: ignore[arg-type]
    RegistryAccount(stack, "r", registry=Registry.QUAY, username="a", password="hunter2")  # type: ignore[arg-type]
    AzureDevOps("acme/platform/shop", branch="main")  # type: ignore[call-arg]
    Gitea("acme/shop", branch="main")  # type: ignore[call-arg]
    print(Builder.NIXPACKS)  # type: ignore[attr-defined]
    web.connect_to("orders")  # type: ignore[arg-type]
    web.connect_to(orders, variables="DATABASE_URL")  # type: ignore[arg-type]
    web.connect_to(orders, "DATABASE_URL")  # type: ignore[call-arg]
    web.connect_to(orders, variables=DatabaseVariables({"host": "DB_HOST"}))  # type: ignore[dict-item]
    web.add_variable("PORT", 3000)  # type: ignore[arg-type]
    orders.connect_to(web)  # type: ignore[attr-defined]


def places(stack: DflowStack) -> None:
    """Describe the rest wrongly."""
    Environment(stack, "live", worker_nodes=["fra-1"])  # type: ignore[call-arg]
    Environment(stack, "live", application="shop", worker_nodes=[1])  # type: ignore[list-item]
    Environment(stack, "live", application="shop", egress=["18.195.4.7"])  # type: ignore[arg-type]
    DflowStack(stack, "shop", api_key="secret")  # type: ignore[call-arg]
    DflowStack(stack, "shop", state="s3")  # type: ignore[arg-type]
    S3State("states")  # type: ignore[call-arg]


def values(stack: DflowStack, cache: DatabaseService, web: AppService) -> None:
    """Describe variables, secrets, TLS and policies wrongly."""
    print(cache.ref.url)  # type: ignore[attr-defined]
    print(web.ref.uri)  # type: ignore[attr-defined]
    Combined(5)  # type: ignore[arg-type]
    Generated("key", seed="hunter2")  # type: ignore[arg-type]
    Raw("007")  # type: ignore[call-arg]
    Base64(b"text")  # type: ignore[arg-type]
    Secret.from_vault("kv", "shop/orders")  # type: ignore[call-arg]
    Secret.from_onepassword("vault", title="Orders", field="password")  # type: ignore[arg-type]
    Secret.insecure_literal("hunter2")  # type: ignore[call-arg]
    Tls.DISABLED()  # type: ignore[call-arg]
    Tls.VERIFY_FULL.trusting("/etc/ssl/ca.pem")  # type: ignore[arg-type]
    CertificateAuthority.of_vendor("/tmp/orders.pem")  # type: ignore[call-arg]
    CertificateAuthority.from_url(file="/tmp/orders.pem")  # type: ignore[call-arg]
    CertificateAuthority.from_url("https://example.com/ca.pem", sha256=b"0f")  # type: ignore[arg-type]
    RequireTls(at_least="require")  # type: ignore[arg-type]
    RequireTls.acknowledge(stack)  # type: ignore[call-arg]
    NoAllowlist()  # type: ignore[call-arg]
