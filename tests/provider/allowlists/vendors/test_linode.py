"""What is particular to Linode's databases: a list without notes, events only for changes, and maintenance."""

from __future__ import annotations

import pytest

from dflow_provider.schema import ProviderError

KEY = "linode"


def test_only_the_list_is_sent_and_what_others_put_on_it_goes_back_as_it_came(server, terraform, config):
    terraform.apply(config({"fra-1": "203.0.113.1"}))

    (put,) = [request for request in server.take_requests() if request.method == "PUT"]
    assert put.json == {"allow_list": ["198.51.100.7/32", "192.0.2.0/24", "203.0.113.1/32"]}


def test_a_list_that_is_as_wanted_is_not_written_since_no_event_would_come(server, terraform, config):
    server.put_by_hand("203.0.113.1/32")

    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    terraform.destroy(state)

    assert not server.writes()
    assert not server.events


def test_a_database_that_is_updating_is_waited_for_before_the_list_is_written(server, terraform, config):
    planned = config({"fra-1": "203.0.113.1/32"})
    server.looks_until_active = 3

    terraform.apply(planned)

    assert server.events == ["database_update"]
    assert "203.0.113.1/32" in server.cidrs()


def test_maintenance_is_told_and_not_waited_out(server, terraform, config):
    server.refuse_next(
        "GET", status=503, body={"errors": [{"reason": "Maintenance"}]}, headers={"X-Maintenance-Mode": "all"}
    )

    with pytest.raises(ProviderError, match="maintenance"):
        terraform.apply(config({"fra-1": "203.0.113.1/32"}))


@pytest.mark.parametrize(("suffix", "version"), [("/v4", None), ("", "v4"), ("/", None)])
def test_the_api_s_version_may_stand_in_either_variable(server, terraform, config, environment, suffix, version):
    environment["LINODE_URL"] = f"{server.url}{suffix}"
    if version:
        environment["LINODE_API_VERSION"] = version
    terraform.resource._backend.environment = environment

    terraform.plan(config({"fra-1": "203.0.113.1/32"}))

    assert {request.path for request in server.take_requests()} == {"/v4/databases/postgresql/instances/123456"}


def test_an_open_list_is_reported_and_left_alone(server, terraform, config):
    server.put_by_hand("0.0.0.0/0")

    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert state["open_to_world"] is True
    assert "0.0.0.0/0" in server.cidrs()
