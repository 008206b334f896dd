"""Exoscale: every request is signed, and a write that was taken may still fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.allowlists.entry import Author
from dflow_provider.allowlists.place import Place
from dflow_provider.allowlists.rest import Request
from dflow_provider.allowlists.vendors.exoscale import signed
from dflow_vendors.rows.exoscale import EXOSCALE

if TYPE_CHECKING:
    from dflow_sandbox.vendors.exoscale import ExoscaleServer

KEY = "exoscale"
ADDRESS = "203.0.113.1/32"


def words(terraform: Any) -> str:
    return "\n".join(f"{each.title}: {each.detail}" for each in terraform.last_report.diagnostics)


@pytest.mark.parametrize(
    ("query", "authorization"),
    [
        ("", "expires=3376684800,signature=Ntbq/p0HVmA3Zg1HHY+Lq1vjFGi7HeMrrgXDS5jRNlY="),
        (
            "?k2=v2&k1=v1",
            "signed-query-args=k1;k2,expires=3376684800,signature=iqOBz13+44L5j0uJclE8hmUhQQcvtCSoPEOXYK6liqY=",
        ),
    ],
)
def test_requests_aresigned_as_exoscale_s_own_client_does(query: str, authorization: str):
    key, secret = "EXO" + 24 * "x", 43 * "X"  # the published vectors of exoscale/requests-exoscale-auth
    request = Request("GET", f"https://api.exoscale.com/v2/zone{query}", b"")

    headers = signed(request, key, secret, 3376684800 - 600)

    assert headers == {"Authorization": f"EXO2-HMAC-SHA256 credential={key},{authorization}"}


def test_the_endpoint_is_the_zone_s_unless_another_is_named():
    place = Place(EXOSCALE, {"zone": "ch-gva-2", "type": "pg", "name": "orders"}, Author("shop/orders"), {})

    assert place.endpoint == "https://api-ch-gva-2.exoscale.com/v2"


def test_only_the_list_is_written(server: ExoscaleServer, terraform: Any, config: Any):
    terraform.apply(config({"fra-1": ADDRESS}))

    (write,) = [request for request in server.take_requests() if request.method == "PUT"]
    assert json.loads(write.body) == {"ip-filter": ["198.51.100.7/32", "198.51.100.128/25", ADDRESS]}


def test_an_empty_list_is_really_sent(server: ExoscaleServer, terraform: Any, config: Any):
    server.ip_filter = None
    state = terraform.apply(config({"fra-1": ADDRESS}, allow_first=True, allow_empty=True))

    terraform.destroy(state)

    assert server.ip_filter == []


def test_an_operation_that_fails_is_told_with_its_reason(server: ExoscaleServer, terraform: Any, config: Any):
    server.ends_as = {"state": "failure", "reason": "incorrect", "message": "ip filter is too long"}

    terraform.apply(config({"fra-1": ADDRESS}))

    assert "Exoscale did not apply the list" in words(terraform)
    assert "ended as failure: incorrect, ip filter is too long" in words(terraform)
    assert ADDRESS not in server.cidrs()


def test_an_operation_that_failed_because_the_service_was_busy_is_tried_again(
    server: ExoscaleServer, terraform: Any, config: Any
):
    server.ends_as = {"state": "failure", "reason": "busy"}

    terraform.apply(config({"fra-1": ADDRESS}))

    assert not terraform.last_report.has_errors
    assert ADDRESS in server.cidrs()
