"""`provider::dflow::connection_url`, read back as clients read it."""

from decimal import Decimal
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dflow_provider.functions.connection_url import ConnectionUrl
from dflow_provider.schema import FunctionError

POSITIONS = ("engine", "host", "port", "database", "user", "password", "options")
ENGINES = ("postgres", "mysql", "mariadb", "mongodb", "mongo", "redis", "rediss", "clickhouse")


def url(engine: str = "postgres", host: str = "db", **parts: object) -> str:
    arguments = {"engine": engine, "host": host, **parts}
    return str(ConnectionUrl().call([arguments.get(name) for name in POSITIONS]))


def refusal(engine: str = "postgres", host: str = "db", **parts: object) -> FunctionError:
    with pytest.raises(FunctionError) as refused:
        url(engine, host, **parts)
    return refused.value


@pytest.mark.parametrize(
    ("engine", "scheme"),
    [
        ("postgres", "postgresql"),
        ("mysql", "mysql"),
        ("mariadb", "mysql"),
        ("mongodb", "mongodb"),
        ("mongo", "mongodb"),
        ("mongodb+srv", "mongodb+srv"),
        ("redis", "redis"),
        ("rediss", "rediss"),
        ("clickhouse", "clickhouse"),
    ],
)
def test_each_engine_has_its_scheme(engine: str, scheme: str):
    assert url(engine, "db.example.com", user="u", password="p") == f"{scheme}://u:p@db.example.com"


def test_everything_together():
    made = url(
        port=5432, database="orders", user="app", password="p@ss/w%rd", options={"sslmode": "verify-full", "a": "b c"}
    )

    assert made == "postgresql://app:p%40ss%2Fw%25rd@db:5432/orders?a=b%20c&sslmode=verify-full"


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ({}, "redis://db"),
        ({"port": 6379}, "redis://db:6379"),
        ({"password": "p"}, "redis://:p@db"),
        ({"user": "u"}, "redis://u@db"),
        ({"database": "2"}, "redis://db/2"),
        ({"options": {"a": "1"}}, "redis://db/?a=1"),
        ({"options": {}}, "redis://db"),
        ({"options": {"a": None, "b": ""}}, "redis://db/?b="),
    ],
)
def test_null_parts_are_left_out(parts: dict[str, object], written: str):
    assert url("redis", **parts) == written


@pytest.mark.parametrize("host", ["2001:db8::7", "[2001:db8::7]"])
def test_an_ipv6_host_is_bracketed_once(host: str):
    assert url(host=host, port=5432) == "postgresql://[2001:db8::7]:5432"


@pytest.mark.parametrize("engine", ENGINES)
@given(
    user=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    password=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    options=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text(min_size=1)),
)
def test_every_part_comes_back_as_it_was_given(engine: str, user: str, password: str, options: dict[str, str]):
    made = urlsplit(url(engine, "203.0.113.7", port=1234, database="7", user=user, password=password, options=options))

    assert (made.hostname, made.port, made.path) == ("203.0.113.7", 1234, "/7")
    assert (unquote(made.username or ""), unquote(made.password or "")) == (user, password)
    assert parse_qsl(made.query, keep_blank_values=True) == sorted(options.items())


@pytest.mark.parametrize(
    ("parts", "argument", "said"),
    [
        ({"engine": "oracle"}, "engine", "use one of postgres, mysql"),
        ({"host": ""}, "host", "The host is empty"),
        ({"host": "db:5432"}, "host", "the port is an argument of its own"),
        ({"host": "a b"}, "host", "no host name"),
        ({"host": "a,b"}, "host", "one name"),
        ({"host": "fe80::1%eth0"}, "host", "no host name"),
        ({"host": "bücher.example"}, "host", "ASCII"),
        ({"port": 0}, "port", "from 1 to 65535"),
        ({"port": 65536}, "port", "from 1 to 65535"),
        ({"port": Decimal("1.5")}, "port", "whole number"),
        ({"database": ""}, "database", "Use null to leave it out"),
        ({"engine": "redis", "database": "orders"}, "database", "Redis, which numbers them"),
        ({"user": ""}, "user", "Use null"),
        ({"user": "u", "password": ""}, "password", "Use null"),
        ({"engine": "mongodb", "password": "p"}, "user", "no password without a user"),
        ({"engine": "mongodb+srv", "port": 27017}, "port", "finds its ports in DNS"),
        ({"engine": "mongodb+srv", "host": "203.0.113.7"}, "host", "looks its servers up in DNS"),
        ({"options": {"": "x"}}, "options", "empty name"),
    ],
)
def test_what_makes_no_url_is_refused_with_the_argument(parts: dict[str, object], argument: str, said: str):
    refused = refusal(**parts)

    assert said in refused.text
    assert POSITIONS[refused.argument] == argument


def test_a_url_in_place_of_a_host_is_not_repeated():
    assert "hunter2" not in refusal(host="postgresql://app:hunter2@db").text
