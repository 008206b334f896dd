"""What exists in dFlow already, and what the program makes, take each other's place."""

import pytest

from dflow_constructs import (
    AppService,
    ConfigurationError,
    Connection,
    Database,
    DatabaseService,
    DatabaseVariables,
    DflowStack,
    DockerService,
    Engine,
    Environment,
    GitHub,
    ReferenceField,
)

SOURCE = GitHub("acme/shop", branch="main")
LONG = "marketing-7cis-production"


@pytest.fixture
def existing(stack: DflowStack) -> Environment:
    return Environment.from_name(stack, "marketing", LONG)


def test_an_environment_is_taken_as_it_is_whatever_its_name(stack, existing, orders, synthesize):
    AppService(existing, "web", source=SOURCE).connect_to(orders)

    found = synthesize(stack)
    assert "dflow_environment" not in found["resource"]
    assert found["data"]["dflow_environment"]["marketing"]["name"] == LONG
    (web,) = found["resource"]["dflow_app_service"].values()
    assert (web["environment_id"], web["name"]) == ("${data.dflow_environment.marketing.id}", f"{LONG}-web")
    (allowlist,) = found["resource"]["dflow_aws_security_group_allowlist"].values()
    assert list(allowlist["entries"]) == [LONG]


def test_what_exists_connects_to_what_exists(stack, existing, synthesize):
    web = AppService.from_name(existing, "web", f"{LONG}-web-x1y2", variables={"LOG_LEVEL": "info"})
    web.connect_to(DatabaseService.from_name(existing, "cache", f"{LONG}-cache-os1g", engine=Engine.REDIS))

    found = synthesize(stack)
    assert set(found["resource"]) == {"dflow_service_variables"}
    (variables,) = found["resource"]["dflow_service_variables"].values()
    assert variables["service_id"] == "${data.dflow_service.marketing_web_30B79F6F.id}"
    assert variables["variables"] == {"LOG_LEVEL": "info", "REDIS_URL": f"{{{{ {LONG}-cache-os1g.REDIS_URI }}}}"}
    (before,) = variables["depends_on"]
    assert before.startswith("data.dflow_service.marketing_cache_")


def test_a_plan_ends_where_something_else_is_found(stack, existing, synthesize):
    DockerService.from_name(existing, "worker", f"{LONG}-worker")
    DatabaseService.from_name(existing, "docs", f"{LONG}-docs", engine=Engine.MONGODB, exposed=True)

    conditions = {
        block["name"].rpartition("-")[2]: [each["condition"] for each in block["lifecycle"]["postcondition"]]
        for block in synthesize(stack)["data"]["dflow_service"].values()
    }
    assert conditions == {
        "worker": ['${self.type == "docker"}'],
        "docs": [
            '${self.type == "database"}',
            '${try(self.database.engine, "") == "mongo"}',
            "${try(length(self.database.exposed_ports), 0) > 0}",
        ],
    }


def test_a_database_that_exists_is_a_database(existing):
    cache = DatabaseService.from_name(existing, "cache", f"{LONG}-cache", engine=Engine.REDIS)

    assert isinstance(cache, Database)
    assert isinstance(cache, DatabaseService)
    assert cache.internal_host == f"dokku-redis-{LONG}-cache"


def test_an_environment_that_another_stack_makes_is_the_same_one(app, production, synthesize):
    """One stack builds the Environment and its database, another one deploys into it."""
    DatabaseService(production, "cache", engine=Engine.REDIS)
    second = DflowStack(app, "second")
    looked_up = Environment.from_name(second, "production", production.name)
    web = AppService(looked_up, "web", source=SOURCE)
    web.add_variable("CACHE", "{{ shop-production-cache.REDIS_URI }}")
    web.connect_to(DatabaseService.from_name(looked_up, "cache", "shop-production-cache", engine=Engine.REDIS))

    (variables,) = synthesize(second)["resource"]["dflow_service_variables"].values()
    assert variables["variables"]["REDIS_URL"] == variables["variables"]["CACHE"]
    assert looked_up.is_same_as(production)
    assert looked_up.is_looked_up
    assert not production.is_looked_up


def test_a_database_of_another_stack_in_the_same_environment_needs_no_lookup(app, production):
    cache = DatabaseService(production, "cache", engine=Engine.REDIS)
    second = DflowStack(app, "second")
    web = AppService(Environment.from_name(second, "production", production.name), "web", source=SOURCE)

    web.connect_to(cache)

    assert web.connections == (Connection("second/production/web", "shop/production/cache", ("REDIS_URL",), ()),)
    assert second.depends_on(production.stack)


def test_a_stack_has_an_environment_once(stack, production):
    with pytest.raises(ConfigurationError) as refusal:
        Environment.from_name(stack, "again", production.name)

    assert str(refusal.value) == (
        "shop/again: 'shop-production' is shop/production in this stack already; build in that one, or name another"
    )


@pytest.mark.parametrize("name", ["Shop Production", "", "{{ x }}"])
def test_what_can_be_no_name_in_dflow_is_refused(existing, name: str):
    with pytest.raises(ConfigurationError, match="is no name of a Service in dFlow, where names hold"):
        DatabaseService.from_name(existing, "cache", name, engine=Engine.REDIS)


def test_a_service_cannot_begin_with_the_digit_of_its_environment(stack):
    with pytest.raises(ConfigurationError, match="called '7shop-web' in dFlow, where the names of Services begin"):
        AppService(Environment.from_name(stack, "seven", "7shop"), "web", source=SOURCE)


class TestAnExposedDatabase:
    @pytest.fixture
    def reports(self, production) -> DatabaseService:
        return DatabaseService(production, "reports", engine=Engine.POSTGRES, exposed=True)

    @pytest.fixture
    def far(self, staging) -> AppService:
        return AppService(staging, "web", source=SOURCE)

    def test_is_reached_from_its_own_environment_by_the_private_name(self, stack, web, reports, synthesize):
        web.connect_to(reports)

        (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
        assert variables["variables"] == {"DATABASE_URL": "{{ shop-production-reports.POSTGRES_URI }}"}

    def test_is_reached_from_others_by_the_public_one(self, stack, far, reports, synthesize):
        far.connect_to(reports)

        (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
        assert variables["variables"] == {"DATABASE_URL": "{{ shop-production-reports.POSTGRES_PUBLIC_URI }}"}
        assert variables["depends_on"] == ["dflow_database_service.production_reports_5E355484"]

    def test_has_no_public_password_of_its_own(self, far, reports):
        with pytest.raises(
            ConfigurationError, match=r"its user name has a reference in shop/production only, and else"
        ):
            far.connect_to(reports, variables=DatabaseVariables.separate())

    def test_answers_to_its_public_names_at_home_too(self, stack, web, reports, synthesize):
        web.add_variable("PUBLIC", "{{ shop-production-reports.POSTGRES_PUBLIC_HOST }}")

        synthesize(stack)

    def test_answers_to_no_private_name_elsewhere(self, far, reports):
        far.add_variable("URL", reports.reference(ReferenceField.URI))

        (problem,) = far.problems()
        assert "shop/production/reports is reached from other Environments by POSTGRES_PUBLIC_URI, " in str(problem)

    def test_of_another_tenant_stays_out_of_reach(self, app, reports):
        other = Environment(DflowStack(app, "o", tenant="globex"), "p", application="shop", worker_nodes=["fra-1"])

        with pytest.raises(ConfigurationError, match="belongs to another tenant"):
            AppService(other, "web", source=SOURCE).connect_to(reports)


def test_dflow_runs_six_engines(production):
    with pytest.raises(ConfigurationError, match="engine is 'oracle', which dFlow does not run; it runs POSTGRES"):
        DatabaseService(production, "db", engine="oracle")


def test_what_is_known_of_a_database_before_it_exists(production):
    reports = DatabaseService(production, "reports", engine=Engine.POSTGRES)

    assert reports.internal_host == "dokku-postgres-shop-production-reports"
    assert reports.database_name == "shop_production_reports"
    assert DatabaseService(production, "cache", engine=Engine.REDIS).database_name is None


def test_one_service_has_one_value_of_a_variable_however_often_it_is_taken(app, stack, production, web, synthesize):
    web.add_variables({"LEVEL": "info", "SAME": "yes"})
    second = Environment.from_name(DflowStack(app, "second"), "live", "shop-production")
    AppService.from_name(second, "web", "shop-production-web", variables={"LEVEL": "debug", "SAME": "yes", "MORE": "1"})

    with pytest.raises(RuntimeError) as refusal:
        synthesize(stack)

    assert (
        "shop/production/web: variable 'LEVEL' has another value from second/live/web, which is 'shop-production-web' "
        "in dFlow too, so that each apply would undo the other's; set it in one place"
    ) in str(refusal.value)
    assert "SAME" not in str(refusal.value)


def test_several_stacks_may_give_a_service_different_variables(app, stack, web, synthesize):
    web.add_variable("LEVEL", "info")
    second = DflowStack(app, "second")
    taken = Environment.from_name(second, "live", "shop-production")
    AppService.from_name(taken, "web", "shop-production-web", variables={"MORE": "1"})

    assert synthesize(stack)
    assert synthesize(second)
