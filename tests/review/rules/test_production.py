"""DFLOW040 and DFLOW041: which Environments get in where."""

from __future__ import annotations

import pytest

from dflow_review.reach import Admission, Database, Tenant
from dflow_review.rules.production import entries_admit_one_environment, production_admits_production

PRODUCTION = Database("1", "orders-production", "neon")
LIST = "dflow_neon_allowlist.orders"


def admitted(scene, *environments, database=PRODUCTION, **more):
    entry = scene.entry("203.0.113.7", node="fra-1", environments=environments, database=database, **more)
    return scene.subject(scene.change((), [entry], database=database))


def test_passes_production_in_production(scene, asked):
    assert asked(production_admits_production, admitted(scene, "shop-production")) == []
    assert asked(entries_admit_one_environment, admitted(scene, "shop-production")) == []


@pytest.mark.parametrize("name", ["orders", "orders-staging", "products", "non-production-test"])
def test_passes_staging_in_a_database_that_is_not_productions(scene, asked, name):
    subject = admitted(scene, "shop-staging", database=Database("1", name, "neon"))

    assert asked(production_admits_production, subject) == []


def test_passes_what_was_admitted_before(scene, asked):
    entries = [scene.entry("203.0.113.7", node="fra-1", environments=["shop-staging", "shop-production"])]
    subject = scene.subject(scene.change(entries, entries, database=PRODUCTION))

    assert asked(production_admits_production, subject) == []
    assert asked(entries_admit_one_environment, subject) == []


@pytest.mark.parametrize("environment", ["shop-staging", "dev", "shop_qa2", "Preview"])
def test_finds_a_test_environment_in_production(scene, asked, environment):
    assert asked(production_admits_production, admitted(scene, environment)) == [LIST]


def test_finds_a_test_environment_by_the_databases_own_environment(scene, asked):
    database = Database("1", "orders", "neon", environment="shop-prod")

    assert asked(production_admits_production, admitted(scene, "shop-staging", database=database)) == [LIST]


def test_finds_a_test_environment_in_a_database_that_production_reaches(scene):
    database = Database("1", "orders", "neon")
    kept = scene.entry("203.0.113.7", node="fra-1", environments=["shop-production"], database=database)
    new = scene.entry("203.0.113.8", node="fra-2", environments=["shop-staging"], database=database)

    (found,) = production_admits_production(scene.subject(scene.change([kept], [kept, new], database=database)))

    assert (found.address, found.message) == (
        LIST,
        "fra-2 lets shop-staging in to orders, which shop-production reaches.",
    )


@pytest.mark.parametrize("mark", [{"owner": "shop-production/orders"}, {"note": "Web servers, production"}])
def test_finds_a_test_environment_in_a_database_that_an_entry_calls_productions(scene, mark):
    database = Database("1", "orders", "neon")
    kept = scene.entry("203.0.113.7", node="fra-1", database=database, **mark)
    new = scene.entry("203.0.113.8", node="fra-2", environments=["shop-staging"], database=database)

    (found,) = production_admits_production(scene.subject(scene.change([kept], [kept, new], database=database)))

    assert found.message == (
        "fra-2 lets shop-staging in to orders, a production database by what an entry of its list says."
    )


def test_passes_production_in_a_database_whose_name_speaks_of_tests(scene, asked):
    database = Database("1", "orders-staging", "neon")
    kept = scene.entry("203.0.113.7", node="fra-1", environments=["shop-production"], database=database)
    new = scene.entry("203.0.113.8", node="fra-2", environments=["shop-staging"], database=database)

    assert (
        asked(production_admits_production, scene.subject(scene.change([kept], [kept, new], database=database))) == []
    )


@pytest.mark.parametrize("environment", ["shop-canary", "shop", "billing"])
def test_passes_environments_whose_names_say_neither(scene, asked, environment):
    assert asked(production_admits_production, admitted(scene, environment)) == []


@pytest.mark.parametrize("environment", ["pre-production", "non-prod", "shop_preprod"])
def test_finds_environments_that_are_almost_production(scene, asked, environment):
    assert asked(production_admits_production, admitted(scene, environment)) == [LIST]


def joining(scene, *environments, **more):
    """Environments of one node, the last of which joins it."""
    entry = scene.entry("203.0.113.7", node="fra-1", environments=environments, database=PRODUCTION, **more)
    before = scene.entry("203.0.113.7", node="fra-1", environments=environments[:-1], database=PRODUCTION, **more)
    joined = (Admission(entry.source.tenants[-1], entry),)
    return scene.subject(scene.change([before], [entry], database=PRODUCTION, joined=joined))


def test_finds_a_test_environment_that_joins_a_node_which_is_let_in(scene):
    (found,) = production_admits_production(joining(scene, "shop-production", "shop-staging"))

    assert (found.address, found.message) == (
        "dflow_environment.shop-staging",
        "shop-staging joins fra-1, which is let in to orders-production, a production database by its name.",
    )


def test_finds_an_environment_that_joins_another_behind_an_entry(scene):
    (found,) = entries_admit_one_environment(joining(scene, "shop-production", "shop-canary"))

    assert (found.address, found.message) == (
        "dflow_environment.shop-canary",
        "fra-1 lets in shop-canary and shop-production alike; each of them reaches orders-production.",
    )


def test_passes_one_that_is_alone_where_it_comes(scene, asked):
    assert asked(entries_admit_one_environment, joining(scene, "shop-canary")) == []
    assert asked(production_admits_production, joining(scene, "shop-canary")) == []


def test_cannot_tell_of_one_whose_node_is_not_told(scene, asked):
    kept = scene.entry("203.0.113.7", node="fra-1", environments=["shop-production"], database=PRODUCTION)
    tenants = tuple(Tenant(name, name, "", resource=f"dflow_environment.{name}") for name in ("shop", "staging"))
    subject = scene.subject(scene.change([kept], [kept], database=PRODUCTION, undecided=tenants))

    assert asked(production_admits_production, subject) == ["dflow_environment.staging (cannot tell)"]
    assert asked(entries_admit_one_environment, subject) == [
        "dflow_environment.shop (cannot tell)",
        "dflow_environment.staging (cannot tell)",
    ]


def test_finds_environments_that_share_a_node(scene):
    found = list(entries_admit_one_environment(admitted(scene, "shop-production", "shop-staging")))

    assert [each.address for each in found] == [LIST]
    assert "fra-1 lets in shop-production and shop-staging alike" in found[0].message


@pytest.mark.parametrize("check", [production_admits_production, entries_admit_one_environment])
def test_cannot_tell_without_knowing_who_is_on_the_node(scene, asked, check):
    assert asked(check, admitted(scene)) == [f"{LIST} (cannot tell)"]
    assert asked(check, admitted(scene, is_foreign=True)) == []


@pytest.mark.parametrize("check", [production_admits_production, entries_admit_one_environment])
def test_survives_values_of_the_wrong_type(odd_subjects, check):
    assert [list(check(subject)) for subject in odd_subjects]
