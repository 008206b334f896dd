"""What the control plane has, by the nouns of its users."""

import pytest

from dflow_provider.control_plane.client import Identity

GITHUB_APP = {
    "appName": "acme-app",
    "appUrl": "https://github.com/apps/acme-app",
    "appId": 4712,
    "clientId": "Iv1.def",
    "clientSecret": "canary",
    "privateKey": "canary",
    "webhookSecret": "canary",
}
DATABASE = {"type": "postgres", "username": "u", "password": "canary", "connectionUrl": "postgres://u:canary@h:1/d"}
MADE = {
    "sshKeys": ("SSH key", {"name": "k", "publicKey": "p", "privateKey": "canary"}),
    "dockerRegistries": (
        "docker registry",
        {"name": "r", "type": "github", "username": "u", "password": "canary"},
    ),
    "cloudProviderAccounts": (
        "cloud provider account",
        {"name": "c", "type": "aws", "awsDetails": {"accessKeyId": "AKIA1", "secretAccessKey": "canary"}},
    ),
    "securityGroups": ("security group", {"name": "g", "description": "d"}),
    "gitProviders": ("Git provider", {"type": "github", "github": GITHUB_APP}),
}


@pytest.fixture
def made(operator, organisation):
    """Make a document as the operator and return it."""

    def make(collection, **fields):
        return operator("POST", f"{collection}?depth=0", {"tenant": organisation.id, **fields})["doc"]

    return make


@pytest.mark.parametrize("collection", sorted(MADE))
def test_an_id_of_every_kind_is_recognised(connected, made, collection):
    kind, fields = MADE[collection]
    document = made(collection, **fields)

    assert connected().identify(document["id"]) == Identity(kind, fields.get("name", "acme-app"))


def test_an_id_of_a_deployment_is_recognised(connected, made, organisation):
    project = made("projects", name="p", server=organisation.node_id)
    service = made("services", name="s", type="app", project=project["id"])
    deployment = made("deployments", service=service["id"])

    assert connected().identify(deployment["id"]) == Identity("deployment", deployment["id"])


def test_an_id_of_nothing_is_nothing(connected):
    assert connected().identify("00000000-0000-0000-0000-000000000000") is None


@pytest.mark.parametrize(
    ("noun", "collection"),
    [
        ("ssh_keys", "sshKeys"),
        ("docker_registries", "dockerRegistries"),
        ("cloud_provider_accounts", "cloudProviderAccounts"),
        ("git_providers", "gitProviders"),
    ],
)
def test_no_secret_crosses_the_wire(connected, made, noun, collection):
    _, fields = MADE[collection]
    document = made(collection, **fields)
    found = getattr(connected(), noun)

    assert "canary" not in repr([found.get(document["id"]), found.find().documents])


def test_passwords_of_databases_come_with_their_credentials_alone(connected, made, organisation):
    project = made("projects", name="p", server=organisation.node_id)
    service = made("services", name="s", type="database", project=project["id"], databaseDetails=DATABASE)
    dflow = connected()

    assert "canary" not in repr(dflow.services.get(service["id"]))
    assert dflow.database_credentials.get(service["id"])["databaseDetails"]["password"] == "canary"


def test_the_newest_come_first_and_no_more_than_asked_for(connected, made, organisation):
    project = made("projects", name="p", server=organisation.node_id)
    service, other = (made("services", name=name, type="app", project=project["id"]) for name in ("s", "o"))
    made("deployments", service=other["id"])
    ids = [made("deployments", service=service["id"])["id"] for _ in range(3)]

    found = connected().deployments.newest(2, service=service["id"])

    assert [each["id"] for each in found] == [ids[2], ids[1]]


def test_a_key_can_only_be_removed_for_good(connected, made):
    _, fields = MADE["sshKeys"]
    document = made("sshKeys", **fields)
    dflow = connected()

    dflow.ssh_keys.delete(document["id"])

    assert dflow.ssh_keys.find().documents == []
