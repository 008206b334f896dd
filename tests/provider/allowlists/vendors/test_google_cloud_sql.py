"""Cloud SQL: the settings' version as a lock, one operation at a time, and credentials that earn a token."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_sandbox.vendors.google_cloud_sql import GoogleCloudSqlServer

KEY = "google_cloud_sql"
ADDRESS = "203.0.113.1/32"
INSTANCE = "/v1/projects/shop-production/instances/orders"


def patches(server: GoogleCloudSqlServer) -> list[Any]:
    return [json.loads(request.body) for request in server.take_requests() if request.method == "PATCH"]


def detail(terraform: Any) -> str:
    return "\n".join(f"{each.title}: {each.detail}" for each in terraform.last_report.diagnostics)


def test_a_patch_holds_the_version_and_the_list_and_nothing_else(
    server: GoogleCloudSqlServer, terraform: Any, config: Any
):
    foreign = server.listed()

    terraform.apply(config({"fra-1": ADDRESS}))

    ours = {"kind": "sql#aclEntry", "value": ADDRESS, "name": "dflow: orders from fra-1 (shop/orders)"}
    network = {"authorizedNetworks": [*foreign, ours]}
    assert patches(server) == [{"settings": {"settingsVersion": "214", "ipConfiguration": network}}]
    assert server.settings["userLabels"] == {"team": "orders"}
    assert server.settings["ipConfiguration"]["sslMode"] == "ENCRYPTED_ONLY"


def test_a_version_that_moved_is_read_again_and_nothing_is_lost(
    server: GoogleCloudSqlServer, terraform: Any, config: Any
):
    server.before_next("PATCH", lambda: server.put_by_hand("198.51.100.33/32", "a colleague"))

    terraform.apply(config({"fra-1": ADDRESS}))

    assert {"198.51.100.33/32", ADDRESS} <= server.cidrs()
    assert [body["settings"]["settingsVersion"] for body in patches(server)] == ["214", "215"]


def test_an_operation_that_runs_is_waited_for_before_the_list_is_written(
    server: GoogleCloudSqlServer, terraform: Any, config: Any
):
    server.start_other_operation(looks=2)

    terraform.apply(config({"fra-1": ADDRESS}))

    seen = [f"{request.method} {request.path}" for request in server.take_requests()]
    refused = seen.index(f"PATCH {INSTANCE}")
    assert seen[refused + 1] == "GET /v1/projects/shop-production/operations"
    assert seen.count(f"PATCH {INSTANCE}") == 2
    assert ADDRESS in server.cidrs()


def test_an_operation_that_fails_is_told_in_google_s_words(server: GoogleCloudSqlServer, terraform: Any, config: Any):
    server.fails_with = {"code": "INTERNAL_ERROR", "message": "The network could not be updated."}

    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert "Cloud SQL did not apply the list" in detail(terraform)
    assert "The network could not be updated. (INTERNAL_ERROR)" in detail(terraform)
    assert state["active_entries"] == {}
    assert ADDRESS not in server.cidrs()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"connectorEnforcement": "REQUIRED"}, "connectorEnforcement = REQUIRED"),
        ({"ipConfiguration": {"ipv4Enabled": False, "authorizedNetworks": []}}, "ipv4Enabled = false"),
    ],
)
def test_a_plan_says_when_no_entry_has_an_effect(
    server: GoogleCloudSqlServer, terraform: Any, config: Any, setting: dict[str, Any], told: str
):
    server.settings.update(setting)

    terraform.plan(config({"fra-1": ADDRESS}))

    assert "Entries let nobody in" in detail(terraform)
    assert told in detail(terraform)


def test_an_entry_gets_an_end_and_loses_it_again(server: GoogleCloudSqlServer, terraform: Any, config: Any):
    end = "2031-12-31T18:00:00Z"
    state = terraform.apply(config({"fra-1": {"cidr": ADDRESS, "expires_at": end}}))
    assert server.listed()[-1]["expirationTime"] == end
    server.settings["ipConfiguration"]["authorizedNetworks"][-1]["expirationTime"] = "2031-12-31T18:00:00.000Z"
    assert terraform.second_plan_is_empty(config({"fra-1": {"cidr": ADDRESS, "expires_at": end}}), state)

    terraform.apply(config({"fra-1": ADDRESS}), terraform.refresh(state))

    assert "expirationTime" not in server.listed()[-1]


def test_an_entry_that_has_ended_lets_nobody_in_and_is_added_anew(
    server: GoogleCloudSqlServer, terraform: Any, config: Any
):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    server.settings["ipConfiguration"]["authorizedNetworks"][-1]["expirationTime"] = "2026-01-01T00:00:00Z"

    state = terraform.refresh(state)
    assert state["active_entries"] == {}
    terraform.apply(config({"fra-1": ADDRESS}), state)

    assert [each.get("expirationTime") for each in server.listed() if each["value"] == ADDRESS] == [None]


def test_what_the_console_sent_without_a_list_is_an_empty_list(
    server: GoogleCloudSqlServer, terraform: Any, config: Any
):
    del server.settings["ipConfiguration"]["authorizedNetworks"]

    terraform.apply(config({"fra-1": ADDRESS}))

    assert server.cidrs() == {ADDRESS}


@pytest.mark.parametrize("as_file", [False, True], ids=["in the variable", "in a file"])
def test_a_service_account_s_key_earns_one_token_for_all_requests(
    server: GoogleCloudSqlServer, terraform: Any, config: Any, environment: Any, tmp_path: Path, as_file: bool
):
    del environment["GOOGLE_OAUTH_ACCESS_TOKEN"]
    key = server.service_account_key()
    if as_file:
        (tmp_path / "key.json").write_text(key)
        environment["GOOGLE_APPLICATION_CREDENTIALS"] = str(tmp_path / "key.json")
    else:
        environment["GOOGLE_CREDENTIALS"] = key

    terraform.apply(config({"fra-1": ADDRESS}))

    assert ADDRESS in server.cidrs()
    assert [request.path for request in server.take_requests()].count("/token") == 1


def test_a_key_google_does_not_take_is_named_and_not_shown(
    server: GoogleCloudSqlServer, terraform: Any, config: Any, environment: Any
):
    del environment["GOOGLE_OAUTH_ACCESS_TOKEN"]
    key = json.loads(server.service_account_key())
    environment["GOOGLE_CREDENTIALS"] = json.dumps({**key, "client_email": "stranger@example.com"})

    with pytest.raises(ProviderError, match="Vendor refuses the credential") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "Invalid JWT: the issuer is not known" in refused.value.detail
    assert "PRIVATE KEY" not in refused.value.detail


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("/nowhere/key.json", "no file that can be read"),
        ("{", "not Google's JSON of credentials"),
        ('{"type": "gdch_service_account"}', "not Google's JSON of credentials"),
        ('{"type": "service_account", "client_email": "a@example.com"}', "are not complete"),
    ],
)
def test_credentials_that_cannot_be_read_say_why(terraform: Any, config: Any, environment: Any, value: str, told: str):
    del environment["GOOGLE_OAUTH_ACCESS_TOKEN"]
    environment["GOOGLE_CREDENTIALS"] = value

    with pytest.raises(ProviderError, match="Credentials cannot be read") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert told in refused.value.detail
    assert "GOOGLE_" in refused.value.detail or "service_account" in refused.value.detail


@pytest.mark.parametrize(
    ("token_type", "source", "told"),
    [
        ("urn:ietf:params:oauth:token-type:jwt", {"file": "/nowhere/token"}, "/nowhere/token"),
        ("urn:ietf:params:aws:token-type:aws4_request", {"environment_id": "aws1"}, "are not complete"),
    ],
    ids=["a token in a file", "AWS"],
)
def test_workload_identity_is_understood_whatever_its_source(
    server: GoogleCloudSqlServer,
    terraform: Any,
    config: Any,
    environment: Any,
    token_type: str,
    source: dict[str, str],
    told: str,
):
    del environment["GOOGLE_OAUTH_ACCESS_TOKEN"]
    environment["GOOGLE_CREDENTIALS"] = json.dumps(
        {
            "type": "external_account",
            "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/ci",
            "subject_token_type": token_type,
            "token_url": f"{server.url}/token",
            "credential_source": source,
        }
    )

    with pytest.raises(ProviderError) as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert told in refused.value.detail


def test_a_missing_google_auth_says_how_to_install_it(
    terraform: Any, config: Any, environment: Any, monkeypatch: pytest.MonkeyPatch
):
    del environment["GOOGLE_OAUTH_ACCESS_TOKEN"]
    environment["GOOGLE_CREDENTIALS"] = json.dumps({"type": "authorized_user", "client_id": "nobody's"})
    for name in ("google", "google.oauth2", "google.oauth2.credentials"):
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(ProviderError, match="google-auth is missing") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "pip install 'dflow-cdktf[google]'" in refused.value.detail


def test_google_s_own_client_talks_to_the_stand_in(server: GoogleCloudSqlServer):
    """What every client library of Google's sends underneath: google-auth's session, unchanged."""
    from google.auth.transport.requests import AuthorizedSession  # noqa: PLC0415 (slow to import)
    from google.oauth2 import service_account  # noqa: PLC0415 (as above)

    credentials = service_account.Credentials.from_service_account_info(
        json.loads(server.service_account_key()), scopes=["https://www.googleapis.com/auth/cloud-platform"]
    )
    with AuthorizedSession(credentials) as google:
        settings = google.get(f"{server.url}{INSTANCE}").json()["settings"]
        networks = [
            *settings["ipConfiguration"]["authorizedNetworks"],
            {"value": ADDRESS, "name": "by Google's client"},
        ]
        body = {
            "settings": {
                "settingsVersion": settings["settingsVersion"],
                "ipConfiguration": {"authorizedNetworks": networks},
            }
        }
        first = google.patch(f"{server.url}{INSTANCE}", json=body)
        second = google.patch(f"{server.url}{INSTANCE}", json=body)
        name = first.json()["name"]
        looks = [google.get(f"{server.url}/v1/projects/shop-production/operations/{name}").json() for _ in range(2)]
        third = google.patch(f"{server.url}{INSTANCE}", json=body)

    assert [look["status"] for look in looks] == ["RUNNING", "DONE"]
    assert second.json()["error"]["errors"][0]["reason"] == "operationInProgress"
    assert (third.status_code, third.json()["error"]["errors"][0]["reason"]) == (412, "staleData")
    assert server.listed()[-1] == {"value": ADDRESS, "name": "by Google's client"}
