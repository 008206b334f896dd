"""`dflow_worker_node`, the resource, from plan to destroy."""

import pytest

from dflow_provider.schema import UNKNOWN, ProviderError
from dflow_sandbox import Moment, Reset


@pytest.fixture
def nodes(life):
    return life("dflow_worker_node")


@pytest.fixture
def key(organisation):
    return organisation.post("sshKeys", name="deploy", publicKey="p", privateKey="canary")


@pytest.fixture
def over_ssh(key):
    return {
        "name": "ssh-1",
        "connection_type": "ssh",
        "ssh_key_id": key["id"],
        "ip": "203.0.113.50",
        "port": 22,
        "username": "root",
    }


OVER_TAILSCALE = {"name": "tail-1", "hostname": "tail-1", "username": "root"}


def test_a_node_over_ssh_lives_and_dies(nodes, organisation, key, over_ssh):
    wanted = {**over_ssh, "description": "in Frankfurt", "default_cpu_limit": "1.5", "default_memory_limit": "1g"}
    created = nodes.create(wanted).state

    document = organisation.get("servers", created["id"])
    assert (document["preferConnectionType"], document["sshKey"]) == ("ssh", key["id"])
    assert (document["ip"], document["port"], document["username"]) == ("203.0.113.50", 22, "root")
    assert document["defaultResourceLimits"] == {"cpu": "1.5", "memory": "1g"}
    assert (document["provider"], document["globalBuildPath"], document["description"]) == (
        "other",
        "/",
        "in Frankfurt",
    )
    assert (created["onboarded"], created["connection_status"]) == (False, "not-checked-yet")
    assert nodes.read(created) == created
    assert nodes.plans_no_change(created, wanted)

    changed = nodes.update(created, {**over_ssh, "name": "ssh-2", "ip": "203.0.113.51", "port": 2222}).state
    assert (changed["id"], changed["name"], changed["description"]) == (created["id"], "ssh-2", None)
    assert (changed["ip"], changed["port"], changed["default_cpu_limit"]) == ("203.0.113.51", 2222, "1.5")
    assert nodes.read(changed) == changed

    nodes.delete(changed)
    assert nodes.read(changed) is None
    assert organisation.get("servers", created["id"])["deletedAt"]
    nodes.delete(changed)


def test_a_node_over_tailscale_takes_what_dflow_has_for_the_rest(nodes):
    created = nodes.create(OVER_TAILSCALE).state

    assert (created["connection_type"], created["cloud_provider"]) == ("tailscale", "other")
    assert (created["default_cpu_limit"], created["default_memory_limit"]) == ("0.5", "512m")
    assert (created["ip"], created["ssh_key_id"], created["aws_ec2"]) == (None, None, None)
    assert nodes.read(created) == created
    assert nodes.plans_no_change(created, OVER_TAILSCALE)


@pytest.mark.parametrize("description", [None, "", "some words, ünïcode"])
def test_a_description_comes_back_as_it_was_given(nodes, description):
    wanted = {**OVER_TAILSCALE, "description": description}
    created = nodes.create(wanted).state

    assert nodes.read(created) == created
    assert nodes.plans_no_change(created, wanted)
    changed = nodes.update(created, {**wanted, "username": "ubuntu"}).state
    assert (changed["description"], changed["username"]) == (description, "ubuntu")


@pytest.mark.parametrize(
    ("name", "there", "default"),
    [
        ("global_build_path", "/srv", "/"),
        ("cloud_provider", "aws", "other"),
        ("default_cpu_limit", "2", "2"),
        ("hard_delete", True, False),
    ],
)
def test_what_is_left_out_again_goes_back_to_its_default_or_stays(nodes, name, there, default):
    created = nodes.create({**OVER_TAILSCALE, name: there}).state
    assert nodes.read(created) == created

    changed = nodes.update(created, OVER_TAILSCALE).state

    assert (created[name], changed[name]) == (there, default)
    assert nodes.read(changed) == changed


def test_a_node_changes_from_one_connection_to_the_other(nodes, organisation, over_ssh):
    created = nodes.create(over_ssh).state

    changed = nodes.update(created, {**OVER_TAILSCALE, "name": "ssh-1"}).state

    assert (changed["connection_type"], changed["ip"], changed["ssh_key_id"]) == ("tailscale", None, None)
    assert organisation.get("servers", created["id"])["hostname"] == "tail-1"
    assert nodes.read(changed) == changed


@pytest.mark.parametrize("groups", [None, [], ["one"]])
def test_a_machine_on_ec2_is_described(nodes, organisation, groups):
    if groups:
        groups = [organisation.post("securityGroups", name="g", description="d")["id"]]
    ec2 = {
        "instance_id": "i-1",
        "region": "eu-central-1",
        "instance_type": None,
        "public_ip_address": "203.0.113.60",
        "security_group_ids": groups,
    }
    wanted = {**OVER_TAILSCALE, "cloud_provider": "aws", "aws_ec2": ec2}

    created = nodes.create(wanted).state

    assert created["aws_ec2"] == ec2
    assert organisation.get("servers", created["id"])["awsEc2Details"]["publicIpAddress"] == "203.0.113.60"
    assert nodes.read(created) == created
    assert nodes.plans_no_change(created, wanted)


def test_what_dflow_noted_of_ec2_stays_where_the_configuration_says_nothing(nodes, organisation):
    created = nodes.create(OVER_TAILSCALE).state
    details = {"instanceId": "i-9", "subnetId": "subnet-9", "publicIpAddress": "203.0.113.61"}
    organisation.patch("servers", created["id"], awsEc2Details=details)
    now = nodes.read(created)

    changed = nodes.update(now, {**OVER_TAILSCALE, "description": "new"}).state

    assert now["aws_ec2"]["instance_id"] == changed["aws_ec2"]["instance_id"] == "i-9"
    kept = organisation.get("servers", created["id"])["awsEc2Details"]
    assert {name: kept[name] for name in details} == details


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"connection_type": "ssh"}, ["ssh_key_id", "ip", "port"]),
        ({"connection_type": "ssh", "ssh_key_id": UNKNOWN, "ip": UNKNOWN, "port": 22}, []),
        ({"connection_type": "tailscale", "ip": "203.0.113.1"}, ["hostname"]),
        ({}, ["hostname"]),
        ({"connection_type": UNKNOWN}, []),
        ({"hostname": "a"}, []),
    ],
)
def test_each_connection_has_its_own_requirements(nodes, given, missing):
    problems = nodes.validate({"name": "a", "username": "root", **given})

    assert [problem.partition(":")[0] for problem in problems] == [
        f"Connection setting is missing at {name}" for name in missing
    ]


def test_a_taken_address_prints_the_import(nodes, organisation, key, over_ssh):
    there = nodes.create({**over_ssh, "name": "first"}).state

    with pytest.raises(ProviderError) as caught:
        nodes.create(over_ssh)

    assert caught.value.title == "Worker Node ip is taken"
    assert caught.value.path == ("ip",)
    assert f"'first' (id {there['id']}" in caught.value.detail
    assert f"terraform import dflow_worker_node.<name in your configuration> {there['id']}" in caught.value.detail
    assert organisation.named("servers", "ssh-1") == []


def test_a_taken_name_prints_the_import(nodes, organisation):
    with pytest.raises(ProviderError) as caught:
        nodes.create({**OVER_TAILSCALE, "name": "node-1"})

    assert caught.value.title == "Worker Node name is taken"
    assert caught.value.path == ("name",)
    assert organisation.node_id in caught.value.detail


def test_changing_to_a_taken_name_or_address_is_refused(nodes, over_ssh):
    nodes.create({**over_ssh, "name": "first"})
    created = nodes.create({**over_ssh, "ip": "203.0.113.51"}).state

    with pytest.raises(ProviderError, match="Worker Node ip is taken"):
        nodes.update(created, over_ssh)
    with pytest.raises(ProviderError, match="Worker Node name is taken"):
        nodes.update(created, {**over_ssh, "ip": "203.0.113.51", "name": "first"})


@pytest.mark.parametrize(
    ("name", "kind"), [("ssh_key_id", "an SSH key"), ("cloud_provider_account_id", "a cloud provider account")]
)
def test_an_id_of_something_else_says_what_it_is(nodes, shop, over_ssh, name, kind):
    with pytest.raises(ProviderError) as caught:
        nodes.create({**over_ssh, name: shop["id"]})

    assert caught.value.path == (name,)
    assert f"is the id of the Environment 'shop'. Give the id of {kind}." in caught.value.detail


def test_a_wrong_security_group_says_what_it_is(nodes, shop):
    ec2 = dict.fromkeys(("instance_id", "region", "instance_type", "public_ip_address"))

    with pytest.raises(ProviderError, match=r"is the id of the Environment 'shop'\. Give the id of a security group"):
        nodes.create({**OVER_TAILSCALE, "aws_ec2": {**ec2, "security_group_ids": [shop["id"]]}})


def test_drift_shows_and_what_went_to_the_trash_is_gone(nodes, organisation):
    created = nodes.create(OVER_TAILSCALE).state
    organisation.patch("servers", created["id"], name="renamed", publicIp="203.0.113.70", provider="gcp")

    now = nodes.read(created)

    assert (now["name"], now["public_ip"], now["cloud_provider"]) == ("renamed", "203.0.113.70", "gcp")
    organisation.patch("servers", created["id"], deletedAt="2026-01-01T00:00:00.000Z")
    assert nodes.read(created) is None


def test_a_create_without_an_answer_finds_what_it_made(life, proxy, organisation):
    proxy.script(Reset(Moment.AFTER), method="POST")

    outcome = life("dflow_worker_node", endpoint=proxy.endpoint).create(OVER_TAILSCALE)

    assert [node["id"] for node in organisation.named("servers", "tail-1")] == [outcome.state["id"]]


def test_a_node_with_an_environment_is_not_removed(nodes, organisation):
    created = nodes.create(OVER_TAILSCALE).state
    place = organisation.post("projects", name="stage", server=created["id"])

    with pytest.raises(ProviderError) as caught:
        nodes.delete(created)

    assert caught.value.title == "Worker Node is still in use"
    assert f"used by: Environment 'stage' (id {place['id']})" in caught.value.detail


def test_it_is_imported_by_id_and_by_names(nodes, organisation, over_ssh):
    created = nodes.create(over_ssh).state

    for import_id in (created["id"], "ssh-1", f"{organisation.slug}/ssh-1"):
        assert nodes.import_state(import_id).state == created


def test_an_ambiguous_name_lists_the_candidates(nodes, organisation):
    organisation.patch("servers", organisation.other_node_id, name="node-1")

    with pytest.raises(ProviderError) as caught:
        nodes.import_state("node-1")

    assert caught.value.title == "Worker Node name is not unique"
    assert organisation.node_id in caught.value.detail
    assert organisation.other_node_id in caught.value.detail
