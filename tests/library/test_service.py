"""`connect_to`, and the variables it sets."""

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    ConfigurationError,
    Connection,
    DatabaseField,
    DatabaseService,
    DatabaseVariables,
    DflowStack,
    DockerService,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Secret,
)

SOURCE = GitHub("acme/shop", branch="main")


@pytest.fixture
def cache(production: Environment) -> DatabaseService:
    return DatabaseService(production, "cache", engine=Engine.REDIS)


@pytest.fixture
def reports(stack: DflowStack) -> ExternalDatabase:
    return ExternalDatabase(
        stack,
        "reports",
        engine=Engine.POSTGRES,
        host="reports.example.com",
        username="shop",
        password=Secret.from_environment("REPORTS_PASSWORD"),
        allowlist=AwsSecurityGroup("sg-0123456789abcdef1"),
    )


def variables_of(configuration: dict, service: str) -> dict:
    environment, name = service.split("/")[-2:]
    (found,) = (
        block
        for logical_name, block in configuration["resource"]["dflow_service_variables"].items()
        if logical_name.startswith(f"{environment}_{name}_Variables_")
    )
    return found


def test_the_door_opens_before_the_variables_are_set(stack, web, orders, cache, synthesize):
    """And closes after them: Terraform destroys in the opposite order."""
    web.connect_to(orders)
    web.connect_to(cache)

    assert variables_of(synthesize(stack), "shop/production/web")["depends_on"] == [
        "dflow_aws_security_group_allowlist.orders_Allowlist_4E4CF0B7",
        "dflow_database_service.production_cache_5442B24A",
    ]


def test_connecting_twice_changes_nothing(stack, web, orders, cache, synthesize):
    web.connect_to(orders)
    web.connect_to(cache)
    once = synthesize(stack)

    web.connect_to(orders)
    web.connect_to(cache)

    assert synthesize(stack) == once
    assert len(stack.connections) == 2


def test_a_database_of_dflow_is_referenced_by_its_name_there(stack, web, cache, synthesize):
    web.connect_to(cache)

    assert variables_of(synthesize(stack), "shop/production/web")["variables"] == {
        "REDIS_URL": "{{ shop-production-cache.REDIS_URI }}"
    }


@pytest.mark.parametrize(
    ("engine", "variable", "reference"),
    [
        (Engine.POSTGRES, "DATABASE_URL", "POSTGRES_URI"),
        (Engine.MYSQL, "DATABASE_URL", "MYSQL_URI"),
        (Engine.MARIADB, "DATABASE_URL", "MARIADB_URI"),
        (Engine.MONGODB, "MONGODB_URI", "MONGO_URI"),
        (Engine.REDIS, "REDIS_URL", "REDIS_URI"),
        (Engine.CLICKHOUSE, "CLICKHOUSE_URL", "CLICKHOUSE_URI"),
    ],
)
def test_each_engine_has_its_usual_variable(stack, production, web, synthesize, engine, variable, reference):
    web.connect_to(DatabaseService(production, "db", engine=engine))

    assert variables_of(synthesize(stack), "shop/production/web")["variables"] == {
        variable: f"{{{{ shop-production-db.{reference} }}}}"
    }


def test_separate_variables_keep_only_the_password_secret(stack, web, orders, synthesize):
    web.connect_to(orders, variables=DatabaseVariables.separate(prefix="DB_"))

    found = variables_of(synthesize(stack), "shop/production/web")
    assert found["variables"] == {
        "DB_HOST": "orders.example.com",
        "DB_NAME": "orders",
        "DB_PORT": "5432",
        "DB_SSLMODE": "verify-full",
        "DB_USER": "shop",
    }
    assert found["secret_variables_wo"] == {
        "DB_PASSWORD": "${ephemeral.dflow_process_environment.secret-ORDERS_PASSWORD.value}"
    }


def test_separate_variables_leave_out_what_a_redis_does_not_have(stack, web, cache, synthesize):
    web.connect_to(cache, variables=DatabaseVariables.separate(prefix="CACHE_"))

    assert variables_of(synthesize(stack), "shop/production/web")["variables"] == {
        "CACHE_HOST": "{{ shop-production-cache.REDIS_HOST }}",
        "CACHE_PASSWORD": "{{ shop-production-cache.REDIS_PASSWORD }}",
        "CACHE_PORT": "{{ shop-production-cache.REDIS_PORT }}",
    }


def test_a_program_may_have_its_own_names(stack, web, orders, synthesize):
    web.connect_to(orders, variables=DatabaseVariables({DatabaseField.HOST: "PGHOST", DatabaseField.URL: "PGURL"}))

    found = variables_of(synthesize(stack), "shop/production/web")
    assert (set(found["variables"]), set(found["secret_variables_wo"])) == ({"PGHOST"}, {"PGURL"})


def test_own_variables_and_those_of_connections_are_one_resource(stack, production, orders, synthesize):
    web = AppService(production, "web", source=SOURCE, variables={"LOG_LEVEL": "info"})
    web.connect_to(orders)

    found = variables_of(synthesize(stack), "shop/production/web")
    assert found["variables"] == {"LOG_LEVEL": "info"}
    assert list(found["secret_variables_wo"]) == ["DATABASE_URL"]


def test_a_service_without_variables_has_no_resource_for_them(stack, web, synthesize):
    assert "dflow_service_variables" not in synthesize(stack)["resource"]


def test_a_changed_host_is_another_version_of_the_secret_variables(app, synthesize):
    """Terraform keeps no copy of a write-only value and would not see the change itself."""

    def version(tenant: str, host: str) -> str:
        stack = DflowStack(app, f"stack-{tenant}", tenant=tenant)
        database = ExternalDatabase(
            stack,
            "orders",
            engine=Engine.POSTGRES,
            host=host,
            username="shop",
            password=Secret.from_environment("P"),
            allowlist=AwsSecurityGroup("sg-0123456789abcdef0"),
        )
        environment = Environment(stack, "e", application="shop", worker_nodes=["fra-1"])
        AppService(environment, "web", source=SOURCE).connect_to(database)
        return variables_of(synthesize(stack), f"stack-{tenant}/e/web")["secret_variables_wo_version"]

    assert version("a", "one.example.com") == version("b", "one.example.com")
    assert version("c", "two.example.com") != version("d", "one.example.com")


def test_two_databases_in_one_variable_are_explained(web, orders, reports):
    web.connect_to(orders)

    with pytest.raises(ConfigurationError) as refusal:
        web.connect_to(reports)

    assert str(refusal.value) == (
        "shop/production/web: variable 'DATABASE_URL' already comes from the connection to shop/orders, and the "
        "connection to shop/reports would set it as well; give one of them another name (connect_to takes "
        "variable=… or variables=…)"
    )


def test_a_refused_connection_opens_nothing(stack, web, orders, reports, synthesize):
    web.connect_to(orders)
    with pytest.raises(ConfigurationError):
        web.connect_to(reports)

    assert list(synthesize(stack)["resource"]["dflow_aws_security_group_allowlist"]) == ["orders_Allowlist_4E4CF0B7"]
    assert [connection.database for connection in stack.connections] == ["shop/orders"]


def test_a_variable_of_the_service_is_not_overwritten_by_a_connection(production, orders):
    web = AppService(production, "web", source=SOURCE, variables={"DATABASE_URL": "sqlite:///tmp/db"})

    with pytest.raises(ConfigurationError, match="'DATABASE_URL' already comes from the service's own variables"):
        web.connect_to(orders)


def test_the_same_variable_twice_is_once_and_another_value_is_refused(web):
    web.add_variable("LOG_LEVEL", "info")
    web.add_variable("LOG_LEVEL", "info")

    with pytest.raises(
        ConfigurationError, match="'LOG_LEVEL' already has another value from the service's own variables; set it once"
    ):
        web.add_variable("LOG_LEVEL", "debug")


def test_one_database_may_fill_several_variables(stack, web, orders, synthesize):
    web.connect_to(orders)
    web.connect_to(orders, variable="REPLICA_URL")

    assert sorted(variables_of(synthesize(stack), "shop/production/web")["secret_variables_wo"]) == [
        "DATABASE_URL",
        "REPLICA_URL",
    ]
    assert stack.connections[0].variables == ("DATABASE_URL", "REPLICA_URL")


def test_asking_for_a_variable_and_for_variables_is_refused(web, orders):
    with pytest.raises(ConfigurationError, match=r"connect_to\(shop/orders\) got variable= and variables=; pass one"):
        web.connect_to(orders, variable="A", variables=DatabaseVariables.url("B"))


def test_a_database_of_another_environment_is_refused(staging, cache):
    service = AppService(staging, "web", source=SOURCE)

    with pytest.raises(ConfigurationError) as refusal:
        service.connect_to(cache)

    assert str(refusal.value) == (
        "shop/staging: shop/production/cache runs in shop/production and can be reached from there only; build a "
        "DatabaseService in shop/staging, or use an ExternalDatabase for both. If somebody has exposed it in dFlow's "
        "dashboard, say exposed=True"
    )


def test_connections_can_be_read_as_data(stack, production, web, orders, cache, staging):
    production.add_egress("nat-a", "18.195.4.7")
    web.connect_to(orders)
    web.connect_to(cache, variable="CACHE_URL")
    DockerService(staging, "worker", image="acme/worker:1").connect_to(orders)

    assert stack.connections == (
        Connection("shop/production/web", "shop/orders", ("DATABASE_URL",), ("fra-1", "nat-a")),
        Connection("shop/production/web", "shop/production/cache", ("CACHE_URL",), ()),
        Connection("shop/staging/worker", "shop/orders", ("DATABASE_URL",), ("fra-2",)),
    )


def test_a_service_belongs_into_an_environment(stack):
    with pytest.raises(ConfigurationError, match="shop: the Service 'web' belongs into an Environment; pass one"):
        AppService(stack, "web", source=SOURCE)


@pytest.mark.parametrize("database", ["orders", None, 5])
def test_what_is_no_database_is_refused(web, database):
    with pytest.raises(ConfigurationError, match="which is no database; pass an ExternalDatabase, one of its replicas"):
        web.connect_to(database)


def test_an_empty_name_is_not_the_default(web, orders):
    with pytest.raises(ConfigurationError, match="variable '' cannot have that name"):
        web.connect_to(orders, variable="")


def test_a_database_of_another_app_is_refused(web):
    elsewhere = DflowStack(cdk.Testing.app(), "shop")
    reports = DatabaseService(
        Environment(elsewhere, "live", application="shop", worker_nodes=["fra-1"]), "reports", engine=Engine.POSTGRES
    )

    with pytest.raises(ConfigurationError, match=r"shop: shop/live/reports belongs to another App, .* build both"):
        web.connect_to(reports)
