"""`data.dflow_service`."""

import pytest

from dflow_provider.resources.service import Service
from dflow_provider.schema import UNKNOWN, ProviderError, Report


def test_an_app_is_found_by_id_and_by_names(ask, organisation, shop):
    made = organisation.post(
        "services",
        name="shop-web",
        type="app",
        project=shop["id"],
        builder="railpack",
        providerType="github",
        githubSettings={"repository": "shop", "owner": "acme", "branch": "main", "port": 8080, "gitToken": "canary"},
        variables=[{"key": "A", "value": "canary"}],
    )

    found = ask("dflow_service", id=made["id"])

    assert found == {
        "id": made["id"],
        "name": "shop-web",
        "environment": None,
        "environment_id": shop["id"],
        "type": "app",
        "description": None,
        "app": {
            "builder": "railpack",
            "port": 8080,
            "provider": "github",
            "repository": "shop",
            "owner": "acme",
            "branch": "main",
            "build_path": "/",
            "git_provider_id": None,
        },
        "docker": None,
        "database": None,
        "created_at": made["createdAt"],
    }
    for environment in ("shop", shop["id"]):
        by_name = ask("dflow_service", environment=environment, name="shop-web")
        assert by_name == {**found, "environment": environment}


def test_an_app_without_a_source_has_none(ask, web):
    app = ask("dflow_service", id=web["id"])["app"]

    assert (app["provider"], app["repository"], app["port"]) == (None, None, None)


def test_a_docker_service_shows_what_it_runs(ask, organisation, shop):
    ports = [{"hostPort": 80, "containerPort": 8080, "scheme": "http"}]
    made = organisation.post(
        "services", name="shop-w", type="docker", project=shop["id"], dockerDetails={"url": "nginx", "ports": ports}
    )

    found = ask("dflow_service", id=made["id"])

    port = {"host_port": 80, "container_port": 8080, "scheme": "http"}
    assert found["docker"] == {"image": "nginx", "docker_registry_id": None, "ports": [port]}
    assert (found["app"], found["database"]) == (None, None)


def test_a_database_shows_no_password(ask, organisation, shop):
    details = {"type": "postgres", "username": "postgres", "password": "canary", "connectionUrl": "postgres://canary"}
    made = organisation.post("services", name="shop-db", type="database", project=shop["id"], databaseDetails=details)

    found = ask("dflow_service", id=made["id"])

    assert found["database"] == {
        "engine": "postgres",
        "internal_host": "dokku-postgres-shop-db",
        "username": "postgres",
        "port": None,
        "version": None,
        "status": None,
        "exposed_ports": [],
    }
    assert "canary" not in repr(found)


def test_a_service_in_another_environment_says_so(ask, organisation, web):
    organisation.post("projects", name="stage", server=organisation.node_id)

    with pytest.raises(ProviderError, match="is not in the Environment 'stage' but in 'shop'"):
        ask("dflow_service", environment="stage", name="shop-web")


def test_an_id_of_something_else_says_what_it_is(ask, organisation):
    with pytest.raises(ProviderError, match=r"is the id of the Worker Node 'node-1'\. Give the id of a service"):
        ask("dflow_service", id=organisation.node_id)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"id": "1"}, []),
        ({"name": "a", "environment": UNKNOWN}, []),
        ({}, ["Neither id nor name is set"]),
        ({"id": "1", "name": "a", "environment": "b"}, ["Both id and name are set"]),
        ({"name": "a"}, ["name is set and environment is not"]),
        ({"id": "1", "environment": "b"}, ["environment is set and name is not"]),
    ],
)
def test_a_question_names_one_service(given, words):
    report = Report()
    config = {attribute.name: given.get(attribute.name) for attribute in Service.schema.attributes}

    Service.validate_config(config, report)

    assert [each.detail.partition(".")[0] for each in report.diagnostics] == words
