"""UpCloud: services that are pending for a while, and lists that let nobody in without a public address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_sandbox.vendors.upcloud import UpCloudServer

KEY = "upcloud"
ADDRESS = "203.0.113.1/32"


def words(terraform: Any) -> str:
    return "\n".join(f"{each.title}: {each.detail}" for each in terraform.last_report.diagnostics)


def test_only_the_list_is_written_and_other_properties_stay(server: UpCloudServer, terraform: Any, config: Any):
    terraform.apply(config({"fra-1": ADDRESS}))

    (write,) = [request for request in server.take_requests() if request.method == "PATCH"]
    assert json.loads(write.body) == {"properties": {"ip_filter": ["198.51.100.7/32", "198.51.100.128/25", ADDRESS]}}
    assert server.properties["timezone"] == "Europe/Helsinki"


def test_a_service_that_ends_in_error_is_reported(server: UpCloudServer, terraform: Any, config: Any):
    server.settled_as = "error"

    terraform.apply(config({"fra-1": ADDRESS}))

    assert "UpCloud did not apply the list" in words(terraform)


def test_a_service_without_a_public_address_is_warned_of_at_plan(server: UpCloudServer, terraform: Any, config: Any):
    server.properties["public_access"] = False

    terraform.plan(config({"fra-1": ADDRESS}))

    assert "public_access of the service is off" in words(terraform)


def test_the_utility_network_is_named_beside_the_entries(server: UpCloudServer, terraform: Any, config: Any):
    assert "utility network of de-fra1" in terraform.apply(config({"fra-1": ADDRESS}))["foreign_entries"]


def test_a_token_goes_before_user_and_password(
    server: UpCloudServer, environment: dict[str, str], terraform: Any, config: Any
):
    environment["UPCLOUD_TOKEN"] = server.TOKEN
    terraform.resource._backend.environment = environment

    terraform.plan(config({"fra-1": ADDRESS}))

    assert server.take_requests()[0].headers["authorization"] == f"Bearer {server.TOKEN}"


def test_a_user_without_a_password_is_asked_for_it(environment: dict[str, str], terraform: Any, config: Any):
    del environment["UPCLOUD_PASSWORD"]

    with pytest.raises(ProviderError, match="Vendor credential is missing") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "UPCLOUD_PASSWORD" in refused.value.detail
    assert "UPCLOUD_TOKEN" not in refused.value.detail


def test_what_is_wrong_with_a_request_is_told_by_parameter(server: UpCloudServer, terraform: Any, config: Any):
    wrong = {"title": "Validation error.", "invalid_params": [{"name": "properties.ip_filter", "reason": "Too many."}]}
    server.refuse_next("PATCH", status=400, body=wrong)

    terraform.apply(config({"fra-1": ADDRESS}))

    assert "Validation error: properties.ip_filter: Too many." in words(terraform)
