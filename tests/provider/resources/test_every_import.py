"""Every importable type: a wrong id, a name that is none or is there twice, and a create of what exists."""

import pytest

from dflow_provider.provider import DflowProvider
from dflow_provider.schema import Importable, ProviderError

PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE3Kp1jzFJPDMK0bGu5oH3d0xX7H5bYqgGmJZkJ0vYqN dflow"
PRIVATE_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nY2FuYXJ5\n-----END OPENSSH PRIVATE KEY-----\n"
SOURCE = {"provider": "github", "repository": "shop", "owner": "acme", "branch": "main"}

WANTED = {
    "dflow_app_service": {"name": "shop-a", "source": {**SOURCE, "build_path": None, "git_provider_id": None}},
    "dflow_cloud_provider_account": {
        "name": "main",
        "type": "aws",
        "aws": {"access_key_id": "AKIA1", "secret_access_key_wo": "-", "secret_access_key_wo_version": None},
    },
    "dflow_database_service": {"name": "shop-b", "engine": "redis"},
    "dflow_docker_registry": {"name": "images", "type": "quay", "username": "acme", "password_wo": "-"},
    "dflow_docker_service": {"name": "shop-c", "image": "nginx"},
    "dflow_environment": {"name": "reports"},
    "dflow_security_group": {"name": "web", "description": "-", "sync": False},
    "dflow_ssh_key": {"name": "deploy", "public_key": PUBLIC_KEY, "private_key_wo": PRIVATE_KEY},
    "dflow_worker_node": {"name": "fra-7", "hostname": "fra-7", "username": "root"},
}
"""What each type is made with, besides its place."""

NAMED_TWICE = {
    "dflow_app_service": ("services", {"type": "app"}),
    "dflow_cloud_provider_account": ("cloudProviderAccounts", {"type": "dFlow", "dFlowDetails": {"accessToken": "-"}}),
    "dflow_database_service": ("services", {"type": "database"}),
    "dflow_docker_registry": ("dockerRegistries", {"type": "github", "username": "acme", "password": "-"}),
    "dflow_docker_service": ("services", {"type": "docker"}),
    "dflow_environment": ("projects", {}),
    "dflow_security_group": ("securityGroups", {"description": "-"}),
    "dflow_worker_node": ("servers", {"hostname": "-", "username": "root", "preferConnectionType": "tailscale"}),
}
"""Where somebody else makes a second one of the same name. dFlow keeps names of SSH keys unique."""

every_type = pytest.mark.parametrize("type_", WANTED)


def placed(type_, organisation, shop):
    wanted = WANTED[type_]
    if type_.endswith("_service"):
        return {**wanted, "environment_id": shop["id"]}
    return {**wanted, "worker_nodes": [organisation.node_id]} if type_ == "dflow_environment" else wanted


def refusal(attempt, *arguments):
    with pytest.raises(ProviderError) as caught:
        attempt(*arguments)
    return caught.value


def test_every_importable_type_is_here():
    """Variables are imported by their service, and entries on lists of other firms have tests of their own."""
    importable = {name for name in DflowProvider.resources if not name.endswith("_allowlist")}
    importable = {name for name in importable if issubclass(DflowProvider.resources[name], Importable)}
    assert importable == {*WANTED, "dflow_service_variables"}


@every_type
def test_a_wrong_id_says_what_it_is(type_, life, organisation, shop):
    other = organisation.node_id if type_ == "dflow_environment" else shop["id"]

    error = refusal(life(type_).import_state, other)

    assert error.title.startswith("Not a")
    what = "Worker Node 'node-1'" if type_ == "dflow_environment" else "Environment 'shop'"
    assert f"'{other}' is the id of the {what}." in error.detail


@every_type
def test_a_name_that_is_none_says_which_there_are(type_, life, organisation, shop):
    resource = life(type_)
    name = resource.create(placed(type_, organisation, shop)).state["name"]

    error = refusal(resource.import_state, "shop/nothing" if type_.endswith("_service") else "nothing")

    assert error.title.endswith("does not exist")
    assert name in error.detail


@every_type
def test_creating_what_exists_prints_the_import_that_works(type_, life, organisation, shop):
    resource = life(type_)
    wanted = placed(type_, organisation, shop)
    existing = resource.create(wanted).state

    error = refusal(life(type_).create, wanted)

    *_, command = error.detail.partition("terraform import ")
    address, _, import_id = command.rpartition(" ")
    assert address == f"{type_}.<name in your configuration>"
    assert resource.import_state(import_id).state["id"] == existing["id"]


@pytest.mark.parametrize("type_", NAMED_TWICE)
def test_a_name_that_two_have_lists_both(type_, life, organisation, shop):
    resource = life(type_)
    one = resource.create(placed(type_, organisation, shop)).state
    collection, fields = NAMED_TWICE[type_]
    if collection == "services":
        fields = {**fields, "project": shop["id"]}
    if collection == "projects":
        fields = {"server": organisation.node_id}
    two = organisation.post(collection, name=one["name"], **fields)

    error = refusal(resource.import_state, f"shop/{one['name']}" if collection == "services" else one["name"])

    assert error.title.endswith("name is not unique")
    for each in (one, two):
        assert each["id"] in error.detail
