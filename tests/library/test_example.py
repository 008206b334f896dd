"""The program a newcomer reads first."""

from dflow_cdk import cdk
from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    Builder,
    Connection,
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


def program(app: cdk.App) -> DflowStack:
    stack = DflowStack(app, "shop")
    orders = ExternalDatabase(
        stack,
        "orders",
        engine=Engine.POSTGRES,
        host="orders.abc.eu-central-1.rds.amazonaws.com",
        database="orders",
        username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD"),
        tls=Tls.VERIFY_FULL,
        allowlist=AwsSecurityGroup("sg-0123456789abcdef0"),
    )

    production = Environment(stack, "production", application="shop", worker_nodes=["fra-1"])
    cache = DatabaseService(production, "cache", engine=Engine.REDIS)
    web = AppService(production, "web", source=GitHub("acme/shop", branch="main"), builder=Builder.RAILPACK, port=3000)
    web.connect_to(orders)
    web.connect_to(cache, variable="REDIS_URL")
    worker = DockerService(production, "worker", image="ghcr.io/acme/worker:1.4.2")
    worker.connect_to(orders, variables=DatabaseVariables.separate(prefix="DB_"))

    staging = Environment(stack, "staging", application="shop", worker_nodes=["fra-2"])
    AppService(
        staging, "web", source=GitHub("acme/shop", branch="next"), builder=Builder.RAILPACK, port=3000
    ).connect_to(orders)
    return stack


def test_the_example_reaches_what_it_says(synthesize):
    stack = program(cdk.Testing.app())

    assert stack.connections == (
        Connection("shop/production/web", "shop/orders", ("DATABASE_URL",), ("fra-1",)),
        Connection("shop/production/web", "shop/production/cache", ("REDIS_URL",), ()),
        Connection(
            "shop/production/worker",
            "shop/orders",
            ("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "DB_SSLMODE"),
            ("fra-1",),
        ),
        Connection("shop/staging/web", "shop/orders", ("DATABASE_URL",), ("fra-2",)),
    )
    (allowlist,) = synthesize(stack)["resource"]["dflow_aws_security_group_allowlist"].values()
    assert sorted(allowlist["entries"]) == ["fra-1", "fra-2"]


def test_the_example_synthesizes_to_the_same_files_twice(tmp_path):
    """An `App` of the CDK's own, as a program has it, and the files it leaves behind."""
    for name in ("one", "two"):
        app = cdk.App(outdir=str(tmp_path / name))
        program(app)
        app.synth()

    first = (tmp_path / "one" / "stacks" / "shop" / "cdk.tf.json").read_bytes()
    assert first == (tmp_path / "two" / "stacks" / "shop" / "cdk.tf.json").read_bytes()
