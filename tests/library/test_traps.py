"""What dFlow and its nodes do to a program, and that the program is told or does what is safe.

Each trap is a row of the table in docs/caveats.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dflow_constructs import (
    App,
    AppService,
    AwsSecurityGroup,
    Base64,
    Builder,
    Combined,
    DatabaseService,
    DatabaseVariables,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    Generated,
    GitHub,
    Raw,
    Reference,
    Secret,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "caveats.md"
SOURCE = GitHub("acme/shop", branch="main")


class Shop:
    """A program with one of everything."""

    def __init__(self, app: App) -> None:
        self.stack = DflowStack(app, "shop")
        self.production = Environment(self.stack, "production", application="shop", worker_nodes=["fra-1"])
        self.staging = Environment(self.stack, "staging", application="shop", worker_nodes=["fra-2"])
        self.cache = DatabaseService(self.production, "cache", engine=Engine.REDIS)
        self.legacy = DatabaseService(self.production, "legacy", engine=Engine.MARIADB)
        self.elsewhere = DatabaseService(self.staging, "cache", engine=Engine.REDIS)
        self.web = AppService(self.production, "web", source=SOURCE)
        self.orders = ExternalDatabase(
            self.stack,
            "orders",
            engine=Engine.POSTGRES,
            host="db.example.com",
            username="shop",
            password=Secret.from_environment("P"),
            allowlist=AwsSecurityGroup("sg-0123456789abcdef0"),
        )

    def variable(self, value) -> None:
        self.web.add_variable("X", value)


Use = Callable[[Shop], object]

REFUSED: list[tuple[str, Use, str]] = [
    ("drops text behind", lambda s: s.variable("{{ shop-production-cache.REDIS_URI }}/0"), "Combined(Reference("),
    (
        "drops text behind",
        lambda s: s.variable("\ufeff {{ shop-production-cache.REDIS_URI }}/0"),
        "dFlow drops what follows",
    ),
    *(
        ("runs `$`, backticks", lambda s, c=character: s.variable(f"pa{c}ss"), "which the shell of the Worker Node")
        for character in '$`"\\\n\r\0'
    ),
    ("makes another value", lambda s: s.variable("{{ secret(32, 'abc') }}"), 'Generated("session-key", seed=…)'),
    *(
        (
            "runs `$`, backticks",
            lambda s, c=character: s.variable(Raw(f"{{{{ secret(32, 'ab{c}') }}}}", reason="it may change")),
            "has dFlow choose from characters that hold",
        )
        for character in "$`\\"
    ),
    ("makes another value", lambda s: s.variable("{{ secret(32) }}"), "makes up a new value whenever"),
    ("takes any `{{`", lambda s: s.variable("Hello {{ name }}"), "replaces by nothing"),
    ("takes any `{{`", lambda s: s.variable("{{ open"), "without a matching }}"),
    ("takes any `{{`", lambda s: s.variable("{{ a}b.C }}"), "replaces by nothing"),
    ("takes any `{{`", lambda s: s.variable("{{ a.B }} and {{ c }}"), "replaces by nothing"),
    ("honours no", lambda s: s.variable("${{redis:cache.REDIS_URI}}"), "holds a dollar sign"),
    ("answers `MARIADB_*`", lambda s: s.variable("{{ shop-production-legacy.MARIA_URI }}"), "answers to MARIADB_URI"),
    (
        "answers `MARIADB_*`",
        lambda s: s.variable("{{ shop-production-legacy.MARIADB_PUBLIC_URL }}"),
        "answers to MARIADB_URI",
    ),
    (
        "takes the engine",
        lambda s: s.variable("{{ shop-production-cache.MYSQL_URI }}"),
        "a redis database answers to REDIS_URI",
    ),
    ("has no user", lambda s: s.cache.ref.username, "ref.username would be empty"),
    ("has no user", lambda s: s.cache.ref.name, "ref.name would be empty"),
    (
        "has no user",
        lambda s: s.variable("{{ shop-production-cache.REDIS_USERNAME }}"),
        "a redis database answers to REDIS_URI, REDIS_PASSWORD",
    ),
    (
        "has no user",
        lambda s: s.variable(Reference("shop-production-cache", "REDIS_NAME")),
        "a redis database answers to REDIS_URI, REDIS_PASSWORD",
    ),
    (
        "finds no public name",
        lambda s: s.variable("{{ shop-production-cache.REDIS_PUBLIC_URI }}"),
        "ask for the private one, {{ shop-production-cache.REDIS_URI }}",
    ),
    (
        "reaches no database",
        lambda s: s.variable(s.elsewhere.ref.uri),
        "references reach only Services of the same Environment",
    ),
    ("reaches no database", lambda s: s.web.connect_to(s.elsewhere), "can be reached from there only"),
    (
        "reads Variables of any app",
        lambda s: s.variable("{{ another-tenant-web.TOKEN }}"),
        "has no Service of that name; it has shop-production-cache",
    ),
    ("knows no external database", lambda s: s.variable("{{ orders.POSTGRES_URI }}"), "call connect_to(orders)"),
    (
        "cannot refer to a Service",
        lambda s: s.variable("{{ 2nd.REDIS_URI }}"),
        "does not know, and replaces by nothing",
    ),
    (
        "cannot refer to a Service",
        lambda s: Environment(s.stack, "2nd", application="4711", name="2nd"),
        "begin with a letter",
    ),
    (
        "calls a Service",
        lambda s: s.variable("{{ cache.REDIS_URI }}"),
        "did you mean {{ shop-production-cache.REDIS_URI }}?",
    ),
    (
        "sets `<SERVICE>_DB_URL`",
        lambda s: s.web.add_variables({"SHOP_PRODUCTION_CACHE_DB_URL": "x", "X": s.cache.ref.uri}),
        "is also the one that dFlow itself sets",
    ),
    (
        "takes any key",
        lambda s: s.web.add_variable("PAYLOAD-SECRET", "x"),
        "rename it, for example to 'PAYLOAD_SECRET'",
    ),
    (
        "keeps two rows",
        lambda s: (s.variable("a"), s.variable("b")),
        "'X' already has another value from the service's own variables",
    ),
    (
        "has records of one name",
        lambda s: DatabaseService(s.production, "other", name="web", engine=Engine.REDIS),
        "shop/production/web is already called that",
    ),
    (
        "notes `999.999.999.999`",
        lambda s: s.production.add_egress("nat-a", "999.999.999.999"),
        "is what dFlow notes for a node without an address",
    ),
    ("stores `007`", lambda s: s.variable("007"), "which the node's storage turns into '7'"),
    ("cuts off what holds", lambda s: s.variable("{'colour': '#fff'}"), "which the node's storage cuts off"),
    (
        "sets all Variables",
        lambda s: s.web.add_variables({f"X{part}": "x" * 19_900 for part in range(7)}),
        "dFlow sets them with one command, which Linux does not run from 128 KiB on",
    ),
    ("stores a value encrypted", lambda s: s.variable("x" * 19_983), "takes no more than 19,982"),
]

SAFE: list[tuple[str, Use, dict[str, str]]] = [
    ("runs `$`, backticks", lambda s: s.variable(Base64("pa$$word")), {"X": "cGEkJHdvcmQ="}),
    (
        "drops text behind",
        lambda s: s.variable(Combined(s.cache.ref.uri, "/0")),
        {"X": r"\{\{ shop-production-cache\.REDIS_URI \}\}/0\{\{ shop-production-web\.DFLOW_NOTHING \}\}"},
    ),
    (
        "makes another value",
        lambda s: s.variable(Generated("key", seed=Secret.from_environment("SEED"))),
        {"X": r"\$\{substr\(sha512\(.*\), 0, 64\)\}"},
    ),
    (
        "answers `MARIADB_*`",
        lambda s: s.variable(s.legacy.ref.uri),
        {"X": r"\{\{ shop-production-legacy\.MARIADB_URI \}\}"},
    ),
    (
        "has no user",
        lambda s: s.web.connect_to(s.cache, variables=DatabaseVariables.separate(prefix="C_")),
        {"C_HOST": r"\{\{.*_HOST \}\}", "C_PORT": r"\{\{.*_PORT \}\}", "C_PASSWORD": r"\{\{.*_PASSWORD \}\}"},
    ),
    (
        "calls a Service",
        lambda s: s.web.connect_to(s.cache),
        {"REDIS_URL": r"\{\{ shop-production-cache\.REDIS_URI \}\}"},
    ),
    (
        "knows no external database",
        lambda s: s.web.connect_to(s.orders),
        {"DATABASE_URL": r"postgresql://shop:\$\{.*\}@db\.example\.com:5432/\?sslmode=verify-full"},
    ),
    (
        "looks at no password",
        lambda s: s.web.connect_to(s.orders),
        {"DATABASE_URL": r'.*\$\{replace\(urlencode\(ephemeral\..*\.value\), "\+", "%20"\)\}.*'},
    ),
]

BY_TYPE = {"leaves deployments"}
"""Traps that cannot be written at all."""


@pytest.fixture
def shop(app: App) -> Shop:
    return Shop(app)


@pytest.mark.parametrize(("trap", "use", "words"), REFUSED, ids=[trap for trap, *_ in REFUSED])
def test_a_trap_is_told(shop: Shop, synthesize, trap: str, use: Use, words: str):
    def used_and_synthesized() -> None:
        use(shop)
        synthesize(shop.stack)

    with pytest.raises((ValueError, RuntimeError)) as refusal:
        used_and_synthesized()

    assert words in str(refusal.value)
    assert "shop/production" in str(refusal.value) or "shop/2nd" in str(refusal.value)


@pytest.mark.parametrize(("trap", "use", "expected"), SAFE, ids=[trap for trap, *_ in SAFE])
def test_the_safe_way_is_there(shop: Shop, synthesize, trap: str, use: Use, expected: dict[str, str]):
    use(shop)

    (block,) = synthesize(shop.stack)["resource"]["dflow_service_variables"].values()
    found = {**block.get("variables", {}), **block.get("secret_variables_wo", {})}
    assert set(found) == set(expected)
    assert all(re.fullmatch(expected[key], found[key]) for key in found), found


def test_no_builder_is_left_queued():
    assert {builder.value for builder in Builder}.isdisjoint({"nixpacks", "herokuBuildPacks"})


def test_the_table_has_a_row_for_each_trap_and_no_other():
    page = PAGE.read_text(encoding="utf-8")
    table = page[page.index("| dFlow, or the node | A program |") :].split("\n\n")[0]
    rows = [line.removeprefix("| ") for line in table.splitlines()[2:]]
    traps = {trap for trap, *_ in [*REFUSED, *SAFE]} | BY_TYPE

    assert {trap for trap in traps if sum(row.startswith(trap) for row in rows) != 1} == set()
    assert [row for row in rows if not row.startswith(tuple(traps))] == []
