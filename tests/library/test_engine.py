"""Engines that dFlow does not run."""

import pytest

from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    ConfigurationError,
    DatabaseField,
    DatabaseService,
    DatabaseVariables,
    DflowStack,
    Engine,
    ExternalDatabase,
    ExternalEngine,
    Secret,
    Tls,
    TlsMode,
)

ORACLE = Engine.custom("oracle", scheme="oracle", port=1521, tls={TlsMode.VERIFY_FULL: "ssl_server_dn_match=true"})


def database(stack: DflowStack, engine, **facts) -> ExternalDatabase:
    given = {"host": "db.example.com", "username": "shop", "database": "o", **facts}
    return ExternalDatabase(
        stack,
        "orders",
        engine=engine,
        password=Secret.from_environment("PW"),
        allowlist=AwsSecurityGroup("sg-0123456789abcdef0"),
        **given,
    )


@pytest.mark.parametrize(
    ("engine", "facts", "expected"),
    [
        (ExternalEngine.MONGODB_SRV, {}, "mongodb+srv://shop:{}@db.example.com/o?tls=true"),
        (
            ExternalEngine.VALKEY,
            {"username": None, "database": "0"},
            "rediss://:{}@db.example.com:6379/0?ssl_check_hostname=true",
        ),
        (ExternalEngine.COCKROACHDB, {}, "postgresql://shop:{}@db.example.com:26257/o?sslmode=verify-full"),
        (
            ExternalEngine.SQL_SERVER,
            {"database": "o r"},
            "sqlserver://shop:{}@db.example.com:1433?database=o%20r&encrypt=true&trustServerCertificate=false",
        ),
        (
            ExternalEngine.SQL_SERVER,
            {"database": None, "tls": Tls.REQUIRE},
            "sqlserver://shop:{}@db.example.com:1433?encrypt=true&trustServerCertificate=true",
        ),
        (
            ExternalEngine.SNOWFLAKE,
            {"host": "acme-shop.snowflakecomputing.com"},
            "snowflake://shop:{}@acme-shop/o",
        ),
        (ORACLE, {}, "oracle://shop:{}@db.example.com:1521/o?ssl_server_dn_match=true"),
        (ORACLE, {"port": 2484}, "oracle://shop:{}@db.example.com:2484/o?ssl_server_dn_match=true"),
    ],
)
def test_the_url_is_the_one_that_clients_read(stack, engine, facts: dict, expected: str):
    value = database(stack, engine, **facts).value_of(DatabaseField.URL)

    before, after = value.texts
    assert f"{before}{{}}{after}" == expected


@pytest.mark.parametrize(
    ("engine", "port"),
    [(ExternalEngine.MONGODB_SRV, 27017), (ExternalEngine.SNOWFLAKE, 443), (ORACLE, 1521)],
)
def test_the_port_that_is_opened_is_the_engine_s_own(stack, web, synthesize, engine, port: int):
    web.connect_to(database(stack, engine))

    (allowlist,) = synthesize(stack)["resource"]["dflow_aws_security_group_allowlist"].values()
    assert allowlist["port"] == port


def test_what_is_found_through_dns_has_no_port_variable(stack, web: AppService, synthesize):
    web.connect_to(database(stack, ExternalEngine.MONGODB_SRV), variables=DatabaseVariables.separate())

    (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
    assert sorted(variables["variables"]) == ["DB_HOST", "DB_NAME", "DB_SSLMODE", "DB_USER"]


@pytest.mark.parametrize(
    ("engine", "facts", "words"),
    [
        (
            ExternalEngine.MONGODB_SRV,
            {"port": 27017},
            "port 27017 is given, and a mongodb\\+srv URL has none; leave it",
        ),
        (ExternalEngine.SNOWFLAKE, {"tls": Tls.REQUIRE}, "tls is REQUIRE, which no snowflake URL can ask for"),
        (ORACLE, {"tls": Tls.VERIFY_CA}, "tls is VERIFY_CA, which no oracle URL can ask for \\(VERIFY_FULL can be\\)"),
        (ExternalEngine.COCKROACHDB, {"username": None}, "a cockroachdb database asks for a user"),
        ("postgres", {}, "engine is 'postgres'; pass an Engine such as Engine.POSTGRES"),
    ],
)
def test_what_cannot_be_said_is_refused(stack, engine, facts: dict, words: str):
    with pytest.raises(ConfigurationError, match=words):
        database(stack, engine, **facts)


def test_dflow_does_not_run_them(production):
    with pytest.raises(ConfigurationError, match="which dFlow does not run; it runs POSTGRES, MYSQL"):
        DatabaseService(production, "db", engine=ExternalEngine.SNOWFLAKE)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"scheme": "oracle://"}, r"Engine.custom\('oracle'\): scheme 'oracle://' is none"),
        ({"port": 0}, "port 0 does not exist"),
        ({"tls": {}}, "tls is empty, and nobody could connect; say what its URLs write"),
    ],
)
def test_an_engine_of_one_s_own_is_described_in_full(facts: dict, words: str):
    with pytest.raises(ConfigurationError, match=words):
        Engine.custom("oracle", **{"scheme": "oracle", "port": 1521, "tls": {TlsMode.DISABLED: ""}, **facts})
