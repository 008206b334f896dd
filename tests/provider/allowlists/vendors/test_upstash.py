"""Upstash: read under one name, written under another, and open as long as there is no list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dflow_sandbox.vendors.upstash import UpstashServer

KEY = "upstash"
ADDRESS = "203.0.113.1/32"


def test_the_list_is_written_by_its_other_name_with_foreign_spellings_kept(
    server: UpstashServer, terraform: Any, config: Any
):
    terraform.apply(config({"fra-1": ADDRESS}))

    (write,) = [request for request in server.take_requests() if request.method == "POST"]
    assert write.path == f"/v2/redis/update-allowlist/{server.locators['database_id']}"
    assert json.loads(write.body) == {"allowed_ips": ["198.51.100.7", "198.51.100.128/25", ADDRESS]}


def test_a_list_that_was_never_set_is_null_and_its_first_entry_needs_a_word(
    server: UpstashServer, terraform: Any, config: Any
):
    server.allowed = []

    state = terraform.apply(config({"fra-1": ADDRESS}, allow_first=True))

    assert server.allowed == [ADDRESS]
    assert state["foreign_entries"] == []


def test_a_free_database_is_refused_in_upstash_s_words(server: UpstashServer, terraform: Any, config: Any):
    server.is_free = True
    planned = config({"fra-1": ADDRESS})

    terraform.apply(planned)

    (problem,) = terraform.last_report.diagnostics
    assert "not available on the free plan" in problem.detail
    assert server.allowed == ["198.51.100.7", "198.51.100.128/25"]
