"""Azure's own clients talk to the stand-ins as they talk to Azure, so the stand-ins speak as Azure does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.cosmosdb import CosmosDBManagementClient
from azure.mgmt.postgresqlflexibleservers import PostgreSQLManagementClient

from dflow_sandbox.vendors import azure_resource_manager as arm
from dflow_sandbox.vendors.azure_cosmosdb import AzureCosmosServer
from dflow_sandbox.vendors.azure_postgresql import AzurePostgresqlServer

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_CLEAR: dict[str, Any] = {"enforce_https": False}
AT_ONCE: dict[str, Any] = {**IN_CLEAR, "polling_interval": 0}


class Token:
    """The stand-in's token, good for an hour."""

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        assert scopes == ("https://management.azure.com/.default",)
        return AccessToken(arm.TOKEN, int(time.time()) + 3600)


@pytest.fixture
def postgres() -> Iterator[tuple[AzurePostgresqlServer, Any]]:
    with AzurePostgresqlServer() as server:
        scopes = ["https://management.azure.com/.default"]
        yield (
            server,
            PostgreSQLManagementClient(
                Token(), arm.SUBSCRIPTION, base_url=server.url, credential_scopes=scopes
            ).firewall_rules,
        )


def test_firewall_rules_are_made_listed_and_deleted(postgres):
    server, rules = postgres
    content = {"properties": {"startIpAddress": "203.0.113.1", "endIpAddress": "203.0.113.1"}}

    made = rules.begin_create_or_update(arm.GROUP, "orders", "by-client", content, **AT_ONCE).result()

    assert made.start_ip_address == "203.0.113.1"
    listed = [rule.name for rule in rules.list_by_server(arm.GROUP, "orders", **IN_CLEAR)]
    assert listed == ["office", "AllowAllWindowsAzureIps", "vpn", "by-client"]
    rules.begin_delete(arm.GROUP, "orders", "by-client", **AT_ONCE).result()
    assert "203.0.113.1/32" not in server.cidrs()


def test_pages_are_followed(postgres):
    server, rules = postgres
    for number in range(150):
        server.put_by_hand(f"45.67.89.{number}/32")

    assert len(list(rules.list_by_server(arm.GROUP, "orders", **IN_CLEAR))) == 153


def test_refusals_are_understood(postgres):
    server, rules = postgres
    content = {"properties": {"startIpAddress": "2001:db8::7", "endIpAddress": "2001:db8::7"}}

    with pytest.raises(HttpResponseError) as refused:
        rules.begin_create_or_update(arm.GROUP, "orders", "by-client", content, **AT_ONCE).result()
    assert refused.value.error.code == "InvalidParameterValue"
    server.failing_operation = {"code": "ServerIsBusy", "message": "The server is busy."}
    with pytest.raises(HttpResponseError, match="The server is busy"):
        rules.begin_delete(arm.GROUP, "orders", "office", **AT_ONCE).result()
    server.remove_list()
    with pytest.raises(ResourceNotFoundError):
        list(rules.list_by_server(arm.GROUP, "orders", **IN_CLEAR))


def test_an_account_is_read_and_changed():
    rules = [{"ipAddressOrRange": "203.0.113.1"}]
    with AzureCosmosServer() as server:
        scopes = ["https://management.azure.com/.default"]
        client = CosmosDBManagementClient(Token(), arm.SUBSCRIPTION, base_url=server.url, credential_scopes=scopes)
        accounts = client.database_accounts
        found = accounts.get(arm.GROUP, "orders", **IN_CLEAR)
        assert [rule.ip_address_or_range for rule in found.ip_rules][:2] == ["198.51.100.7", "198.51.100.64/26"]

        content = {"properties": {"ipRules": rules}}
        changed = accounts.begin_update(arm.GROUP, "orders", content, **AT_ONCE).result()

        assert [rule.ip_address_or_range for rule in changed.ip_rules] == ["203.0.113.1"]
        assert server.listed() == rules
