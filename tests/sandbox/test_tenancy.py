"""Organisations over REST: named in the body or by cookie, never guessed."""

import pytest

SCOPED = ["backups", "projects", "roles", "securityGroups", "servers", "services", "sshKeys"]


@pytest.mark.parametrize("collection", SCOPED)
def test_a_document_without_tenant_is_refused(collection, operator):
    reply = operator("POST", f"/api/{collection}", {})

    assert reply.status == 400
    assert "tenant" in reply.invalid_paths


@pytest.mark.parametrize("collection", ["cloudProviderAccounts", "dockerRegistries", "gitProviders"])
def test_the_duplicate_check_falls_back_to_the_callers_tenant_but_the_field_stays_required(collection, operator):
    reply = operator("POST", f"/api/{collection}", {})

    assert reply.status == 400
    assert "tenant" in reply.invalid_paths


def test_the_cookie_stands_in_for_the_field(operator, sandbox, unique):
    document = operator.create(
        "projects",
        {"name": unique, "server": sandbox.worker_node_ids["fra-1"]},
        Cookie=f"payload-tenant={sandbox.tenant_id}",
    )

    assert document["tenant"] == sandbox.tenant_id


NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("named_in", ["cookie", "body"])
def test_a_tenant_that_does_not_exist_is_accepted(operator, unique, named_in):
    """The field is only checked for being there: a client with a stale id writes into nowhere, and is told 201."""
    body, headers = ({}, {"Cookie": f"payload-tenant={NOWHERE}"}) if named_in == "cookie" else ({"tenant": NOWHERE}, {})

    document = operator.create("roles", {"name": unique, **body}, **headers)

    assert document["tenant"] == NOWHERE
    operator("DELETE", f"/api/roles/{document['id']}")


def test_the_cookie_narrows_what_a_relation_may_point_at(operator, sandbox, unique):
    """A Worker Node of one organisation is no choice while the cookie names another."""
    reply = operator(
        "POST",
        "/api/projects",
        {"name": unique, "server": sandbox.worker_node_ids["fra-1"], "tenant": sandbox.tenant_id},
        Cookie=f"payload-tenant={sandbox.other_tenant_id}",
    )

    assert reply.status == 400
    assert reply.invalid_paths == {"server"}


def test_without_cookie_relations_are_limited_to_the_callers_organisations(operator, sandbox, unique):
    """An admin by API key can make a node for anybody, and not use one it is no member for."""
    node = {"name": unique, "username": "root", "hostname": unique, "tenant": sandbox.other_tenant_id}
    server = operator.create("servers", node)
    project = {"name": unique, "server": server["id"], "tenant": sandbox.other_tenant_id}

    refused = operator("POST", "/api/projects", project)
    accepted = operator.create("projects", project, Cookie=f"payload-tenant={sandbox.other_tenant_id}")

    assert (refused.status, refused.invalid_paths) == (400, {"server"})
    assert accepted["tenant"] == sandbox.other_tenant_id


def test_an_admin_sees_every_organisation_unless_it_filters(operator, sandbox, unique):
    node = {"name": unique, "username": "root", "hostname": unique, "tenant": sandbox.other_tenant_id}
    operator.create("servers", node)

    everything = operator("GET", "/api/servers?depth=0&limit=0").body["docs"]
    own = operator("GET", f"/api/servers?depth=0&limit=0&where[tenant][equals]={sandbox.tenant_id}").body["docs"]

    assert unique in {server["name"] for server in everything}
    assert {server["tenant"] for server in own} == {sandbox.tenant_id}


def test_documents_can_be_found_by_the_slug_of_their_organisation(operator, sandbox):
    found = operator("GET", f"/api/servers?depth=0&limit=0&where[tenant.slug][equals]={sandbox.tenant}").body["docs"]

    assert set(sandbox.worker_node_ids) <= {server["name"] for server in found}


def test_the_organisations_of_the_caller_can_be_listed(operator, sandbox):
    options = operator("GET", "/api/tenants/populate-tenant-options").body["tenantOptions"]

    assert {"label": sandbox.tenant, "value": sandbox.tenant_id} in options


def test_deleting_an_organisation_takes_its_documents_along(operator, unique):
    user = operator.create("users", {"email": f"{unique}@acme.example", "password": "long enough", "username": unique})
    tenant_id = user["tenants"][0]["tenant"]
    server = operator.create("servers", {"name": unique, "username": "root", "hostname": unique, "tenant": tenant_id})

    assert operator("DELETE", f"/api/tenants/{tenant_id}").status == 200
    assert operator.read("servers", server["id"]).status == 404
    assert operator.read("users", user["id"]).body["tenants"] == []
