"""What is particular to PlanetScale Vitess: the list belongs to a password, which may have none, or be over."""

from __future__ import annotations

import pytest

from dflow_provider.schema import ProviderError

KEY = "planetscale_vitess"


def test_only_the_list_is_sent_and_foreign_entries_keep_their_spelling(server, terraform, config):
    terraform.apply(config({"fra-1": "203.0.113.1"}))

    (patch,) = [request for request in server.take_requests() if request.method == "PATCH"]
    assert patch.json == {"cidrs": ["198.51.100.7", "192.0.2.0/24", "203.0.113.1/32"]}


def test_the_first_entry_of_a_password_that_never_had_a_list_is_guarded(server, terraform, config):
    server.password["cidrs"] = None

    with pytest.raises(ProviderError, match="First entry locks others out"):
        terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    terraform.apply(config({"fra-1": "203.0.113.1/32"}, allow_first=True))
    assert server.cidrs() == {"203.0.113.1/32"}


def test_an_expired_password_is_reported(server, terraform, config):
    server.password["expired"] = True

    terraform.plan(config({"fra-1": "203.0.113.1/32"}))

    assert any("the password has expired" in each.detail for each in terraform.last_report.diagnostics)


def test_the_organization_comes_from_the_environment_where_it_is_left_out(terraform, config, environment):
    environment["PLANETSCALE_ORG"] = "shop"
    terraform.resource._backend.environment = environment

    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}, organization=None))

    assert state["id"] == "shop/orders/main/kx3yd9wz2mqa/shop/orders"
