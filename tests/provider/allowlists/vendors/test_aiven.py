"""Aiven: texts and objects on one list, redacted secrets beside it, and a default that is open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from dflow_sandbox.vendors.aiven import AivenServer

KEY = "aiven"
ADDRESS = "203.0.113.1/32"


def puts(server: AivenServer) -> list[Any]:
    return [json.loads(request.body) for request in server.take_requests() if request.method == "PUT"]


def test_only_the_filter_is_written_each_item_in_the_form_it_came_in(server: AivenServer, terraform: Any, config: Any):
    foreign = server.listed()

    terraform.apply(config({"fra-1": ADDRESS}))

    ours = {"network": ADDRESS, "description": "dflow: orders from fra-1 (shop/orders)"}
    assert puts(server) == [{"user_config": {"ip_filter": [*foreign, ours]}}]
    assert server.user_config["admin_password"] == "never-shown"


def test_a_filter_that_was_never_set_stays_open_and_is_reported(server: AivenServer, terraform: Any, config: Any):
    del server.user_config["ip_filter"]

    terraform.plan(config({"fra-1": ADDRESS}))
    assert "Database is open to everybody" in [each.title for each in terraform.last_report.diagnostics]
    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert [*server.listed()[:2]] == ["0.0.0.0/0", "::/0"]
    assert state["open_to_world"] is True


def test_an_emptied_filter_lets_nobody_in_and_needs_no_word(server: AivenServer, terraform: Any, config: Any):
    server.user_config["ip_filter"] = []

    state = terraform.apply(config({"fra-1": ADDRESS}))
    terraform.destroy(state)

    assert server.listed() == []


def test_a_service_that_is_being_rebuilt_is_waited_for(server: AivenServer, terraform: Any, config: Any):
    planned = config({"fra-1": ADDRESS})
    terraform.apply(planned)

    methods = [request.method for request in server.take_requests()]
    assert methods[methods.index("PUT") :] == ["PUT", "GET", "GET", "GET", "GET"]  # rebuilding twice, running, verified


def test_a_service_that_is_off_is_written_and_not_waited_for(server: AivenServer, terraform: Any, config: Any):
    server.state = "POWEROFF"

    terraform.apply(config({"fra-1": ADDRESS}))

    assert ADDRESS in server.cidrs()
    assert not terraform.last_report.has_errors


@pytest.mark.parametrize("item", ["203.0.113.1", {"network": "203.0.113.1/32"}])
def test_somebody_s_entry_without_a_description_stays_theirs(
    server: AivenServer, terraform: Any, config: Any, item: Any
):
    server.user_config["ip_filter"].append(item)

    state = terraform.apply(config({"fra-1": ADDRESS}))
    terraform.destroy(state)

    assert server.listed()[-1] == item


def test_a_token_in_the_command_line_s_variable_is_taken_too(
    server: AivenServer, terraform: Any, config: Any, environment: Any
):
    environment["AIVEN_AUTH_TOKEN"] = environment.pop("AIVEN_TOKEN")

    terraform.apply(config({"fra-1": ADDRESS}))

    assert ADDRESS in server.cidrs()
