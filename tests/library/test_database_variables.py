"""The variables that frameworks expect."""

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
)

PASSWORD = '${replace(urlencode(ephemeral.dflow_process_environment.secret-PW.value), "+", "%20")}'
BARE = "${ephemeral.dflow_process_environment.secret-PW.value}"


def database(stack: DflowStack, engine, id_: str = "orders", **facts) -> ExternalDatabase:
    given = {"host": "db.example.com", "username": "shop", "database": "o", **facts}
    return ExternalDatabase(
        stack,
        id_,
        engine=engine,
        password=Secret.from_environment("PW"),
        allowlist=AwsSecurityGroup("sg-0123456789abcdef0"),
        **given,
    )


@pytest.fixture
def variables(stack, web: AppService, synthesize):
    def of(database, choice: DatabaseVariables) -> dict[str, str]:
        web.connect_to(database, variables=choice)
        (found,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
        return {**found.get("variables", {}), **found.get("secret_variables_wo", {})}

    return of


def test_libpq_reads_its_own_names(stack, variables):
    assert variables(database(stack, Engine.POSTGRES), DatabaseVariables.libpq()) == {
        "PGHOST": "db.example.com",
        "PGPORT": "5432",
        "PGDATABASE": "o",
        "PGUSER": "shop",
        "PGPASSWORD": BARE,
        "PGSSLMODE": "verify-full",
    }


def test_names_of_another_engine_s_clients_are_refused(stack, web):
    with pytest.raises(ConfigurationError, match="read by clients of postgres, cockroachdb, and this is mysql; choose"):
        web.connect_to(database(stack, Engine.MYSQL), variables=DatabaseVariables.libpq())


@pytest.mark.parametrize(
    ("choice", "engine", "expected"),
    [
        (DatabaseVariables.django(), Engine.POSTGRES, "postgresql://shop:{}@db.example.com:5432/o?sslmode=verify-full"),
        (DatabaseVariables.django(), Engine.MYSQL, "mysql://shop:{}@db.example.com:3306/o?ssl_mode=VERIFY_IDENTITY"),
        (DatabaseVariables.rails(), Engine.POSTGRES, "postgresql://shop:{}@db.example.com:5432/o?sslmode=verify-full"),
        (DatabaseVariables.rails(), Engine.MARIADB, "mysql2://shop:{}@db.example.com:3306/o?ssl_mode=verify_identity"),
        (DatabaseVariables.node(), Engine.POSTGRES, "postgresql://shop:{}@db.example.com:5432/o?sslmode=verify-full"),
        (
            DatabaseVariables.node(),
            Engine.MYSQL,
            (
                "mysql://shop:{}@db.example.com:3306/o?"
                "ssl=%7B%22rejectUnauthorized%22%3Atrue%2C%22verifyIdentity%22%3Atrue%7D"
            ),
        ),
        (DatabaseVariables.node(), ExternalEngine.MONGODB_SRV, "mongodb+srv://shop:{}@db.example.com/o?tls=true"),
    ],
)
def test_each_framework_gets_the_url_it_reads(stack, variables, choice, engine, expected: str):
    assert variables(database(stack, engine), choice) == {"DATABASE_URL": expected.format(PASSWORD)}


def test_prisma_gets_a_url_for_queries_and_one_for_migrations(stack, variables):
    url = f"postgresql://shop:{PASSWORD}@db.example.com:5432/o?sslmode=require&sslaccept=strict"

    assert variables(database(stack, Engine.POSTGRES), DatabaseVariables.prisma()) == {
        "DATABASE_URL": url,
        "DIRECT_URL": url,
    }


@pytest.mark.parametrize(
    ("engine", "url"),
    [
        (Engine.POSTGRES, "jdbc:postgresql://db.example.com:5432/o?sslmode=verify-full"),
        (Engine.MYSQL, "jdbc:mysql://db.example.com:3306/o?sslMode=VERIFY_IDENTITY"),
        (Engine.MARIADB, "jdbc:mariadb://db.example.com:3306/o?sslMode=verify-full&useSsl=true"),
        (
            ExternalEngine.SQL_SERVER,
            "jdbc:sqlserver://db.example.com:1433;databaseName=o;encrypt=true;trustServerCertificate=false",
        ),
    ],
)
def test_spring_gets_a_url_without_the_password(stack, variables, engine, url: str):
    assert variables(database(stack, engine), DatabaseVariables.spring()) == {
        "SPRING_DATASOURCE_URL": url,
        "SPRING_DATASOURCE_USERNAME": "shop",
        "SPRING_DATASOURCE_PASSWORD": BARE,
    }


def test_a_reader_of_other_engines_is_refused(stack, web):
    with pytest.raises(
        ConfigurationError, match=r"shop/orders: JDBC reads URLs of postgres, .* and this is redis; cho"
    ):
        web.connect_to(database(stack, Engine.REDIS, database="0"), variables=DatabaseVariables.spring())


@pytest.mark.parametrize(
    ("choice", "engine", "tls", "words"),
    [
        (DatabaseVariables.prisma(), Engine.POSTGRES, Tls.VERIFY_CA, "VERIFY_CA, which a postgres URL for Prisma"),
        (DatabaseVariables.node(), Engine.MYSQL, Tls.VERIFY_CA, "VERIFY_CA, which a mysql URL for Node"),
        (DatabaseVariables.spring(), Engine.MYSQL, Tls.VERIFY_CA, "VERIFY_CA, which a mysql URL for JDBC"),
        (DatabaseVariables.django(), Engine.MYSQL, Tls.REQUIRE, "REQUIRE, which a mysql URL for Django"),
        (DatabaseVariables.rails(), Engine.MARIADB, Tls.REQUIRE, "REQUIRE, which a mariadb URL for Rails"),
        (DatabaseVariables.rails(), Engine.MARIADB, Tls.VERIFY_CA, "VERIFY_CA, which a mariadb URL for Rails"),
    ],
)
def test_a_protection_that_a_framework_cannot_ask_for_is_refused(stack, web, choice, engine, tls: Tls, words: str):
    orders = database(stack, engine, tls=tls)

    with pytest.raises(ConfigurationError, match=f"tls is {words} cannot ask for .* can be\\); change tls, or choose"):
        web.connect_to(orders, variables=choice)


def test_two_databases_of_one_service_take_a_prefix(stack, web, variables):
    web.connect_to(database(stack, Engine.POSTGRES), variables=DatabaseVariables.libpq())

    found = variables(
        database(stack, Engine.POSTGRES, "reports", host="r.example.com"),
        DatabaseVariables.libpq().prefixed("REPORTS_"),
    )

    assert (found["PGHOST"], found["REPORTS_PGHOST"]) == ("db.example.com", "r.example.com")


UNREAD = [
    (Engine.REDIS, DatabaseVariables.django(), "Django reads no URLs of redis; choose other variables"),
    (Engine.MONGODB, DatabaseVariables.rails(), "Rails reads no URLs of mongo"),
    (Engine.CLICKHOUSE, DatabaseVariables.node(), "Node reads no URLs of clickhouse"),
    (Engine.REDIS, DatabaseVariables.prisma(), "Prisma reads no URLs of redis"),
]


class TestADatabaseOfDflowsOwn:
    @pytest.mark.parametrize(
        ("engine", "choice", "value"),
        [
            (Engine.POSTGRES, DatabaseVariables.prisma(direct="DATABASE_URL"), "{{ shop-production-db.POSTGRES_URI }}"),
            (Engine.POSTGRES, DatabaseVariables.rails(), "{{ shop-production-db.POSTGRES_URI }}"),
            (Engine.MYSQL, DatabaseVariables.django(), "{{ shop-production-db.MYSQL_URI }}"),
            (
                Engine.MYSQL,
                DatabaseVariables.rails(),
                (
                    "mysql2://{{ shop-production-db.MYSQL_USERNAME }}:{{ shop-production-db.MYSQL_PASSWORD }}"
                    "@{{ shop-production-db.MYSQL_HOST }}:{{ shop-production-db.MYSQL_PORT }}"
                    "/{{ shop-production-db.MYSQL_NAME }}"
                ),
            ),
        ],
    )
    def test_fills_the_same_variables(self, production, variables, engine, choice, value: str):
        assert variables(DatabaseService(production, "db", engine=engine), choice) == {"DATABASE_URL": value}

    def test_fills_those_of_spring(self, production, variables):
        db = DatabaseService(production, "db", engine=Engine.POSTGRES)

        assert variables(db, DatabaseVariables.spring()) == {
            "SPRING_DATASOURCE_URL": (
                "jdbc:postgresql://{{ shop-production-db.POSTGRES_HOST }}:{{ shop-production-db.POSTGRES_PORT }}"
                "/shop_production_db"
            ),
            "SPRING_DATASOURCE_USERNAME": "{{ shop-production-db.POSTGRES_USERNAME }}",
            "SPRING_DATASOURCE_PASSWORD": "{{ shop-production-db.POSTGRES_PASSWORD }}",
        }

    @pytest.mark.parametrize(("engine", "choice", "words"), UNREAD)
    def test_is_refused_to_readers_of_other_engines(self, production, web, engine, choice, words):
        with pytest.raises(ConfigurationError, match=words):
            web.connect_to(DatabaseService(production, "db", engine=engine), variables=choice)

    @pytest.mark.parametrize(
        ("engine", "choice", "words"), [each for each in UNREAD if each[0] is not Engine.CLICKHOUSE]
    )
    def test_is_refused_to_readers_of_other_engines_elsewhere(self, staging, web, engine, choice, words):
        with pytest.raises(ConfigurationError, match=words):
            web.connect_to(DatabaseService(staging, "db", engine=engine, exposed=True), variables=choice)

    def test_has_no_jdbc_url_for_every_engine(self, production, web):
        with pytest.raises(ConfigurationError, match="JDBC reads no URLs of redis; choose other variables"):
            web.connect_to(
                DatabaseService(production, "db", engine=Engine.REDIS),
                variables=DatabaseVariables({DatabaseField.JDBC_URL: "URL"}),
            )


def test_one_name_for_two_facts_is_refused(stack, web):
    choice = DatabaseVariables({DatabaseField.HOST: "DB", DatabaseField.PORT: "DB"})

    with pytest.raises(ConfigurationError, match="shop/orders: variable 'DB' would hold its port and something else"):
        web.connect_to(database(stack, Engine.POSTGRES), variables=choice)


def test_a_choice_of_no_variables_opens_nothing():
    with pytest.raises(ConfigurationError, match="the way to the database would be opened for nothing; name one"):
        DatabaseVariables({})
