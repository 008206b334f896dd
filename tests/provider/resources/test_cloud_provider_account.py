"""`dflow_cloud_provider_account` from plan to destroy."""

import pytest

from dflow_provider.resources.cloud import Cloud
from dflow_provider.schema import UNKNOWN, Call, ProviderError
from dflow_sandbox import Answer, Moment, Reset

IDENTIFIERS = {
    "aws": {"access_key_id": "AKIA1"},
    "azure": {"client_id": "c", "tenant_id": "t", "subscription_id": "s"},
    "gcp": {"project_id": "p"},
    "dflow": {},
    "digitalocean": {},
}


@pytest.fixture
def accounts(life):
    return life("dflow_cloud_provider_account")


def an_account(type_: str = "aws", *, canary: int = 1, version: str | None = "1", **fields: object):
    cloud = Cloud(type_)
    identifiers = {**IDENTIFIERS[type_], **fields}
    return {
        "name": "production",
        "type": type_,
        type_: {**identifiers, cloud.secret: f"canary-{canary}", cloud.secret_version: version},
    }


@pytest.mark.parametrize("cloud", list(Cloud))
def test_an_account_of_every_type_lives_and_dies(accounts, organisation, cloud):
    wanted = an_account(cloud.value)
    created = accounts.create(wanted).state

    document = organisation.get("cloudProviderAccounts", created["id"])
    details = {field: IDENTIFIERS[cloud.value][name] for name, field in cloud.identifiers.items()}
    assert (document["name"], document["type"]) == ("production", cloud.type)
    assert document[cloud.group] == {**details, cloud.secret_field: "canary-1"}
    assert "canary" not in repr(created)
    assert accounts.read(created) == created
    assert accounts.plans_no_change(created, wanted)

    changed = accounts.update(created, {**wanted, "name": "stage"}).state
    assert organisation.get("cloudProviderAccounts", created["id"])[cloud.group][cloud.secret_field] == "canary-1"
    assert (changed["id"], changed["name"]) == (created["id"], "stage")
    assert accounts.read(changed) == changed

    accounts.delete(changed)
    assert accounts.read(changed) is None
    assert organisation.get("cloudProviderAccounts", created["id"])["deletedAt"]
    accounts.delete(changed)


@pytest.mark.parametrize(
    ("changed", "key", "secret"),
    [
        ({"version": "2"}, "AKIA1", "canary-2"),
        ({"access_key_id": "AKIA2"}, "AKIA2", "canary-2"),
        ({}, "AKIA1", "canary-1"),
    ],
)
def test_the_secret_is_sent_when_its_version_or_key_changes(accounts, organisation, changed, key, secret):
    created = accounts.create(an_account()).state

    accounts.update(created, {**an_account(canary=2, **changed), "name": "stage"})

    details = organisation.get("cloudProviderAccounts", created["id"])["awsDetails"]
    assert details == {"accessKeyId": key, "secretAccessKey": secret}


def test_the_type_replaces(accounts):
    replacing = {attribute.name for attribute in accounts.schema.attributes if attribute.on_change.name == "REPLACE"}

    assert replacing == {"type"}


def test_drift_shows_and_what_went_to_the_trash_is_gone(accounts, organisation):
    created = accounts.create(an_account()).state
    details = {"accessKeyId": "AKIA9", "secretAccessKey": "x"}
    organisation.patch("cloudProviderAccounts", created["id"], name="renamed", awsDetails=details)

    now = accounts.read(created)

    assert (now["name"], now["aws"]["access_key_id"]) == ("renamed", "AKIA9")
    organisation.patch("cloudProviderAccounts", created["id"], deletedAt="2026-01-01T00:00:00.000Z")
    assert accounts.read(created) is None


@pytest.mark.parametrize(
    ("config", "problems"),
    [
        (an_account(), []),
        ({**an_account(), "type": UNKNOWN}, []),
        ({**an_account(), "aws": UNKNOWN}, []),
        ({"type": "aws"}, ["Credentials are missing at aws"]),
        ({**an_account(), "gcp": {"project_id": "p"}}, ["Credentials are of another type at gcp"]),
    ],
)
def test_the_credentials_are_those_of_the_type(accounts, config, problems):
    assert [problem.partition(":")[0] for problem in accounts.validate(config)] == problems


@pytest.mark.parametrize("cloud", list(Cloud))
def test_accounts_that_dflow_never_uses_are_warned_of(accounts, cloud):
    call = Call()

    accounts.plan(an_account(cloud.value), call=call)

    expected = [] if cloud in {Cloud.AWS, Cloud.DFLOW} else ["dFlow does not use this account"]
    assert [each.title for each in call.report.diagnostics] == expected


def there(organisation, name):
    details = {"accessKeyId": "AKIA1", "secretAccessKey": "x"}
    return organisation.post("cloudProviderAccounts", name=name, type="aws", awsDetails=details)


def test_a_taken_name_prints_the_import(accounts, organisation):
    existing = there(organisation, name="production")

    with pytest.raises(ProviderError) as caught:
        accounts.create(an_account(access_key_id="AKIA2"))

    assert caught.value.title == "Cloud provider account name is taken"
    command = f"terraform import dflow_cloud_provider_account.<name in your configuration> {existing['id']}"
    assert command in caught.value.detail


def test_taken_credentials_are_told_before_dflow_fails(accounts, organisation):
    existing = there(organisation, name="first")

    with pytest.raises(ProviderError) as caught:
        accounts.create(an_account())

    assert caught.value.title == "Cloud provider account access key id is taken"
    assert caught.value.path == ("aws", "access_key_id")
    assert existing["id"] in caught.value.detail


def test_a_secret_that_another_account_has_is_suspected(accounts, organisation):
    details = {"accessToken": "canary-1"}
    organisation.post("cloudProviderAccounts", name="first", type="digitalocean", digitaloceanDetails=details)

    with pytest.raises(ProviderError) as caught:
        accounts.create(an_account("digitalocean"))

    assert caught.value.title == "dFlow failed inside"
    assert "has the same access_token, which it keeps only once" in caught.value.detail
    assert "canary" not in caught.value.detail


def test_changing_to_a_taken_name_or_key_is_refused(accounts, organisation):
    there(organisation, name="first")
    created = accounts.create(an_account(access_key_id="AKIA2")).state

    with pytest.raises(ProviderError, match="account name is taken"):
        accounts.update(created, {**an_account(access_key_id="AKIA2"), "name": "first"})
    with pytest.raises(ProviderError, match="access key id is taken"):
        accounts.update(created, an_account())


def test_a_create_without_an_answer_finds_what_it_made(life, proxy, organisation):
    proxy.script(Reset(Moment.AFTER), method="POST")

    outcome = life("dflow_cloud_provider_account", endpoint=proxy.endpoint).create(an_account())

    made = organisation.named("cloudProviderAccounts", "production")
    assert [each["id"] for each in made] == [outcome.state["id"]]


def test_an_update_that_fails_inside_says_what_it_may_be(life, proxy):
    through = life("dflow_cloud_provider_account", endpoint=proxy.endpoint)
    created = through.create(an_account()).state
    proxy.script(Answer(500), method="PATCH")

    with pytest.raises(ProviderError, match="has the same secret_access_key"):
        through.update(created, an_account(version="2"))


def test_an_account_in_use_is_not_removed(accounts, organisation):
    created = accounts.create(an_account()).state
    organisation.patch("servers", organisation.node_id, cloudProviderAccount=created["id"])
    organisation.post(
        "securityGroups", name="db", description="d", cloudProvider="aws", cloudProviderAccount=created["id"]
    )

    with pytest.raises(ProviderError) as caught:
        accounts.delete(created)

    assert caught.value.title == "Cloud provider account is still in use"
    assert f"Worker Node 'node-1' (id {organisation.node_id}), security group 'db'" in caught.value.detail


def test_it_is_imported_by_id_and_by_names(accounts, organisation):
    created = accounts.create(an_account("dflow", version=None)).state

    for import_id in (created["id"], "production", "dflow/production", f"{organisation.slug}/production"):
        assert accounts.import_state(import_id).state == created


def test_after_an_import_the_secret_of_the_configuration_is_sent(accounts, organisation):
    there(organisation, name="production")
    imported = accounts.import_state("production").state

    accounts.update(imported, an_account())

    details = organisation.get("cloudProviderAccounts", imported["id"])["awsDetails"]
    assert details["secretAccessKey"] == "canary-1"
