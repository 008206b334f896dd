"""DFLOW040 and DFLOW041: which Environments get in where."""

from __future__ import annotations

import pytest

from dflow_review.reach import Database
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
