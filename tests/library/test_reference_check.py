"""References that would come out empty."""

import pytest

from dflow_constructs import (
    AppService,
    DatabaseService,
    DflowStack,
    Engine,
    Environment,
    GitHub,
    ReferenceField,
)

SOURCE = GitHub("acme/shop", branch="main")


@pytest.fixture
def shop(stack: DflowStack, production: Environment, staging: Environment, orders) -> DflowStack:
    DatabaseService(production, "cache", engine=Engine.REDIS)
    DatabaseService(production, "legacy", engine=Engine.MARIADB)
    DatabaseService(staging, "cache", engine=Engine.REDIS)
    AppService(production, "api", source=SOURCE)
    return stack


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (
            "{{ shop-production-cache.REDIS_PUBLIC_URI }}",
            (
                "shop/production/cache is not exposed, and its public names are empty until it is; ask for the private "
                "one, {{ shop-production-cache.REDIS_URI }}"
            ),
        ),
        (
            "{{ shop-production-cache.POSTGRES_URI }}",
            ("a redis database answers to REDIS_URI, REDIS_PASSWORD, REDIS_HOST, REDIS_PORT; use one of them"),
        ),
        ("{{ shop-production-cache.DFLOW_PUBLIC_DOMAIN }}", "a redis database answers to REDIS_URI"),
        ("{{ shop-production-cache.TOKEN }}", "a redis database answers to REDIS_URI"),
        ("{{ shop-production-cache.REDIS_PUBLIC_URL }}", "a redis database answers to REDIS_URI"),
        ("{{ shop-production-legacy.MARIA_URI }}", "a mariadb database answers to MARIADB_URI"),
        (
            "{{ shop-production-api.REDIS_URI }}",
            "dFlow takes REDIS_URI for a database's, and shop-production-api is none; name the database",
        ),
        (
            "{{ cache.REDIS_URI }}",
            (
                "that Service is called 'shop-production-cache' in dFlow; did you mean "
                "{{ shop-production-cache.REDIS_URI }}?"
            ),
        ),
        (
            "{{ shop-staging-cache.REDIS_URI }}",
            (
                "that Service is shop/staging/cache, and references reach only Services of the same Environment "
                "(shop/production); build one in here, or use an ExternalDatabase"
            ),
        ),
        (
            "{{ orders.POSTGRES_URI }}",
            (
                "shop/orders is an external database, which dFlow does not know; take the reference out and call "
                "connect_to(orders)"
            ),
        ),
        (
            "{{ nobody.REDIS_URI }}",
            (
                "shop/production has no Service of that name; it has shop-production-cache, shop-production-legacy, "
                "shop-production-api, shop-production-web; name one of them"
            ),
        ),
        ("{{ shop-production-web.X }}", "a variable that refers to itself gets no value"),
        ("redis://{{ nobody.REDIS_HOST }}:6379", "shop/production has no Service of that name"),
    ],
)
def test_a_reference_that_finds_nothing_is_refused(shop: DflowStack, web: AppService, synthesize, reference, words):
    web.add_variable("X", reference)

    with pytest.raises(RuntimeError) as refusal:
        synthesize(shop)

    assert "shop/production/web: variable 'X' holds {{ " in str(refusal.value)
    assert words in str(refusal.value)


def test_a_reference_may_come_before_what_it_refers_to(stack: DflowStack, production, web: AppService, synthesize):
    web.add_variable("X", "{{ shop-production-late.REDIS_HOST }}")
    late = DatabaseService(production, "late", engine=Engine.REDIS)
    web.add_variable("Y", late.reference(ReferenceField.PORT))
    web.add_variable("Z", web.public_domain)

    (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
    assert variables["variables"] == {
        "X": "{{ shop-production-late.REDIS_HOST }}",
        "Y": "{{ shop-production-late.REDIS_PORT }}",
        "Z": "{{ shop-production-web.DFLOW_PUBLIC_DOMAIN }}",
    }


def test_all_problems_are_told_at_once(shop: DflowStack, web: AppService, synthesize):
    web.add_variables({"X": "{{ nobody.A }}", "Y": "{{ cache.REDIS_URI }}"})

    with pytest.raises(RuntimeError) as refusal:
        synthesize(shop)

    assert "variable 'X' holds {{ nobody.A }}" in str(refusal.value)
    assert "variable 'Y' holds {{ cache.REDIS_URI }}" in str(refusal.value)
