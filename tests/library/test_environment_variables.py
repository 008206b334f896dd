"""What each Service of an Environment has without saying so."""

import pytest

from dflow_constructs import (
    Application,
    AppService,
    ConfigurationError,
    DatabaseService,
    DflowStack,
    DockerService,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Secret,
)
from dflow_constructs.testing import synthesized, variables_of

SOURCE = GitHub("acme/shop", branch="main")


@pytest.fixture
def environment(stack: DflowStack) -> Environment:
    return Environment(
        stack, "live", application="shop", worker_nodes=["fra-1"], variables={"LOG_LEVEL": "info", "REGION": "eu"}
    )


def test_each_service_has_them(environment: Environment, stack: DflowStack):
    web = AppService(environment, "web", source=SOURCE)
    worker = DockerService(environment, "worker", image="ghcr.io/acme/worker:1.4.2")

    assert variables_of(web) == variables_of(worker) == {"LOG_LEVEL": "info", "REGION": "eu"}
    found = synthesized(stack).resources("dflow_service_variables")
    assert [each["variables"] for each in found] == [{"LOG_LEVEL": "info", "REGION": "eu"}] * 2


def test_services_built_before_have_those_added_later(environment: Environment):
    web = AppService(environment, "web", source=SOURCE)

    environment.add_variables({"RELEASE": "7"})

    assert variables_of(web)["RELEASE"] == "7"


def test_what_a_service_sets_itself_stays(environment: Environment):
    early = AppService(environment, "early", source=SOURCE, variables={"LOG_LEVEL": "debug"})
    late = AppService(environment, "late", source=SOURCE)
    late.add_variable("LOG_LEVEL", "trace")
    environment.add_variables({"LOG_LEVEL": "info"})

    assert variables_of(early)["LOG_LEVEL"] == "debug"
    assert variables_of(late)["LOG_LEVEL"] == "trace"


def test_what_a_connection_sets_stays(environment: Environment, orders: ExternalDatabase):
    web = AppService(environment, "web", source=SOURCE)
    environment.add_variables({"DATABASE_URL": "sqlite:////tmp/none.db"})
    web.connect_to(orders)
    worker = AppService(environment, "worker", source=SOURCE)

    assert variables_of(web)["DATABASE_URL"].startswith("postgresql://shop:<ORDERS_PASSWORD")
    assert variables_of(worker)["DATABASE_URL"] == "sqlite:////tmp/none.db"


def test_a_secret_in_place_of_the_only_text_leaves_no_text_behind(stack: DflowStack):
    live = Environment(stack, "live", application="shop", worker_nodes=["fra-1"], variables={"TOKEN": "none"})
    AppService(live, "web", source=SOURCE).add_variable("TOKEN", Secret.from_environment("API_TOKEN"))

    (found,) = synthesized(stack).resources("dflow_service_variables")
    assert "variables" not in found
    assert list(found["secret_variables_wo"]) == ["TOKEN"]


def test_an_application_has_some_for_all_of_its_environments(stack: DflowStack):
    shop = Application("shop", variables={"LOG_LEVEL": "info", "TEAM": "shop"})
    test = Environment(stack, "test", application=shop, worker_nodes=["fra-1"], variables={"LOG_LEVEL": "debug"})

    assert variables_of(AppService(test, "web", source=SOURCE)) == {"LOG_LEVEL": "debug", "TEAM": "shop"}


def test_a_service_that_exists_is_left_with_what_it_has(environment: Environment):
    old = AppService.from_name(environment, "old", "shop-live-old")
    environment.add_variables({"RELEASE": "7"})

    assert variables_of(old) == {}


def test_a_service_may_refer_to_a_database_of_its_environment(environment: Environment, stack: DflowStack):
    cache = DatabaseService(environment, "cache", engine=Engine.REDIS)
    environment.add_variables({"CACHE_URL": cache.ref.uri})
    AppService(environment, "web", source=SOURCE)

    (found,) = synthesized(stack).resources("dflow_service_variables")
    assert found["variables"]["CACHE_URL"] == "{{ shop-live-cache.REDIS_URI }}"


def test_a_name_has_one_value_in_an_environment(environment: Environment):
    environment.add_variables({"LOG_LEVEL": "info"})

    with pytest.raises(ConfigurationError) as refusal:
        environment.add_variables({"LOG_LEVEL": "debug"})

    assert str(refusal.value) == (
        "shop/live: variable 'LOG_LEVEL' already has another value for all Services of the Environment; set it once, "
        "or where a single Service differs on that one"
    )


def test_a_value_that_the_node_would_change_is_refused_on_the_service(environment: Environment):
    AppService(environment, "web", source=SOURCE)

    with pytest.raises(ConfigurationError, match=r"^shop/live/web: variable 'PRICE'"):
        environment.add_variables({"PRICE": "5$"})


def test_a_name_no_variable_can_have_is_refused_where_it_is_given(stack: DflowStack):
    with pytest.raises(
        ConfigurationError, match=r"shop/live: variable 'LOG-LEVEL' cannot have that name: .* 'LOG_LEVEL'"
    ):
        Environment(stack, "live", application="shop", worker_nodes=["fra-1"], variables={"LOG-LEVEL": "info"})
