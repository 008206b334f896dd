"""`dflow_docker_registry` from plan to destroy."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from dflow_provider.schema import ProviderError
from dflow_sandbox import Answer, Hang, Moment, Reset


@pytest.fixture
def registries(life):
    return life("dflow_docker_registry")


@pytest.fixture
def values():
    return {
        "name": "acme",
        "type": "github",
        "username": "acme-bot",
        "password_wo": "canary-1",
        "password_wo_version": "1",
    }


def test_it_lives_and_dies(registries, organisation, values):
    created = registries.create(values).state

    document = organisation.get("dockerRegistries", created["id"])
    assert (document["name"], document["type"], document["username"]) == ("acme", "github", "acme-bot")
    assert document["password"] == "canary-1"
    assert "canary" not in repr(created)
    assert registries.read(created) == created
    assert registries.plans_no_change(created, values)

    changed = registries.update(created, {**values, "name": "store"}).state
    assert (changed["id"], changed["name"]) == (created["id"], "store")
    assert registries.read(changed) == changed

    registries.delete(changed)
    assert registries.read(changed) is None
    assert organisation.get("dockerRegistries", created["id"])["deletedAt"]
    registries.delete(changed)


def test_hard_delete_leaves_nothing(registries, organisation, values):
    created = registries.create({**values, "hard_delete": True}).state

    registries.delete(created)

    assert organisation.send("GET", f"dockerRegistries?trash=true&where[id][equals]={created['id']}")["totalDocs"] == 0


@pytest.mark.parametrize(
    ("changed", "password"),
    [
        ({"password_wo_version": "2"}, "canary-2"),
        ({"username": "other-bot"}, "canary-2"),
        ({"name": "store"}, "canary-1"),
    ],
)
def test_the_password_is_sent_when_its_version_or_user_changes(registries, organisation, values, changed, password):
    created = registries.create(values).state

    registries.update(created, {**values, "password_wo": "canary-2", **changed})

    assert organisation.get("dockerRegistries", created["id"])["password"] == password


def test_the_type_replaces(registries):
    replacing = {attribute.name for attribute in registries.schema.attributes if attribute.on_change.name == "REPLACE"}

    assert replacing == {"type"}


def test_drift_shows_and_what_went_to_the_trash_is_gone(registries, organisation, values):
    created = registries.create(values).state
    organisation.patch("dockerRegistries", created["id"], name="renamed", username="somebody")

    now = registries.read(created)

    assert (now["name"], now["username"]) == ("renamed", "somebody")
    organisation.patch("dockerRegistries", created["id"], deletedAt="2026-01-01T00:00:00.000Z")
    assert registries.read(created) is None


def test_a_taken_name_prints_the_import(registries, organisation, values):
    there = organisation.post("dockerRegistries", name="acme", type="github", username="x", password="p")

    with pytest.raises(ProviderError) as caught:
        registries.create(values)

    assert caught.value.title == "Docker registry name is taken"
    assert caught.value.path == ("name",)
    assert f"terraform import dflow_docker_registry.<name in your configuration> {there['id']}" in caught.value.detail


def test_a_taken_user_name_is_told_before_dflow_fails(registries, organisation, values):
    there = organisation.post("dockerRegistries", name="first", type="github", username="acme-bot", password="p")

    with pytest.raises(ProviderError) as caught:
        registries.create(values)

    assert caught.value.title == "Docker registry username is taken"
    assert caught.value.path == ("username",)
    assert there["id"] in caught.value.detail
    assert organisation.named("dockerRegistries", "acme") == []


def test_a_user_name_taken_since_the_look_is_told_after_dflow_failed(life, proxy, organisation, values):
    through = life("dflow_docker_registry", endpoint=proxy.endpoint)
    hang = Hang()
    proxy.script(hang, method="POST")

    with ThreadPoolExecutor(1) as pool:
        creating = pool.submit(through.create, values)
        assert hang.wait_until_reached(20)
        organisation.post("dockerRegistries", name="first", type="github", username="acme-bot", password="p")
        hang.release()
        with pytest.raises(ProviderError, match="Docker registry username is taken"):
            creating.result()

    assert organisation.named("dockerRegistries", "acme") == []


def test_a_failure_of_another_kind_stays_one(life, proxy, values):
    proxy.script(Answer(500), method="POST")

    with pytest.raises(ProviderError, match="dFlow failed inside"):
        life("dflow_docker_registry", endpoint=proxy.endpoint).create(values)


def test_the_same_name_and_user_at_another_registry_are_fine(registries, organisation, values):
    organisation.post("dockerRegistries", name="acme", type="quay", username="acme-bot", password="p")

    assert registries.create(values).errors == []


def test_renaming_to_a_taken_name_or_user_is_refused(registries, organisation, values):
    organisation.post("dockerRegistries", name="first", type="github", username="first-bot", password="p")
    created = registries.create(values).state

    with pytest.raises(ProviderError, match="Docker registry name is taken"):
        registries.update(created, {**values, "name": "first"})
    with pytest.raises(ProviderError, match="Docker registry username is taken"):
        registries.update(created, {**values, "username": "first-bot"})


def test_a_create_without_an_answer_finds_what_it_made(life, proxy, organisation, values):
    organisation.post("dockerRegistries", name="acme", type="quay", username="x", password="p")
    proxy.script(Reset(Moment.AFTER), method="POST")

    outcome = life("dflow_docker_registry", endpoint=proxy.endpoint).create(values)

    made = [each["id"] for each in organisation.named("dockerRegistries", "acme") if each["type"] == "github"]
    assert made == [outcome.state["id"]]


def test_an_account_that_a_service_uses_is_not_removed(registries, organisation, shop, values):
    created = registries.create(values).state
    organisation.post(
        "services",
        name="shop-worker",
        type="docker",
        project=shop["id"],
        dockerDetails={"url": "ghcr.io/acme/w:1", "account": created["id"]},
    )

    with pytest.raises(ProviderError, match=r"used by: service 'shop-worker'"):
        registries.delete(created)


def test_it_is_imported_by_id_and_by_names(registries, organisation, values):
    created = {**registries.create(values).state, "password_wo_version": None}
    for import_id in (created["id"], "acme", "github/acme", f"{organisation.slug}/acme"):
        assert registries.import_state(import_id).state == created

    other = organisation.post("dockerRegistries", name="acme", type="quay", username="x", password="p")
    assert registries.import_state("github/acme").state == created
    with pytest.raises(ProviderError) as caught:
        registries.import_state("acme")
    assert caught.value.title == "Docker registry name is not unique"
    assert f"type github, since {created['created_at']} (id {created['id']})" in caught.value.detail
    assert other["id"] in caught.value.detail
    assert "<type>/<name>" in caught.value.detail


def test_after_an_import_the_password_of_the_configuration_is_sent(registries, organisation, values):
    organisation.post("dockerRegistries", name="acme", type="github", username="acme-bot", password="old")
    imported = registries.import_state("acme").state

    registries.update(imported, values)

    assert organisation.get("dockerRegistries", imported["id"])["password"] == "canary-1"
