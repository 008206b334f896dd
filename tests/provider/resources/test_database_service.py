"""`dflow_database_service` from plan to destroy."""

import pytest

from dflow_provider.schema import UNKNOWN


@pytest.fixture
def databases(life):
    return life("dflow_database_service")


@pytest.fixture
def values(shop):
    return {"environment_id": shop["id"], "name": "shop-cache", "engine": "redis"}


DEPLOYED = {
    "type": "redis",
    "username": "u",
    "password": "hunter2",
    "host": "dokku-redis-shop-cache",
    "port": "6379",
    "connectionUrl": "redis://u:hunter2@dokku-redis-shop-cache:6379",
    "version": "redis:7.2",
    "status": "running",
    "exposedPorts": ["23456"],
}


def test_it_lives_and_dies(databases, organisation, shop, values):
    created = databases.create(values).state

    document = organisation.get("services", created["id"])
    assert (document["type"], document["databaseDetails"]["type"]) == ("database", "redis")
    assert created["internal_host"] == "dokku-redis-shop-cache"
    assert [created[name] for name in ("username", "port", "version", "status", "exposed_ports")] == [
        None, None, None, None, [],
    ]  # fmt: skip
    assert databases.read(created) == created
    assert databases.plans_no_change(created, values)

    changed = databases.update(created, {**values, "description": "cache"}).state
    assert organisation.get("services", created["id"])["description"] == "cache"

    databases.delete(changed)
    assert databases.read(changed) is None


@pytest.mark.parametrize("engine", ["postgres", "mongo", "mysql", "mariadb", "redis", "clickhouse"])
def test_every_engine_is_made_and_has_its_host_planned(databases, values, engine):
    planned = databases.plan({**values, "engine": engine})
    assert planned["internal_host"] == f"dokku-{engine}-shop-cache"

    assert databases.create({**values, "engine": engine}).state["internal_host"] == planned["internal_host"]


def test_the_host_of_an_unknown_name_is_unknown(databases, values):
    assert databases.plan({**values, "name": UNKNOWN})["internal_host"] == UNKNOWN


def test_what_a_deployment_teaches_is_read_and_no_secret_with_it(databases, organisation, values):
    created = databases.create(values).state
    organisation.patch("services", created["id"], databaseDetails=DEPLOYED)

    now = databases.read(created)

    assert (now["username"], now["port"], now["version"], now["status"]) == ("u", "6379", "redis:7.2", "running")
    assert now["exposed_ports"] == ["23456"]
    assert "hunter2" not in repr(now)
    assert databases.plans_no_change(now, values)


def test_a_deployment_between_plan_and_apply_is_no_contradiction(databases, organisation, values):
    created = databases.create(values).state
    organisation.patch("services", created["id"], databaseDetails=DEPLOYED)

    outcome = databases.update(created, {**values, "description": "cache"})

    assert outcome.errors == []
    assert outcome.state["status"] is None
    assert databases.read(outcome.state)["status"] == "running"


def test_it_is_imported_by_id_and_by_names(databases, values):
    created = databases.create(values).state

    assert databases.import_state(created["id"]).state == created
    assert databases.import_state("shop/shop-cache").state == created
