"""Security groups: what is fixed after creation, and how a sync ends without an AWS to talk to."""

import pytest


@pytest.fixture
def account(operator, sandbox, unique):
    return operator.create(
        "cloudProviderAccounts",
        {
            "name": unique,
            "type": "aws",
            "awsDetails": {"accessKeyId": unique, "secretAccessKey": "s"},
            "tenant": sandbox.tenant_id,
        },
    )


@pytest.fixture
def group(operator, sandbox, account, unique):
    return operator.create(
        "securityGroups",
        {
            "name": unique,
            "description": "as created",
            "cloudProvider": "aws",
            "cloudProviderAccount": account["id"],
            "inboundRules": [{"source": "203.0.113.11/32", "protocol": "tcp", "fromPort": 5432, "toPort": 5432}],
            "tenant": sandbox.tenant_id,
        },
    )


def test_rules_get_their_defaults(group):
    (rule,) = group["inboundRules"]

    assert (rule["type"], rule["sourceType"], group["syncStatus"]) == ("custom-tcp", "anywhere-ipv4", "pending")


def test_identity_is_fixed_and_attempts_to_change_it_are_ignored(operator, group):
    reply = operator.update(
        "securityGroups",
        group["id"],
        {
            "name": "other",
            "description": "other",
            "cloudProvider": "gcp",
            "cloudProviderAccount": None,
            "tags": [{"key": "k"}],
        },
    )

    assert reply.status == 200
    for field in ("name", "description", "cloudProvider", "cloudProviderAccount"):
        assert reply.body["doc"][field] == group[field]
    assert [tag["key"] for tag in reply.body["doc"]["tags"]] == ["k"]


def test_an_account_of_another_cloud_is_refused(operator, sandbox, account, unique):
    reply = operator(
        "POST",
        "/api/securityGroups",
        {
            "name": f"{unique}b",
            "description": "d",
            "cloudProvider": "gcp",
            "cloudProviderAccount": account["id"],
            "tenant": sandbox.tenant_id,
        },
    )

    assert (reply.status, reply.invalid_paths) == (400, {"cloudProviderAccount"})


def test_a_sync_without_cloud_is_refused_with_the_field(operator, sandbox, unique):
    reply = operator(
        "POST",
        "/api/securityGroups",
        {"name": unique, "description": "d", "tenant": sandbox.tenant_id, "syncStatus": "start-sync"},
    )

    assert reply.status == 400
    (error,) = reply.body["errors"]
    assert error["name"] == "APIError"
    assert [each["field"] for each in error["data"]] == ["cloudProvider"]


def test_a_sync_that_cannot_reach_aws_is_200_and_failed(operator, group):
    reply = operator.update("securityGroups", group["id"], {"syncStatus": "start-sync"})

    assert (reply.status, reply.body["doc"]["syncStatus"]) == (200, "failed")
    assert operator.read("securityGroups", group["id"]).body["syncStatus"] == "failed"


def test_a_sync_for_another_cloud_is_never_done(operator, sandbox, unique):
    account = operator.create(
        "cloudProviderAccounts",
        {
            "name": unique,
            "type": "gcp",
            "gcpDetails": {"serviceAccountKey": unique, "projectId": "p"},
            "tenant": sandbox.tenant_id,
        },
    )

    group = operator.create(
        "securityGroups",
        {
            "name": unique,
            "description": "d",
            "cloudProvider": "gcp",
            "cloudProviderAccount": account["id"],
            "syncStatus": "start-sync",
            "tenant": sandbox.tenant_id,
        },
    )

    assert group["syncStatus"] == "start-sync"


def test_deleting_a_group_that_exists_in_aws_fails_while_aws_is_out_of_reach(operator, group):
    operator.update("securityGroups", group["id"], {"securityGroupId": "sg-0123456789abcdef0"})

    reply = operator("DELETE", f"/api/securityGroups/{group['id']}")

    assert (reply.status, reply.messages) == (500, ["Something went wrong."])
    assert operator.read("securityGroups", group["id"]).status == 200


def test_deleting_a_group_that_was_never_synced_works(operator, group):
    assert operator("DELETE", f"/api/securityGroups/{group['id']}").status == 200


@pytest.mark.parametrize("port", [-2, 65536])
def test_ports_have_a_range(operator, group, port):
    reply = operator.update("securityGroups", group["id"], {"inboundRules": [{"source": "x", "fromPort": port}]})

    assert (reply.status, reply.invalid_paths) == (400, {"inboundRules.0.fromPort"})
