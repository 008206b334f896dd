"""Connection URLs in each engine's own words."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dflow_cdk import cdk
from dflow_constructs import (
    CertificateAuthority,
    ConfigurationError,
    DflowStack,
    Engine,
    ExternalDatabase,
    ExternalEngine,
    Secret,
    Tls,
)
from dflow_constructs.database import DatabaseField
from dflow_constructs.database_url import connection_url
from dflow_constructs.tls import TlsMode
from dflow_constructs.url_form import form_of

SECRET = Secret.from_environment("ORDERS_PASSWORD")
PASSWORD = "<ORDERS_PASSWORD 1 percent>"


class NoAllowlist:
    """Stands in where a test never opens a door."""

    def check(self, where) -> None:
        """Nothing is wrong with it."""


def database(stack: DflowStack, engine: Engine, **facts) -> ExternalDatabase:
    given = {"host": "db.example.com", "username": "shop", "password": SECRET, "allowlist": NoAllowlist(), **facts}
    return ExternalDatabase(stack, "orders", engine=engine, **given)


def url(stack: DflowStack, engine: Engine, **facts) -> str:
    return database(stack, engine, **facts).value_of(DatabaseField.URL).outline


@pytest.mark.parametrize(
    ("engine", "facts", "expected"),
    [
        (Engine.POSTGRES, {"database": "o"}, "postgresql://shop:{}@db.example.com:5432/o?sslmode=verify-full"),
        (
            Engine.POSTGRES,
            {"database": "o", "tls": Tls.VERIFY_CA, "port": 6432},
            "postgresql://shop:{}@db.example.com:6432/o?sslmode=verify-ca",
        ),
        (Engine.POSTGRES, {"tls": Tls.REQUIRE}, "postgresql://shop:{}@db.example.com:5432/?sslmode=require"),
        (
            Engine.POSTGRES,
            {"tls": Tls.disabled(reason="private tunnel")},
            "postgresql://shop:{}@db.example.com:5432/?sslmode=disable",
        ),
        (Engine.MYSQL, {"database": "o"}, "mysql://shop:{}@db.example.com:3306/o?ssl-mode=VERIFY_IDENTITY"),
        (
            Engine.MYSQL,
            {"database": "o", "tls": Tls.REQUIRE},
            "mysql://shop:{}@db.example.com:3306/o?ssl-mode=REQUIRED",
        ),
        (Engine.MARIADB, {"tls": Tls.VERIFY_CA}, "mysql://shop:{}@db.example.com:3306/?ssl-mode=VERIFY_CA"),
        (Engine.MONGODB, {"database": "o"}, "mongodb://shop:{}@db.example.com:27017/o?tls=true"),
        (
            Engine.MONGODB,
            {"tls": Tls.VERIFY_CA.trusting(CertificateAuthority.in_file("/ca.pem"))},
            "mongodb://shop:{}@db.example.com:27017/?tls=true&tlsAllowInvalidHostnames=true&tlsCAFile=%2Fca.pem",
        ),
        (ExternalEngine.VALKEY, {}, "rediss://shop:{}@db.example.com:6379/?ssl_check_hostname=true"),
        (Engine.REDIS, {"username": None}, "rediss://:{}@db.example.com:6379"),
        (Engine.REDIS, {"database": "2"}, "rediss://shop:{}@db.example.com:6379/2"),
        (Engine.REDIS, {"tls": Tls.disabled(reason="tunnel")}, "redis://shop:{}@db.example.com:6379"),
        (Engine.CLICKHOUSE, {"database": "o"}, "clickhouse://shop:{}@db.example.com:9440/o?secure=true"),
        (
            Engine.CLICKHOUSE,
            {"tls": Tls.disabled(reason="tunnel")},
            "clickhouse://shop:{}@db.example.com:9000/?secure=false",
        ),
    ],
)
def test_a_url_says_engine_place_and_protection(stack: DflowStack, engine: Engine, facts: dict, expected: str):
    assert url(stack, engine, **facts) == expected.format(PASSWORD)


def test_every_known_part_is_percent_encoded(stack: DflowStack):
    """A reader that follows the rules of URLs gets back what was written."""
    found = url(stack, Engine.POSTGRES, username="shop@acme:/?#", database="orders & more")

    read = urlsplit(found.replace(PASSWORD, "secret"))
    assert unquote(read.username) == "shop@acme:/?#"
    assert unquote(read.path) == "/orders & more"
    assert read.hostname == "db.example.com"


def test_an_ipv6_host_stands_in_brackets(stack: DflowStack):
    assert "@[2a05:d014::7]:5432/" in url(stack, Engine.POSTGRES, host="2a05:d014::7")


def test_the_password_is_percent_encoded_by_terraform(stack: DflowStack, web, orders, synthesize):
    """Only Terraform knows it; and a space must not come out as a plus sign."""
    web.connect_to(orders)

    (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
    assert variables["secret_variables_wo"] == {
        "DATABASE_URL": "postgresql://shop:"
        '${replace(urlencode(ephemeral.dflow_process_environment.secret-ORDERS_PASSWORD.value), "+", "%20")}'
        "@orders.example.com:5432/orders?sslmode=verify-full"
    }


@pytest.mark.parametrize("tls", [Tls.VERIFY_CA, Tls.REQUIRE])
@pytest.mark.parametrize("engine", [Engine.REDIS, Engine.CLICKHOUSE])
def test_a_protection_the_url_cannot_ask_for_is_refused(stack: DflowStack, engine: Engine, tls: Tls):
    with pytest.raises(ConfigurationError) as refusal:
        database(stack, engine, tls=tls)

    assert (
        f"shop/orders: tls is {tls.mode.name}, which no {engine.value} URL can ask for (VERIFY_FULL, DISABLED can be)"
        in str(refusal.value)
    )


@pytest.mark.parametrize("authority", [None, CertificateAuthority.in_variable("-----BEGIN CERTIFICATE-----")])
@pytest.mark.parametrize(
    ("engine", "field", "words"),
    [
        (Engine.MONGODB, DatabaseField.URL, "readers of a mongo URL would"),
        (ExternalEngine.MONGODB_SRV, DatabaseField.NODE_URL, "readers of a mongodb+srv URL for Node would"),
        (Engine.POSTGRES, DatabaseField.NODE_URL, "readers of a postgres URL for Node would"),
    ],
)
def test_an_unchecked_host_name_takes_an_authority_that_the_url_names(
    stack: DflowStack, engine, field, words, authority
):
    tls = Tls.VERIFY_CA if authority is None else Tls.VERIFY_CA.trusting(authority)

    with pytest.raises(ConfigurationError) as refusal:
        database(stack, engine, tls=tls).value_of(field)

    assert (
        f"shop/orders: tls is VERIFY_CA, and no file with the authority is named; {words} refuse every certificate, or "
        "take one that any authority of the system signed for any host; name a file, tls=Tls.VERIFY_CA.trusting("
        'CertificateAuthority.in_file("/etc/ssl/orders.pem")), or the one that the service writes, '
        'file="/tmp/orders.pem"'
    ) in str(refusal.value)


@pytest.mark.parametrize(
    ("engine", "field", "name", "words"),
    [
        (Engine.CLICKHOUSE, DatabaseField.URL, "o r", "a clickhouse URL decodes the ' ' in it"),
        (Engine.POSTGRES, DatabaseField.NODE_URL, "o/r", "a postgres URL for Node decodes the '/' in it"),
    ],
)
def test_a_database_whose_name_would_not_arrive_is_refused(stack: DflowStack, engine, field, name: str, words: str):
    with pytest.raises(ConfigurationError) as refusal:
        database(stack, engine, database=name).value_of(field)

    assert (
        f"shop/orders: database is {name!r}, and not every reader of {words}; choose other variables, "
        "variables=DatabaseVariables.separate(), or another name" in str(refusal.value)
    )


def test_a_database_whose_name_is_known_later_is_taken_as_it_comes(stack: DflowStack):
    later = cdk.TerraformVariable(stack, "name", type="string").string_value

    assert cdk.Token.is_unresolved(url(stack, Engine.CLICKHOUSE, database=later))


def test_clear_text_needs_a_reason():
    with pytest.raises(ConfigurationError, match="clear text and nobody could tell why; say it, reason="):
        Tls.disabled(reason=" ")


@given(username=st.text(min_size=1), name=st.text())
def test_whatever_a_part_holds_is_read_back(username: str, name: str):
    found = connection_url(
        form_of(Engine.POSTGRES),
        TlsMode.VERIFY_FULL,
        options={},
        username=username,
        password=SECRET,
        host="db.example.com",
        port="5432",
        database=name,
    )

    read = urlsplit(found.outline.replace(PASSWORD, "secret"))
    assert (unquote(read.username), unquote(read.path[1:]), read.port) == (username, name, 5432)
    assert not set(found.texts[0] + found.texts[1]) & set('$`"\\\n')
