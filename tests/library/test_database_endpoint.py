"""Poolers and read replicas: further places of one database."""

import pytest

from dflow_constructs import (
    AwsSecurityGroup,
    ConfigurationError,
    Connection,
    Database,
    DatabaseField,
    DatabaseVariables,
    DflowStack,
    Endpoint,
    Engine,
    ExternalDatabase,
    ExternalEngine,
    Manager,
    Neon,
    Secret,
)

GROUP = AwsSecurityGroup("sg-0123456789abcdef0")
PASSWORD = '${replace(urlencode(ephemeral.dflow_process_environment.secret-PW.value), "+", "%20")}'


def database(stack: DflowStack, allowlist=GROUP, **places) -> ExternalDatabase:
    return ExternalDatabase(
        stack,
        "orders",
        engine=Engine.POSTGRES,
        host="db.example.com",
        database="o",
        username="shop",
        password=Secret.from_environment("PW"),
        allowlist=allowlist,
        **places,
    )


def lists(configuration: dict) -> dict[str, dict]:
    resources = configuration["resource"]
    return {
        name: block
        for kind, blocks in resources.items()
        if kind.endswith("_allowlist")
        for name, block in blocks.items()
    }


def secrets(configuration: dict) -> dict[str, str]:
    (variables,) = configuration["resource"]["dflow_service_variables"].values()
    return variables["secret_variables_wo"]


def test_prisma_asks_the_pooler_and_migrates_past_it(stack, web, synthesize):
    pooler = Endpoint("pooler.example.com", port=6543, options={"pgbouncer": "true"})
    web.connect_to(database(stack, pooler=pooler), variables=DatabaseVariables.prisma())

    configuration = synthesize(stack)
    tls = "sslmode=require&sslaccept=strict"
    assert secrets(configuration) == {
        "DATABASE_URL": f"postgresql://shop:{PASSWORD}@pooler.example.com:6543/o?{tls}&pgbouncer=true",
        "DIRECT_URL": f"postgresql://shop:{PASSWORD}@db.example.com:5432/o?{tls}",
    }


def test_another_port_of_a_list_of_ports_is_another_door(stack, web, synthesize):
    orders = database(stack, pooler=Endpoint("db.example.com", port=6543))
    web.connect_to(orders, variables=DatabaseVariables.prisma())

    configuration = synthesize(stack)
    assert {(block["port"], block["owner"], *block["entries"]) for block in lists(configuration).values()} == {
        (5432, "shop/orders", "fra-1"),
        (6543, "shop/orders/pooler", "fra-1"),
    }
    (variables,) = configuration["resource"]["dflow_service_variables"].values()
    assert sorted(variables["depends_on"]) == sorted(
        f"dflow_aws_security_group_allowlist.{name}" for name in lists(configuration)
    )


def test_only_the_door_that_is_used_is_opened(stack, web, synthesize):
    orders = database(stack, pooler=Endpoint("db.example.com", port=6543))
    web.connect_to(orders.pooler)

    assert [block["port"] for block in lists(synthesize(stack)).values()] == [6543]
    assert web.connections == (Connection("shop/production/web", "shop/orders", ("DATABASE_URL",), ("fra-1",)),)


@pytest.mark.parametrize(
    "allowlist",
    [Neon(project_id="cool-forest-12345678"), AwsSecurityGroup("sg-0123456789abcdef0", manager=Manager.OFFICIAL)],
    ids=["all ports", "official, by port"],
)
def test_a_list_of_all_ports_has_one_door(stack, web, synthesize, allowlist):
    orders = database(stack, allowlist, replicas={"eu": Endpoint("eu.example.com", port=5433)})
    web.connect_to(orders)
    web.connect_to(orders.replica("eu"), variable="REPLICA_URL")

    configuration = synthesize(stack)
    assert secrets(configuration)["REPLICA_URL"].endswith("@eu.example.com:5433/o?sslmode=verify-full")
    if isinstance(allowlist, Neon):
        assert len(lists(configuration)) == 1
    else:
        rules = configuration["resource"]["aws_vpc_security_group_ingress_rule"].values()
        assert {rule["from_port"] for rule in rules} == {5432, 5433}


def test_a_place_may_have_a_list_of_its_own(stack, web, synthesize):
    proxy = AwsSecurityGroup("sg-0fedcba9876543210")
    orders = database(stack, pooler=Endpoint("proxy.example.com", allowlist=proxy))
    web.connect_to(orders.pooler, variable="POOLED_URL")
    web.connect_to(orders)

    assert {block["security_group_id"] for block in lists(synthesize(stack)).values()} == {
        "sg-0123456789abcdef0",
        "sg-0fedcba9876543210",
    }


def test_a_connection_through_two_places_is_one(stack, web):
    orders = database(stack, replicas={"eu": Endpoint("eu.example.com")})
    web.connect_to(orders)
    web.connect_to(orders.replica("eu"), variable="REPLICA_URL")
    web.connect_to(orders.replica("eu"), variable="REPLICA_URL")

    assert web.connections == (
        Connection("shop/production/web", "shop/orders", ("DATABASE_URL", "REPLICA_URL"), ("fra-1",)),
    )


def test_without_a_pooler_its_url_is_the_database_s(stack):
    orders = database(stack)

    assert orders.value_of(DatabaseField.POOLED_URL) == orders.value_of(DatabaseField.URL)


def test_a_place_is_a_database(stack):
    assert isinstance(database(stack, pooler=Endpoint("p.example.com")).pooler, Database)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda orders: orders.pooler, 'it has no pooler; name one, pooler=Endpoint\\("pooler.example.com"'),
        (lambda orders: orders.replica("us"), "it has no replica 'us', but eu; name it, replicas="),
    ],
)
def test_a_place_that_is_not_there_is_refused(stack, ask, words: str):
    with pytest.raises(ConfigurationError, match=words):
        ask(database(stack, replicas={"eu": Endpoint("eu.example.com")}))


def test_a_place_has_a_host_name(stack):
    with pytest.raises(ConfigurationError, match=r"host 'https://pooler\.example\.com' is no host name; leave out"):
        database(stack, pooler=Endpoint("https://pooler.example.com"))


def test_a_place_has_a_port_that_exists(stack):
    with pytest.raises(ConfigurationError, match="shop/orders: port 70000 does not exist; use 1 to 65535"):
        database(stack, pooler=Endpoint("pooler.example.com", port=70_000))


def test_a_place_of_an_engine_without_ports_has_none(stack):
    with pytest.raises(
        ConfigurationError, match=r"Endpoint\(port=1\) is given, and a snowflake URL has no port; leave"
    ):
        ExternalDatabase(
            stack,
            "orders",
            engine=ExternalEngine.SNOWFLAKE,
            host="acme.snowflakecomputing.com",
            username="shop",
            password=Secret.from_environment("PW"),
            allowlist=GROUP,
            replicas={"eu": Endpoint("eu.snowflakecomputing.com", port=1)},
        )


@pytest.mark.parametrize(
    "name",
    [
        "sslmode",
        "ssl-mode",
        "sslrootcert",
        "useSSL",
        "tls",
        "tlsInsecure",
        "secure",
        "encrypt",
        "trustServerCertificate",
    ],
)
def test_a_place_cannot_undo_the_protection_of_its_database(name: str):
    with pytest.raises(ConfigurationError, match=f"option '{name}' is about who logs in where, or how that is protec"):
        Endpoint("eu.example.com", options={name: "disable"})


@pytest.mark.parametrize("name", ["host", "user", "password", "database"])
def test_a_place_has_the_login_of_its_database(name: str):
    with pytest.raises(ConfigurationError, match="leave it out, and give the database its") as refusal:
        Endpoint("eu.example.com", options={name: "hunter2"})

    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    "options", [{"a b&host=x": "1"}, {"": "1"}, {"pool": 5}, {"pool": Secret.from_environment("P")}]
)
def test_an_option_is_a_name_and_a_text(options: dict):
    with pytest.raises(ConfigurationError, match="is no name with a text; write options="):
        Endpoint("eu.example.com", options=options)


@pytest.mark.parametrize("places", [{"pooler": "eu.example.com"}, {"replicas": {"eu": "eu.example.com"}}])
def test_a_place_is_an_endpoint(stack, places: dict):
    with pytest.raises(
        ConfigurationError, match=r'shop/orders: .* is a str; write Endpoint\("eu\.example\.com", port='
    ):
        database(stack, **places)


def test_a_replica_has_a_name(stack):
    with pytest.raises(ConfigurationError, match=r"a replica of eu\.example\.com has no name; give it one, replicas="):
        database(stack, replicas={"": Endpoint("eu.example.com")})


def test_two_places_that_fill_one_variable_are_both_named(stack, web):
    orders = database(stack, replicas={"eu": Endpoint("eu.example.com")})
    web.connect_to(orders)

    with pytest.raises(
        ConfigurationError,
        match="comes from the connection to shop/orders, and the connection to shop/orders/replica-eu would set it",
    ):
        web.connect_to(orders.replica("eu"))
