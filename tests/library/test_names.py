"""How Environments and Services are called in dFlow."""

import pytest

from dflow_constructs import AppService, ConfigurationError, DatabaseService, DflowStack, Engine, Environment, GitHub

SOURCE = GitHub("acme/shop", branch="main")


def test_an_environment_is_called_after_its_application_and_itself(stack: DflowStack):
    assert Environment(stack, "Staging", application="Shop", worker_nodes=["fra-1"]).name == "shop-staging"
    assert Environment(stack, "other", application="x", name="pinned", worker_nodes=["fra-1"]).name == "pinned"


def test_a_service_is_called_after_its_environment_and_itself(production: Environment):
    assert AppService(production, "web", source=SOURCE).name == "shop-production-web"
    assert AppService(production, "long-construct-id", name="api", source=SOURCE).name == "shop-production-api"


def test_the_longest_name_dflow_makes_itself_is_allowed(stack: DflowStack):
    environment = Environment(stack, "e", application="shop", name="a" * 15, worker_nodes=["fra-1"])

    assert len(AppService(environment, "b" * 10, source=SOURCE).name) == 26


@pytest.mark.parametrize(
    ("application", "name", "words"),
    [
        (
            "storefront",
            None,
            (
                "shop/production: the Environment would be called 'storefront-production' in dFlow, 21 characters, "
                'and 15 are allowed; give it a shorter one, name="storefront-prod"'
            ),
        ),
        ("shop", "Shop Production", "would be called 'Shop Production' in dFlow, where names hold a-z, 0-9 and -"),
        ("7shop", None, "begin with a letter; choose one"),
        ("my_shop", None, "'my_shop-production' in dFlow"),
        ("shop", "", "would be called ''"),
    ],
)
def test_a_name_dflow_cannot_hold_is_refused(stack: DflowStack, application: str, name: str | None, words: str):
    with pytest.raises(ConfigurationError) as refusal:
        Environment(stack, "production", application=application, name=name, worker_nodes=["fra-1"])

    assert words in str(refusal.value)


def test_a_service_name_beyond_ten_characters_is_refused(production: Environment):
    with pytest.raises(ConfigurationError) as refusal:
        AppService(production, "storefront-web", source=SOURCE)

    assert str(refusal.value) == (
        "shop/production/storefront-web: the Service would be called 'storefront-web', 14 characters, and dFlow allows "
        '10 after the Environment\'s name; give it a shorter one, name="storefront"'
    )


def test_a_service_name_that_could_not_be_referenced_is_refused(production: Environment):
    with pytest.raises(
        ConfigurationError, match="called '2nd-cache' in dFlow, where names hold a-z, 0-9 and - and beg"
    ):
        DatabaseService(production, "2nd-cache", engine=Engine.REDIS)


def test_two_services_of_one_name_are_refused_with_both_paths(stack: DflowStack):
    """`shop-a` + `b-web` and `shop-a-b` + `web` are the same name, and dFlow keeps one of them only."""
    one = Environment(stack, "one", application="shop", name="shop-a", worker_nodes=["fra-1"])
    two = Environment(stack, "two", application="shop", name="shop-a-b", worker_nodes=["fra-1"])
    AppService(one, "b-web", source=SOURCE)

    with pytest.raises(ConfigurationError) as refusal:
        AppService(two, "web", source=SOURCE)

    assert str(refusal.value) == (
        "shop/two/web: the Service would be called 'shop-a-b-web' in dFlow, and shop/one/b-web is already called that; "
        'names are shared by the whole tenant, give one of them another, name="…"'
    )


def test_two_environments_of_one_name_are_refused_across_stacks(app, stack: DflowStack, production: Environment):
    with pytest.raises(ConfigurationError, match=r"billing/production: .* shop/production is already called that"):
        Environment(DflowStack(app, "billing"), "production", application="shop", worker_nodes=["fra-1"])


def test_stacks_of_different_tenants_may_use_the_same_names(app, production: Environment):
    other = DflowStack(app, "other", tenant="globex")

    assert Environment(other, "production", application="shop", worker_nodes=["fra-1"]).name == production.name
