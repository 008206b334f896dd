"""Elastic Cloud: a rule set of each owner's own; the first association shuts others out, the last one's end opens."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_sandbox.vendors.elastic_cloud import ElasticCloudServer

KEY = "elastic_cloud"
ADDRESS, OTHER = "203.0.113.1/32", "203.0.113.2/32"
DEPLOYMENT = "320b7b540dfc967a7a649c18e2fce4ed"
SETS = "/api/v1/deployments/traffic-filter/rulesets"


def ours(server: ElasticCloudServer) -> list[dict[str, Any]]:
    return [each for each in server.rulesets.values() if each["name"].startswith("dflow-")]


def test_an_owner_s_rule_set_is_made_and_associated_once_and_then_replaced(
    server: ElasticCloudServer, terraform: Any, config: Any
):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    (made,) = ours(server)
    assert server.writes() == [f"POST {SETS}", f"POST {SETS}/{made['id']}/associations"]
    assert made["name"].endswith(f"-{DEPLOYMENT}")
    assert made["description"] == "dFlow Worker Nodes of shop/orders"
    assert (made["region"], made["include_by_default"]) == ("aws-eu-central-1", False)
    assert made["rules"][0]["description"] == "dflow: orders from fra-1 (shop/orders)"
    server.take_requests()

    terraform.apply(config({"fra-1": OTHER, "fra-2": "203.0.113.3/32"}), state)

    assert server.writes() == [f"PUT {SETS}/{made['id']}"]


def test_rules_keep_their_ids_while_others_come(server: ElasticCloudServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    before = ours(server)[0]["rules"][0]

    terraform.apply(config({"fra-1": ADDRESS, "fra-2": OTHER}), state)

    assert ours(server)[0]["rules"][0] == before


def test_the_end_of_a_rule_set_is_its_association_s_first(server: ElasticCloudServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    (made,) = ours(server)
    server.take_requests()

    terraform.destroy(state)

    path = f"{SETS}/{made['id']}"
    assert server.writes() == [f"DELETE {path}/associations/deployment/{DEPLOYMENT}", f"DELETE {path}"]


def test_what_others_associated_is_shown_and_what_concerns_other_deployments_is_not(terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert state["foreign_entries"] == ["198.51.100.128/25", "198.51.100.7", "vpce vpce-00000000000000000"]
    assert state["open_to_world"] is False


def test_the_first_association_is_refused_though_other_rule_sets_exist(
    server: ElasticCloudServer, terraform: Any, config: Any
):
    for each in server.rulesets.values():
        each["associations"] = []

    with pytest.raises(ProviderError, match="First entry locks others out"):
        terraform.plan(config({"fra-1": ADDRESS}))

    assert not server.writes()


def test_an_association_of_a_private_link_alone_shuts_the_door_already(
    server: ElasticCloudServer, terraform: Any, config: Any
):
    for each in server.rulesets.values():
        if each["type"] != "vpce":
            each["associations"] = []

    terraform.apply(config({"fra-1": ADDRESS}))

    assert server.cidrs() == {ADDRESS}


def test_a_rule_set_that_a_crash_left_unassociated_is_used_and_lets_nobody_in_before(
    server: ElasticCloudServer, terraform: Any, config: Any
):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    (made,) = ours(server)
    made["associations"] = []

    state = terraform.refresh(state)
    assert state["active_entries"] == {}
    server.take_requests()
    terraform.apply(config({"fra-1": ADDRESS}), state)

    assert [each["id"] for each in ours(server)] == [made["id"]]
    assert ADDRESS in server.cidrs()
    assert server.writes()[-1] == f"POST {SETS}/{made['id']}/associations"


def test_a_second_rule_set_of_ours_goes_once_its_entries_stand_in_the_first(
    server: ElasticCloudServer, terraform: Any, config: Any
):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    (made,) = ours(server)
    server.rulesets["twin"] = {**made, "id": "twin", "associations": [*made["associations"]]}

    terraform.apply(config({"fra-1": ADDRESS, "fra-2": OTHER}), terraform.refresh(state))

    assert [each["id"] for each in ours(server)] == [made["id"]]
    assert {ADDRESS, OTHER} <= server.cidrs()


def test_a_rule_set_somebody_deletes_while_we_write_is_made_again(
    server: ElasticCloudServer, terraform: Any, config: Any
):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    (made,) = ours(server)
    server.before_next("PUT", lambda: server.rulesets.pop(made["id"]))

    terraform.apply(config({"fra-1": ADDRESS, "fra-2": OTHER}), state)

    assert {ADDRESS, OTHER} <= server.cidrs()
    assert not terraform.last_report.has_errors


def test_a_129th_rule_is_refused_at_plan_whatever_others_have(server: ElasticCloudServer, terraform: Any, config: Any):
    entries = {f"node-{number}": f"45.67.0.{number + 1}/32" for number in range(129)}

    with pytest.raises(ProviderError, match="quota") as refused:
        terraform.plan(config(entries))

    assert "would hold 129 entries" in refused.value.detail
    assert "128 rules of a rule set" in refused.value.detail


def test_owners_of_one_deployment_have_rule_sets_of_their_own(server: ElasticCloudServer, terraform: Any, config: Any):
    terraform.apply(config({"fra-1": ADDRESS}))
    server.take_requests()
    terraform.apply(config({"fra-1": ADDRESS}, owner="blog/orders"))

    assert len({each["name"] for each in ours(server)}) == 2
    assert all(request.method != "PUT" for request in server.take_requests())


def test_a_refused_rule_set_is_told_in_elastic_s_words(server: ElasticCloudServer, terraform: Any, config: Any):
    error = {"code": "traffic_filter.limit", "message": "Too many rulesets", "fields": []}
    server.refuse_next("POST", status=400, body={"errors": [error]})

    terraform.apply(config({"fra-1": ADDRESS}))

    (problem,) = terraform.last_report.diagnostics
    assert "Too many rulesets (traffic_filter.limit)" in problem.detail
    assert json.dumps(error) not in problem.detail
