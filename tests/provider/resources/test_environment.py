"""`dflow_environment` from plan to destroy."""

import pytest

from dflow_provider.schema import UNKNOWN, ProviderError


@pytest.fixture
def environments(life):
    return life("dflow_environment")


@pytest.fixture
def values(organisation):
    return {"name": "shop", "worker_nodes": [organisation.node_id]}


def test_it_lives_and_dies(environments, organisation, values):
    created = environments.create({**values, "description": "the shop"}).state

    document = organisation.get("projects", created["id"])
    assert (document["name"], document["description"], document["server"]) == ("shop", "the shop", organisation.node_id)
    assert created["created_at"] == document["createdAt"]
    assert environments.read(created) == created
    assert environments.plans_no_change(created, {**values, "description": "the shop"})

    changed = environments.update(created, {**values, "name": "store"}).state
    assert (changed["id"], changed["name"], changed["description"]) == (created["id"], "store", None)
    assert environments.read(changed) == changed

    environments.delete(changed)
    assert environments.read(changed) is None
    assert organisation.get("projects", created["id"])["deletedAt"]
    environments.delete(changed)


def test_hard_delete_leaves_nothing(environments, organisation, values):
    created = environments.create({**values, "hard_delete": True}).state

    environments.delete(created)

    assert organisation.send("GET", f"projects?trash=true&where[id][equals]={created['id']}")["totalDocs"] == 0


@pytest.mark.parametrize("description", [None, "", "some words, ünïcode"])
def test_a_description_comes_back_as_it_was_given(environments, values, description):
    created = environments.create({**values, "description": description}).state

    assert created["description"] == description
    assert environments.read(created) == created


def test_drift_shows(environments, organisation, values):
    created = environments.create(values).state
    organisation.patch("projects", created["id"], name="renamed", description="by hand")

    now = environments.read(created)

    assert (now["name"], now["description"]) == ("renamed", "by hand")


def test_what_went_to_the_trash_is_gone(environments, organisation, values):
    created = environments.create(values).state
    organisation.patch("projects", created["id"], deletedAt="2026-01-01T00:00:00.000Z")

    assert environments.read(created) is None


def test_no_worker_node_is_refused_at_plan(environments, values):
    with pytest.raises(ProviderError) as caught:
        environments.plan({**values, "worker_nodes": []})

    assert caught.value.title == "Environment needs one Worker Node"
    assert "worker_nodes of the Environment 'shop' is empty" in caught.value.detail
    assert "data.dflow_worker_node" in caught.value.detail
    assert caught.value.path == ("worker_nodes",)


def test_two_worker_nodes_are_refused_at_plan(environments, organisation, values):
    both = [organisation.node_id, UNKNOWN]

    with pytest.raises(ProviderError) as caught:
        environments.plan({**values, "worker_nodes": both})

    assert caught.value.title == "Only one Worker Node fits"
    assert f"has 2 entries ({organisation.node_id}, (known after apply))" in caught.value.detail
    assert "attaches every Environment to exactly one Worker Node" in caught.value.detail


@pytest.mark.parametrize("nodes", [UNKNOWN, [UNKNOWN]])
def test_a_node_known_only_after_apply_is_fine_at_plan(environments, values, nodes):
    assert environments.plan({**values, "worker_nodes": nodes})["worker_nodes"] == nodes


def test_moving_to_another_node_is_refused_at_plan(environments, organisation, values):
    created = environments.create(values).state

    with pytest.raises(ProviderError) as caught:
        environments.plan({**values, "worker_nodes": [organisation.other_node_id]}, created)

    assert caught.value.title == "Environment cannot change Worker Node"
    assert f"is attached to the Worker Node {organisation.node_id}" in caught.value.detail
    assert f"asks for {organisation.other_node_id}" in caught.value.detail
    assert "dFlow would note the other node and move nothing" in caught.value.detail
    assert "Make a new Environment" in caught.value.detail


def test_moving_to_a_node_learnt_at_apply_changes_nothing(environments, organisation, values):
    created = environments.create(values).state
    call_plan = {**created, "worker_nodes": [organisation.other_node_id]}

    with pytest.raises(ProviderError, match="cannot change Worker Node"):
        environments.resource.update(created, call_plan, call_plan, environments.call)

    assert organisation.get("projects", created["id"])["server"] == organisation.node_id


def test_a_node_changed_by_hand_shows_in_the_state(environments, organisation, values):
    created = environments.create(values).state
    organisation.patch("projects", created["id"], server=organisation.other_node_id)

    now = environments.read(created)

    assert now["worker_nodes"] == [organisation.other_node_id]
    with pytest.raises(ProviderError, match="change it back there"):
        environments.plan(values, now)


def test_a_node_changed_by_hand_is_not_undone_in_the_record(environments, organisation, values):
    created = environments.create(values).state
    organisation.patch("projects", created["id"], server=organisation.other_node_id)

    outcome = environments.update(created, {**values, "description": "new"})

    assert organisation.get("projects", created["id"])["server"] == organisation.other_node_id
    assert outcome.state["worker_nodes"] == [organisation.other_node_id]
    assert "dFlow kept another value: worker_nodes was sent as" in outcome.errors[0]


def test_a_taken_name_names_the_other_and_the_remedy(environments, organisation, values, shop):
    with pytest.raises(ProviderError) as caught:
        environments.create(values)

    assert caught.value.title == "Environment name is taken"
    assert f"id {shop['id']}, on the Worker Node {organisation.node_id}" in caught.value.detail
    assert f"terraform import dflow_environment.<name in your configuration> {shop['id']}" in caught.value.detail
    assert len(organisation.named("projects", "shop")) == 1


def test_renaming_to_a_taken_name_is_refused(environments, organisation, values, shop):
    created = environments.create({**values, "name": "other"}).state

    with pytest.raises(ProviderError, match="Environment name is taken"):
        environments.update(created, values)

    assert organisation.get("projects", created["id"])["name"] == "other"


def test_a_name_in_the_trash_is_free(environments, organisation, values, shop):
    organisation.patch("projects", shop["id"], deletedAt="2026-01-01T00:00:00.000Z")

    assert environments.create(values).state["id"] != shop["id"]


def test_a_name_of_another_organisation_is_free(environments, sandbox, operator, values):
    operator(
        "POST",
        "projects",
        {"name": "shop", "tenant": sandbox.tenant_id, "server": sandbox.worker_node_ids["fra-1"]},
    )

    assert environments.create(values).errors == []


def test_an_unknown_worker_node_lists_those_that_exist(environments, organisation, values):
    with pytest.raises(ProviderError) as caught:
        environments.create({**values, "worker_nodes": ["no-such-node"]})

    assert caught.value.title == "Worker Node does not exist"
    assert "no Worker Node with id 'no-such-node'" in caught.value.detail
    assert f"node-1 (id {organisation.node_id})" in caught.value.detail
    assert f"node-2 (id {organisation.other_node_id})" in caught.value.detail
    assert caught.value.path == ("worker_nodes",)


def test_an_id_of_something_else_says_what_it_is(environments, values, shop):
    with pytest.raises(ProviderError, match="is the id of the Environment 'shop'"):
        environments.create({**values, "name": "other", "worker_nodes": [shop["id"]]})


def test_services_that_live_in_it_are_not_left_homeless(environments, organisation, values):
    created = environments.create(values).state
    service = organisation.post("services", name="by-hand", type="app", project=created["id"])

    with pytest.raises(ProviderError, match="Environment still has services") as caught:
        environments.delete(created)

    assert f"by-hand (id {service['id']})" in caught.value.detail
    assert environments.read(created) == created
    organisation.patch("services", service["id"], deletedAt="2026-01-01T00:00:00.000Z")
    environments.delete(created)
    assert environments.read(created) is None


def test_it_is_imported_by_id_and_by_name(environments, values):
    created = environments.create(values).state

    assert environments.import_state(created["id"]).state == created
    assert environments.import_state("shop").state == created


def test_importing_an_unknown_name_lists_those_that_exist(environments, shop):
    with pytest.raises(ProviderError, match=r"no Environment named 'shopp'\. There is shop\."):
        environments.import_state("shopp")


def test_importing_the_id_of_something_else_says_what_it_is(environments, organisation):
    with pytest.raises(ProviderError, match="is the id of the Worker Node 'node-1'"):
        environments.import_state(organisation.node_id)


def test_importing_a_name_that_stands_twice_lists_both(environments, organisation, shop):
    other = organisation.post("projects", name="shop", server=organisation.node_id)

    with pytest.raises(ProviderError, match="Environment name is not unique") as caught:
        environments.import_state("shop")

    assert shop["id"] in caught.value.detail
    assert other["id"] in caught.value.detail
