"""`dflow_ssh_key` from plan to destroy."""

import subprocess

import pytest

from dflow_provider.resources.key_material import PrivateKey, PublicKey
from dflow_provider.schema import Call, ProviderError
from dflow_sandbox import Moment, Reset

PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF7ZbkVqvVkxPgGkz4dPq0ZPUGSUZBFnsgrLYjQh5b3J deploy"
OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPqW7a0l8yA2PqjJd9xk8s0LrJ9nBdH0y0lSkqBz5rGQ deploy"
PRIVATE = "-----BEGIN OPENSSH PRIVATE KEY-----\nY2FuYXJ5\n-----END OPENSSH PRIVATE KEY-----\n"


@pytest.fixture
def keys(life):
    return life("dflow_ssh_key")


@pytest.fixture
def values():
    return {"name": "deploy", "public_key": PUBLIC, "private_key_wo": PRIVATE, "private_key_wo_version": "1"}


def test_it_lives_and_dies(keys, organisation, values):
    wanted = {**values, "description": "for the nodes"}
    created = keys.create(wanted).state

    document = organisation.get("sshKeys", created["id"])
    assert (document["name"], document["description"]) == ("deploy", "for the nodes")
    assert (document["publicKey"], document["privateKey"]) == (PUBLIC, PRIVATE)
    assert created["created_at"] == document["createdAt"]
    assert keys.read(created) == created
    assert keys.plans_no_change(created, wanted)

    keys.delete(created)
    assert keys.read(created) is None
    assert organisation.send("GET", f"sshKeys?trash=true&where[id][equals]={created['id']}")["totalDocs"] == 0
    keys.delete(created)


@pytest.mark.parametrize("public", [PUBLIC, f"{PUBLIC}\n"])
def test_a_public_key_comes_back_as_it_was_given(keys, values, public):
    created = keys.create({**values, "public_key": public}).state

    assert keys.read(created) == created


@pytest.mark.parametrize("description", [None, "", "some words, ünïcode"])
def test_a_description_comes_back_as_it_was_given(keys, values, description):
    created = keys.create({**values, "description": description}).state

    assert created["description"] == description
    assert keys.read(created) == created


@pytest.mark.parametrize(
    ("changed", "replaces"),
    [({"private_key_wo_version": "2"}, True), ({"private_key_wo_version": None}, True), ({}, False)],
)
def test_another_version_is_another_key(keys, values, changed, replaces):
    created = keys.create(values).state
    config = keys.config({**values, **changed})
    planned = keys.plan({**values, **changed}, created)

    paths = keys.resource.plan_change(created, planned, config, Call())

    assert list(paths) == ([("private_key_wo_version",)] if replaces else [])


def test_every_other_change_is_another_key(keys):
    replacing = {attribute.name for attribute in keys.schema.attributes if attribute.on_change.name == "REPLACE"}

    assert replacing == {"name", "description", "public_key"}


def test_a_taken_name_prints_the_import(keys, organisation, values):
    there = organisation.post("sshKeys", name="deploy", publicKey=OTHER, privateKey=PRIVATE)

    with pytest.raises(ProviderError) as caught:
        keys.create(values)

    assert caught.value.title == "SSH key name is taken"
    assert caught.value.path == ("name",)
    assert f"terraform import dflow_ssh_key.<name in your configuration> {there['id']}" in caught.value.detail
    assert len(organisation.named("sshKeys", "deploy")) == 1


def test_a_create_without_an_answer_finds_what_it_made(life, proxy, organisation, values):
    proxy.script(Reset(Moment.AFTER), method="POST")

    outcome = life("dflow_ssh_key", endpoint=proxy.endpoint).create(values)

    assert [key["id"] for key in organisation.named("sshKeys", "deploy")] == [outcome.state["id"]]


@pytest.mark.parametrize("public", [PUBLIC, OTHER])
def test_an_interrupted_create_is_finished_if_it_made_this_very_key(life, proxy, organisation, values, public):
    through = life("dflow_ssh_key", endpoint=proxy.endpoint)
    proxy.script(Reset(Moment.BEFORE), method="POST")
    call = Call()
    call.stop.request()
    with pytest.raises(ProviderError, match="No SSH key named 'deploy' has turned up since"):
        through.resource.create(through.plan(values), through.config(values), call)
    late = organisation.post("sshKeys", name="deploy", publicKey=public, privateKey=PRIVATE)

    if public == PUBLIC:
        outcome = through.create(values)
        assert outcome.state["id"] == late["id"]
        assert "Finished an interrupted create" in outcome.warnings[0]
    else:
        with pytest.raises(ProviderError, match="SSH key name is taken"):
            through.create(values)


def test_a_key_that_a_node_uses_is_not_removed(keys, organisation, values):
    created = keys.create(values).state
    node = organisation.post(
        "servers",
        name="ssh-1",
        preferConnectionType="ssh",
        sshKey=created["id"],
        ip="203.0.113.99",
        port=22,
        username="root",
    )

    with pytest.raises(ProviderError) as caught:
        keys.delete(created)

    assert caught.value.title == "SSH key is still in use"
    assert f"used by: Worker Node 'ssh-1' (id {node['id']})" in caught.value.detail
    assert "create_before_destroy" in caught.value.detail
    assert keys.read(created) == created


def test_it_is_imported_by_id_and_by_name(keys, organisation, values):
    created = {**keys.create(values).state, "private_key_wo_version": None}

    assert keys.import_state(created["id"]).state == created
    assert keys.import_state("deploy").state == created
    assert keys.import_state(f"{organisation.slug}/deploy").state == created


def test_the_first_version_after_an_import_is_noted_and_makes_no_new_key(keys, values):
    keys.create(values)
    imported = keys.import_state("deploy")
    planned = keys.plan(values, imported.state, imported.call)

    paths = keys.resource.plan_change(imported.state, planned, keys.config(values), imported.call)
    noted = keys.update(imported.state, values, dict(imported.call.private)).state

    assert list(paths) == []
    assert noted["private_key_wo_version"] == "1"
    assert keys.plans_no_change(noted, values)


def test_an_import_of_something_else_says_what_it_is(keys, shop):
    with pytest.raises(ProviderError, match=r"is the id of the Environment 'shop'\. Give the id of an SSH key"):
        keys.import_state(shop["id"])


def test_an_import_of_an_unknown_name_lists_those_that_exist(keys, values):
    keys.create(values)

    with pytest.raises(ProviderError, match=r"has no SSH key named 'deplyo'\. There is deploy\."):
        keys.import_state("deplyo")


@pytest.mark.parametrize("kind", [["ed25519"], ["rsa", "-b", "2048"], ["ecdsa", "-m", "PEM"]])
def test_keys_of_every_kind_are_good_and_with_a_passphrase_refused(tmp_path, kind):
    for name, passphrase in (("open", ""), ("locked", "hunter2")):
        command = ["ssh-keygen", "-q", "-t", *kind, "-N", passphrase, "-f", tmp_path / name]
        subprocess.run(command, check=True)
    public, private = (tmp_path / "open.pub").read_text(), (tmp_path / "open").read_text()

    assert PublicKey().problem(public) is None
    assert PrivateKey().problem(private) is None
    assert "protected by a passphrase" in PrivateKey().problem((tmp_path / "locked").read_text())
    assert "is a private key" in PublicKey().problem(private)
    assert "no private SSH key" in PrivateKey().problem(public)


def test_what_was_given_is_in_no_message():
    assert "canary" not in PublicKey().problem("canary")
    assert "canary" not in PrivateKey().problem("canary")
