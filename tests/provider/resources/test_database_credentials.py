"""`ephemeral.dflow_database_credentials`."""

import pytest

from dflow_provider.provider import DflowProvider
from dflow_provider.schema import Call, Exposure, ProviderError

URL = "postgres://postgres:canary@dokku-postgres-shop-db:5432/shop_db?x=a/b"
DETAILS = {
    "type": "postgres",
    "username": "postgres",
    "password": "canary",
    "host": "dokku-postgres-shop-db",
    "port": "5432",
    "connectionUrl": URL,
    "status": "running",
}


@pytest.fixture
def opened(backend):
    """Open the credentials of a service; what was said is in the call."""

    def open_(service_id, call=None):
        kind = DflowProvider.ephemeral_resources["dflow_database_credentials"]
        config = {attribute.name: None for attribute in kind.schema.attributes}
        return kind(backend).open({**config, "service_id": service_id}, call or Call())

    return open_


@pytest.fixture
def database(organisation, shop):
    def make(**details):
        return organisation.post(
            "services", name="shop-db", type="database", project=shop["id"], databaseDetails=details
        )["id"]

    return make


def test_a_deployed_database_gives_all_it_takes_to_log_in(opened, database):
    service_id = database(**DETAILS)

    assert opened(service_id) == {
        "service_id": service_id,
        "engine": "postgres",
        "username": "postgres",
        "password": "canary",
        "host": "dokku-postgres-shop-db",
        "port": "5432",
        "connection_url": URL,
        "public_host": None,
        "public_port": None,
        "public_connection_url": None,
    }


def test_what_dflow_left_out_is_taken_from_the_url(opened, database):
    found = opened(database(type="postgres", connectionUrl=URL))

    assert (found["username"], found["password"]) == ("postgres", "canary")
    assert (found["host"], found["port"]) == ("dokku-postgres-shop-db", "5432")


def test_an_exposed_database_has_a_public_address(opened, database):
    found = opened(database(**DETAILS, exposedPorts=["25432", "25433"]))

    assert (found["public_host"], found["public_port"]) == ("203.0.113.9", "25432")
    assert found["public_connection_url"] == "postgres://postgres:canary@203.0.113.9:25432/shop_db?x=a/b"


def test_an_exposed_database_behind_nat_is_warned_of(opened, organisation, database):
    organisation.patch("servers", organisation.node_id, publicIp="999.999.999.999")
    call = Call()

    found = opened(database(**DETAILS, exposedPorts=["25432"]), call)

    assert (found["public_host"], found["public_port"], found["public_connection_url"]) == (None, "25432", None)
    (warning,) = call.report.diagnostics
    assert "the Worker Node 'node-1'" in warning.detail
    assert "its field publicIp is '999.999.999.999'" in warning.detail
    assert "canary" not in warning.detail


def test_a_database_that_was_never_deployed_says_so(opened, database):
    with pytest.raises(ProviderError) as caught:
        opened(database(type="postgres"))

    assert caught.value.title == "Database is not deployed yet"
    assert "The Database service 'shop-db'" in caught.value.detail
    assert "deploy it in the dashboard" in caught.value.detail


def test_other_services_have_no_credentials(opened, web):
    with pytest.raises(ProviderError, match=r"Service is no database: The service 'shop-web' .* of the type 'app'"):
        opened(web["id"])


def test_an_id_of_something_else_says_what_it_is(opened, shop):
    with pytest.raises(ProviderError, match="is the id of the Environment 'shop'"):
        opened(shop["id"])


def test_every_secret_is_sensitive():
    schema = DflowProvider.ephemeral_resources["dflow_database_credentials"].schema

    assert {attribute.name for attribute in schema.attributes if attribute.exposure is Exposure.SENSITIVE} == {
        "password",
        "connection_url",
        "public_connection_url",
    }
