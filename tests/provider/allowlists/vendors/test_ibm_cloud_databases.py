"""What is particular to IBM Cloud Databases: an ETag as lock, tasks, and tokens from IAM."""

from __future__ import annotations

import pytest

from dflow_provider.allowlists.entry import Author
from dflow_provider.allowlists.place import Place
from dflow_provider.allowlists.vendors.ibm_cloud_databases import open_list
from dflow_provider.schema import ProviderError
from dflow_vendors import vendor_named

KEY = "ibm_cloud_databases"
NOTE = "dflow: orders from fra-1 (shop/orders)"


def test_a_change_is_one_write_under_the_etag_that_was_read(server, terraform, config):
    etag = server._etag

    terraform.apply(config({"fra-1": "203.0.113.1"}))

    (put,) = [request for request in server.take_requests() if request.method == "PUT"]
    assert put.headers["if-match"] == etag
    assert put.json["ip_addresses"] == [
        {"address": "198.51.100.7", "description": "office"},
        {"address": "192.0.2.0/24", "description": "VPN of the accountants"},
        {"address": "203.0.113.1", "description": NOTE},
    ]
    assert put.path.startswith("/v5/ibm/deployments/crn%3Av1%3Abluemix%3A")


def test_a_list_that_changed_meanwhile_is_read_again(server, terraform, config):
    server.before_next("PUT", lambda: server.put_by_hand("45.67.89.1/32", "came in between"))

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert {"45.67.89.1/32", "203.0.113.1/32"} <= server.cidrs()
    assert len(server.writes()) == 2


def test_without_an_etag_nothing_is_written(server, terraform, config):
    server.sends_etag = False

    with pytest.raises(ProviderError, match="cannot be written") as refused:
        terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "no ETag" in refused.value.detail
    assert not server.writes()


def test_a_task_that_fails_is_an_error_with_its_name(server, terraform, config):
    failed = {"task": {"id": "t", "description": "Updating the allowlist", "status": "failed"}}
    server.refuse_next("GET", "/tasks/", status=200, body=failed)

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    (problem,) = terraform.last_report.diagnostics
    assert problem.title == "IBM Cloud did not apply the list"
    assert "Updating the allowlist" in problem.detail


def test_one_token_is_good_for_many_requests(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    terraform.destroy(state)

    asked = [request for request in server.take_requests() if request.path == "/identity/token"]
    assert len(asked) == 1
    assert asked[0].headers["content-type"] == "application/x-www-form-urlencoded"


def test_iam_s_refusal_is_told_and_the_key_is_not(terraform, config, environment):
    environment["IC_API_KEY"] = "canary-wrong-key"
    terraform.resource._backend.environment = environment

    with pytest.raises(ProviderError, match="refuses the credential") as refused:
        terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "BXNIM0415E" in refused.value.detail
    assert "canary" not in refused.value.detail


@pytest.mark.parametrize(
    ("endpoint", "path"),
    [("https://icd.example", "/v5/ibm/deployments/"), ("https://icd.example/v5/ibm", "/deployments/")],
)
def test_the_api_s_version_may_stand_in_the_endpoint(server, endpoint, path):
    environment = {**server.environment(), "IBMCLOUD_ICD_API_ENDPOINT": endpoint}
    place = Place(vendor_named(KEY), server.locators, Author("shop/orders"), environment)

    assert open_list(place)._path.startswith(path)


def test_the_region_leads_to_its_endpoint(server):
    place = Place(vendor_named(KEY), server.locators, Author("shop/orders"), {})

    assert place.endpoint == "https://api.eu-de.databases.cloud.ibm.com"


def test_a_hundred_entries_are_all_that_fit(terraform, config):
    entries = {f"node-{number}": f"45.67.89.{number}/32" for number in range(99)}

    with pytest.raises(ProviderError, match="quota") as refused:
        terraform.plan(config(entries))

    assert "101" in refused.value.detail
    assert "cloud.ibm.com/docs" in refused.value.detail
