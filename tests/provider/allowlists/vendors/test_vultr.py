"""Vultr: nothing but the list is written, and an empty one has to be sent as such."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dflow_sandbox.vendors.vultr import VultrServer

KEY = "vultr"
ADDRESS = "203.0.113.1/32"


def bodies(server: VultrServer) -> list[Any]:
    return [json.loads(request.body) for request in server.take_requests() if request.method == "PUT"]


def test_only_the_list_is_written_with_foreign_spellings_kept(server: VultrServer, terraform: Any, config: Any):
    settings = dict(server.settings)

    terraform.apply(config({"fra-1": ADDRESS, "office": "203.0.113.64/26"}))

    assert bodies(server) == [{"trusted_ips": ["198.51.100.7", "198.51.100.128/25", "203.0.113.1", "203.0.113.64/26"]}]
    assert server.settings == settings


def test_the_last_entry_goes_by_an_empty_list_that_is_really_sent(server: VultrServer, terraform: Any, config: Any):
    server.trusted = None
    state = terraform.apply(config({"fra-1": ADDRESS}, allow_first=True, allow_empty=True))
    server.take_requests()

    terraform.destroy(state)

    assert bodies(server) == [{"trusted_ips": []}]
    assert server.trusted == []


def test_a_refusal_is_told_in_vultr_s_words(server: VultrServer, terraform: Any, config: Any):
    server.refuse_next("PUT", status=400, body={"error": "Invalid trusted IP: 203.0.113.1", "status": 400})

    terraform.apply(config({"fra-1": ADDRESS}))

    (problem,) = terraform.last_report.diagnostics
    assert problem.title == "Vendor refuses the change"
    assert "Invalid trusted IP: 203.0.113.1" in problem.detail
