"""SingleStore: a group that allows all traffic has no list, and what is written shows later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_sandbox.vendors.singlestore import SingleStoreServer

KEY = "singlestore"
ADDRESS = "203.0.113.1/32"


def test_a_group_that_allows_all_traffic_is_not_written(server: SingleStoreServer, terraform: Any, config: Any):
    server.ranges, server.allows_all = [], True

    with pytest.raises(ProviderError, match="Allowlist cannot be written") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "would lock out everybody" in refused.value.detail
    assert not server.writes()


def test_a_group_that_was_opened_shows_as_open(server: SingleStoreServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    server.ranges, server.allows_all = [], True

    state = terraform.refresh(state)

    assert state["open_to_world"] is True
    assert state["active_entries"] == {}


def test_what_was_written_is_waited_for_and_written_once(server: SingleStoreServer, terraform: Any, config: Any):
    terraform.apply(config({"fra-1": ADDRESS}))

    (write,) = [request for request in server.take_requests() if request.method == "PATCH"]
    assert json.loads(write.body) == {"firewallRanges": ["198.51.100.0/24", "198.51.100.7/32", ADDRESS]}


def test_a_list_without_ranges_is_closed_and_needs_no_word(server: SingleStoreServer, terraform: Any, config: Any):
    server.clear_by_hand()

    terraform.destroy(terraform.apply(config({"fra-1": ADDRESS})))

    assert server.ranges == []


def test_a_terminated_group_is_gone(server: SingleStoreServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    server.state = "TERMINATED"

    assert terraform.refresh(state) is None
