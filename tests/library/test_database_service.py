"""Databases that dFlow runs."""

import pytest

from dflow_constructs import (
    ConfigurationError,
    Database,
    DatabaseService,
    DflowStack,
    Engine,
    Environment,
    ReferenceField,
)


def test_a_database_service_is_a_database_without_inheriting_it(production: Environment):
    cache = DatabaseService(production, "cache", engine=Engine.REDIS)

    assert isinstance(cache, Database)
    assert Database not in type(cache).__mro__


def test_a_database_service_says_which_engine(stack: DflowStack, production: Environment, synthesize):
    DatabaseService(production, "cache", engine=Engine.REDIS, description="Sessions", hard_delete=True)

    (found,) = synthesize(stack)["resource"]["dflow_database_service"].values()
    assert found == {
        "environment_id": "${dflow_environment.production.id}",
        "name": "shop-production-cache",
        "description": "Sessions",
        "engine": "redis",
        "hard_delete": True,
    }


def test_a_reference_is_written_as_dflow_reads_it(production: Environment):
    documents = DatabaseService(production, "docs", engine=Engine.MONGODB)

    assert documents.reference(ReferenceField.URI) == "{{ shop-production-docs.MONGO_URI }}"


def test_a_database_service_belongs_into_an_environment(stack: DflowStack):
    with pytest.raises(ConfigurationError, match="shop: the Service 'cache' belongs into an Environment; pass one as"):
        DatabaseService(stack, "cache", engine=Engine.REDIS)


def test_a_clickhouse_is_not_exposed(production: Environment):
    with pytest.raises(ConfigurationError) as refusal:
        DatabaseService(production, "events", engine=Engine.CLICKHOUSE, exposed=True)

    assert str(refusal.value) == (
        "shop/production/events: exposed=True: dFlow asks for one port to expose it by and ClickHouse has two, so "
        "exposing it fails; build the Services that use it in its Environment, or keep the database elsewhere, as an "
        "ExternalDatabase"
    )
