"""Secrets of records that somebody changes by hand in dFlow: noticed, put back, and kept nowhere."""

import json
from dataclasses import dataclass, replace

import pytest

from dflow_provider.resources.cloud import Cloud
from dflow_provider.schema import Call, ProviderError
from dflow_sandbox import Answer, Moment

PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE3Kp1jzFJPDMK0bGu5oH3d0xX7H5bYqgGmJZkJ0vYqN dflow"


def pem(text):
    return f"-----BEGIN OPENSSH PRIVATE KEY-----\n{text}\n-----END OPENSSH PRIVATE KEY-----\n"


@dataclass
class Case:
    """One type with a secret.

    Attributes:
        type: Terraform's name of it.
        collection: where dFlow keeps it.
        flag: the attribute that says that the secret was changed.
        wanted: a configuration with the secret `kanarienvogel`.
        rotated: the same with the secret `zeisig` and another version.
        field: where the secret stands in dFlow's document.
    """

    type: str
    collection: str
    flag: str
    wanted: dict
    rotated: dict
    field: tuple[str, ...]

    def secret_in(self, organisation, document_id):
        value = organisation.get(self.collection, document_id)
        for step in self.field:
            value = value.get(step)
        return value

    def change(self, organisation, document_id, secret):
        if len(self.field) == 1:
            organisation.patch(self.collection, document_id, **{self.field[0]: secret})
            return
        group, name = self.field
        now = organisation.get(self.collection, document_id)[group]
        organisation.patch(self.collection, document_id, **{group: {**now, name: secret}})


def registry():
    wanted = {"name": "images", "type": "github", "username": "acme", "password_wo": "kanarienvogel"}
    return Case(
        "dflow_docker_registry",
        "dockerRegistries",
        "password_changed",
        wanted,
        {**wanted, "password_wo": "zeisig", "password_wo_version": "2"},
        ("password",),
    )


def account(cloud):
    identifiers = {name: f"some-{name}" for name in cloud.identifiers}

    def configured(secret, version):
        block = {**identifiers, cloud.secret: secret, cloud.secret_version: version}
        return {"name": "main", "type": cloud.value, cloud.value: block}

    return Case(
        "dflow_cloud_provider_account",
        "cloudProviderAccounts",
        "secret_changed",
        configured("kanarienvogel", None),
        configured("zeisig", "2"),
        (cloud.group, cloud.secret_field),
    )


def app(provider, group):
    repository = "shop" if provider == "github" else "https://git.example.com/acme/shop.git"
    source = {"provider": provider, "repository": repository, "owner": "acme", "branch": "main"}
    wanted = {
        "name": "shop-web",
        "source": {**source, "build_path": None, "git_provider_id": None},
        "git_token_wo": "kanarienvogel",
    }
    return Case(
        "dflow_app_service",
        "services",
        "git_token_changed",
        wanted,
        {**wanted, "git_token_wo": "zeisig", "git_token_wo_version": "2"},
        (group, "gitToken"),
    )


CASES = {
    "registry": registry(),
    **{f"account of {cloud.value}": account(cloud) for cloud in Cloud},
    "github": app("github", "githubSettings"),
    "azure devops": app("azure_devops", "azureSettings"),
}


@pytest.fixture(params=CASES)
def case(request, shop):
    found = CASES[request.param]
    if found.type != "dflow_app_service":
        return found
    placed = {"environment_id": shop["id"]}
    return replace(found, wanted={**found.wanted, **placed}, rotated={**found.rotated, **placed})


def test_it_is_noticed_put_back_and_kept_nowhere(case, life, remembering, organisation):
    resource = life(case.type)
    remembered = remembering(resource)
    created = remembered.create(case.wanted)
    assert created[case.flag] is False
    assert remembered.read(created) == created
    case.change(organisation, created["id"], "stieglitz")

    now = remembered.read(created)
    assert now == {**created, case.flag: True}
    call = Call()
    assert resource.plan(case.wanted, now, call) == created
    (warning,) = [each for each in call.report.diagnostics if each.title != "dFlow does not use this account"]
    assert warning.title == "Secret was changed by hand"
    assert warning.path == (case.flag,)

    restored = remembered.update(now, case.wanted)
    assert case.secret_in(organisation, created["id"]) == "kanarienvogel"
    assert remembered.read(restored) == restored == created
    for secret in ("kanarienvogel", "stieglitz"):
        assert secret not in f"{json.dumps(remembered.private)}{now}{restored}{warning}"


def test_a_rotation_by_the_configuration_is_no_change_by_hand(case, life, remembering, organisation):
    remembered = remembering(life(case.type))
    state = remembered.update(remembered.create(case.wanted), case.rotated)

    assert case.secret_in(organisation, state["id"]) == "zeisig"
    assert remembered.read(state) == state


def test_a_write_with_an_open_end_accuses_nobody_and_forgets_nothing(case, life, remembering, organisation, proxy):
    remembered = remembering(life(case.type, endpoint=proxy.endpoint))
    state = remembered.create(case.wanted)
    path = f"^/api/{case.collection}/"

    proxy.script(Answer(500), method="PATCH", path=path)
    with pytest.raises(ProviderError):
        remembered.update(state, case.rotated)
    assert remembered.read(state) == state

    case.change(organisation, state["id"], "stieglitz")
    assert remembered.read(state)[case.flag] is True

    proxy.script(Answer(500, moment=Moment.AFTER), method="PATCH", path=path)
    with pytest.raises(ProviderError):
        remembered.update(state, case.rotated)
    assert case.secret_in(organisation, state["id"]) == "zeisig"
    assert remembered.read(state)[case.flag] is False


def test_another_change_does_not_send_the_secret(case, life, remembering, organisation):
    remembered = remembering(life(case.type))
    state = remembered.create(case.wanted)
    case.change(organisation, state["id"], "stieglitz")
    other = {"description": "new"} if case.collection == "services" else {"name": "other"}

    remembered.update(state, {**case.wanted, **other})

    assert case.secret_in(organisation, state["id"]) == "stieglitz"


@pytest.mark.parametrize("name", ["registry", "account of aws"])
def test_after_an_import_what_dflow_has_counts_as_unchanged_once(name, life, remembering, organisation):
    case = CASES[name]
    remembered = remembering(life(case.type))
    existing = life(case.type).create(case.wanted).state

    state = remembered.read(remembered.import_state(existing["id"]))
    assert state[case.flag] is False
    case.change(organisation, existing["id"], "stieglitz")
    assert remembered.read(state)[case.flag] is True


@pytest.mark.parametrize("given", [None, "kanarienvogel"])
def test_a_token_that_the_resource_does_not_send_is_not_watched(life, remembering, organisation, shop, given):
    case = CASES["github"]
    wanted = {**case.wanted, "environment_id": shop["id"], "git_token_wo": given}
    remembered = remembering(life(case.type))
    state = remembered.create(wanted)
    if given is not None:
        state = remembered.update(state, {**wanted, "git_token_wo": None, "git_token_wo_version": "2"})
        assert case.secret_in(organisation, state["id"]) is None
    assert remembered.private == {}
    case.change(organisation, state["id"], "by hand")

    assert remembered.read(state) == state


def test_a_token_removed_by_hand_is_put_back(life, remembering, organisation, shop):
    case = CASES["github"]
    wanted = {**case.wanted, "environment_id": shop["id"]}
    remembered = remembering(life(case.type))
    state = remembered.create(wanted)
    case.change(organisation, state["id"], None)

    now = remembered.read(state)
    assert now["git_token_changed"] is True
    remembered.update(now, wanted)
    assert case.secret_in(organisation, state["id"]) == "kanarienvogel"


def test_a_token_that_left_the_configuration_is_not_put_back(life, remembering, organisation, shop):
    case = CASES["github"]
    wanted = {**case.wanted, "environment_id": shop["id"]}
    resource = life(case.type)
    remembered = remembering(resource)
    state = remembered.create(wanted)
    case.change(organisation, state["id"], "by hand")
    now = remembered.read(state)
    call = Call()

    assert resource.plan({**wanted, "git_token_wo": None}, now, call)["git_token_changed"] is False
    assert call.report.diagnostics == []
    state = remembered.update(now, {**wanted, "git_token_wo": None})

    assert case.secret_in(organisation, state["id"]) == "by hand"
    assert remembered.read(state) == state
    assert remembered.private == {}


def test_a_private_key_changed_by_hand_needs_a_new_key(life, remembering, organisation, proxy):
    keys = life("dflow_ssh_key", endpoint=proxy.endpoint)
    remembered = remembering(keys)
    wanted = {"name": "deploy", "public_key": PUBLIC_KEY, "private_key_wo": pem("kanarienvogel")}
    state = remembered.create(wanted)
    assert remembered.read(state) == {**state, "private_key_changed": False} == state
    # REST changes no key and the sandbox has no dashboard, whose own action does.
    changed = {**organisation.get("sshKeys", state["id"]), "privateKey": pem("stieglitz")}
    proxy.script(Answer(200, body=json.dumps(changed).encode()), method="GET", path="^/api/sshKeys/")

    now = remembered.read(state)
    assert now == {**state, "private_key_changed": True}
    call = Call()
    config = keys.config(wanted)
    planned = {**now, "private_key_wo": None}
    assert list(keys.resource.plan_change(now, planned, config, call)) == [("private_key_changed",)]
    assert planned["private_key_changed"] is False
    (warning,) = call.report.diagnostics
    assert "The apply makes a new key with the configured one, because dFlow changes none." in warning.detail
    assert "kanarienvogel" not in json.dumps(remembered.private)
