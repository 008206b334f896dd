"""`data.dflow_deployments`."""

import pytest

from dflow_provider.resources.deployments import Deployments
from dflow_provider.schema import ProviderError


def deployed(organisation, service, *statuses):
    return [
        organisation.send("POST", "deployments?depth=0", {"service": service["id"], "status": status})["doc"]
        for status in statuses
    ]


def test_the_newest_come_first(ask, organisation, shop, web):
    other = organisation.post("services", name="shop-other", type="app", project=shop["id"])
    deployed(organisation, other, "failed")
    made = deployed(organisation, web, "failed", "success", "queued")

    found = ask("dflow_deployments", service_id=web["id"])

    assert found["deployments"] == [
        {"id": each["id"], "status": each["status"], "created_at": each["createdAt"]} for each in reversed(made)
    ]
    assert found["limit"] == 10
    assert [each["status"] for each in ask("dflow_deployments", service_id=web["id"], limit=1)["deployments"]] == [
        "queued"
    ]


def test_a_service_that_was_never_deployed_has_none(ask, web):
    assert ask("dflow_deployments", service_id=web["id"])["deployments"] == []


def test_an_id_of_something_else_says_what_it_is(ask, shop):
    with pytest.raises(ProviderError, match=r"is the id of the Environment 'shop'\. Give the id of a service"):
        ask("dflow_deployments", service_id=shop["id"])


def test_a_service_of_another_organisation_is_refused(ask, operator, sandbox):
    (tenant,) = operator("GET", f"tenants?where[slug][equals]={sandbox.tenant}")["docs"]
    node = sandbox.worker_node_ids["fra-1"]
    theirs = operator("POST", "projects?depth=0", {"name": "p", "server": node, "tenant": tenant["id"]})["doc"]
    body = {"name": "p-web", "type": "app", "project": theirs["id"], "tenant": tenant["id"]}
    service = operator("POST", "services?depth=0", body)["doc"]

    with pytest.raises(ProviderError, match="service belongs to another organisation"):
        ask("dflow_deployments", service_id=service["id"])


@pytest.mark.parametrize(("limit", "good"), [(1, True), (100, True), (0, False), (101, False), (-1, False)])
def test_a_limit_is_one_page_at_most(limit, good):
    (attribute,) = (each for each in Deployments.schema.attributes if each.name == "limit")

    problem = attribute.validators[0].problem(limit)

    assert (problem is None) is good
