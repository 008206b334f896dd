"""What may exist once per organisation, and how unhelpfully a second one is refused."""

import pytest

OPAQUE = {"errors": [{"message": "Something went wrong."}]}


def test_two_nodes_of_an_organisation_cannot_share_an_address(operator, sandbox, unique):
    ssh_key = operator("GET", "/api/sshKeys?depth=0").body["docs"][0]["id"]
    node = {"name": unique, "preferConnectionType": "ssh", "ip": "203.0.113.11", "port": 22, "username": "root"}

    reply = operator("POST", "/api/servers", {**node, "sshKey": ssh_key, "tenant": sandbox.tenant_id})

    assert (reply.status, reply.invalid_paths) == (400, {"ip"})


def test_a_node_may_be_saved_with_the_address_it_has(operator, sandbox):
    reply = operator.update("servers", sandbox.worker_node_ids["fra-1"], {"ip": "203.0.113.11"})

    assert reply.status == 200


def test_two_ssh_keys_of_an_organisation_cannot_share_a_name(operator, sandbox):
    key = {"name": "fra", "publicKey": "public", "privateKey": "private"}

    refused = operator("POST", "/api/sshKeys", {**key, "tenant": sandbox.tenant_id})

    assert (refused.status, refused.invalid_paths) == (400, {"name"})
    operator.create("sshKeys", {**key, "tenant": sandbox.other_tenant_id})


def test_ssh_keys_cannot_be_changed(operator, sandbox, unique):
    key = operator.create("sshKeys", {"name": unique, "publicKey": "p", "privateKey": "q", "tenant": sandbox.tenant_id})

    assert operator.update("sshKeys", key["id"], {"description": "x"}).status == 403


@pytest.mark.parametrize(
    ("collection", "first", "second"),
    [
        (
            "dockerRegistries",
            {"name": "{u}", "type": "docker", "username": "{u}1", "password": "p"},
            {"name": "{u}", "type": "docker", "username": "{u}2", "password": "p"},
        ),
        (
            "dockerRegistries",
            {"name": "{u}1", "type": "quay", "username": "{u}", "password": "p"},
            {"name": "{u}2", "type": "quay", "username": "{u}", "password": "p"},
        ),
        (
            "cloudProviderAccounts",
            {"name": "{u}", "type": "dFlow", "dFlowDetails": {"accessToken": "{u}1"}},
            {"name": "{u}", "type": "dFlow", "dFlowDetails": {"accessToken": "{u}2"}},
        ),
        (
            "cloudProviderAccounts",
            {"name": "{u}1", "type": "aws", "awsDetails": {"accessKeyId": "{u}", "secretAccessKey": "s"}},
            {"name": "{u}2", "type": "aws", "awsDetails": {"accessKeyId": "{u}", "secretAccessKey": "s"}},
        ),
        (
            "gitProviders",
            {"type": "github", "github": {"appId": 1, "clientId": "{u}"}},
            {"type": "github", "github": {"appId": 2, "clientId": "{u}"}},
        ),
    ],
    ids=["registry name", "registry user", "account name", "account credential", "git client"],
)
def test_other_duplicates_are_an_opaque_500(operator, sandbox, unique, collection, first, second):
    def filled(value):
        if isinstance(value, dict):
            return {key: filled(each) for key, each in value.items()}
        return value.format(u=unique) if isinstance(value, str) else value

    app = {"appName": "a", "appUrl": "u", "clientSecret": "s", "privateKey": "k", "webhookSecret": "w"}

    def document(template):
        data = {**filled(template), "tenant": sandbox.tenant_id}
        return {**data, "github": {**app, **data["github"]}} if "github" in data else data

    operator.create(collection, document(first))
    reply = operator("POST", f"/api/{collection}", document(second))

    assert (reply.status, reply.body) == (500, OPAQUE)
    operator.create(collection, {**document(second), "tenant": sandbox.other_tenant_id})


def test_saving_a_registry_does_not_clash_with_itself(operator, sandbox, unique):
    registry = {"name": unique, "type": "github", "username": unique, "password": "p", "tenant": sandbox.tenant_id}
    created = operator.create("dockerRegistries", registry)

    reply = operator.update("dockerRegistries", created["id"], {"password": "rotated"})

    assert (reply.status, reply.body["doc"]["password"]) == (200, "rotated")
