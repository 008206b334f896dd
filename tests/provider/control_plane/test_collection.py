"""Documents of one organisation."""

import pytest

from dflow_provider.control_plane.errors import FieldProblem, NotFound, OtherTenant, Refused
from dflow_provider.control_plane.outbound_address import SENTINEL
from dflow_sandbox import Answer


def test_a_list_has_every_page(connected, organisation, operator):
    for number in range(103):
        operator(
            "POST",
            "projects?depth=0",
            {"name": "same", "description": str(number), "server": organisation.node_id, "tenant": organisation.id},
        )

    found = connected().projects.find(name="same").documents

    assert {project.get("description") for project in found} == {str(number) for number in range(103)}


def test_other_organisations_are_not_seen(connected, sandbox):
    theirs = connected(tenant=sandbox.tenant)
    node_id = sandbox.worker_node_ids["fra-1"]

    assert theirs.servers.get(node_id)["name"] == "fra-1"
    assert "fra-1" not in [node["name"] for node in connected().servers.find().documents]
    with pytest.raises(OtherTenant, match="exists, but not in the organisation"):
        connected().servers.get(node_id)


def test_an_administrator_writes_to_an_organisation_without_being_a_member(connected, organisation):
    project = connected().projects.create({"name": "p", "server": organisation.node_id})

    assert project.get("server") == organisation.node_id


def test_a_node_of_another_organisation_is_refused(connected, sandbox):
    with pytest.raises(Refused) as caught:
        connected().projects.create({"name": "p", "server": sandbox.worker_node_ids["fra-1"]})

    assert [problem.path for problem in caught.value.problems] == ["server"]


def test_a_missing_field_is_named(connected):
    with pytest.raises(Refused) as caught:
        connected().projects.create({"name": "p"})

    assert caught.value.problems == (FieldProblem("server", "This field is required."),)


def test_what_is_in_the_trash_does_not_exist(connected, organisation, operator):
    dflow = connected()
    project = dflow.projects.create({"name": "p", "server": organisation.node_id})

    dflow.projects.trash(project["id"])

    with pytest.raises(NotFound):
        dflow.projects.get(project["id"])
    with pytest.raises(NotFound):
        dflow.projects.trash(project["id"])
    assert dflow.projects.find(name="p").documents == []
    assert operator("GET", f"projects/{project['id']}?trash=true&depth=0")["deletedAt"]


def test_deleting_leaves_nothing_in_the_trash(connected, organisation, operator):
    dflow = connected()
    project = dflow.projects.create({"name": "p", "server": organisation.node_id})

    dflow.projects.delete(project["id"])

    listed = operator("GET", f"projects?trash=true&where[id][equals]={project['id']}")
    assert listed["totalDocs"] == 0


def test_secrets_of_a_service_are_never_asked_for(connected, organisation, operator):
    dflow = connected()
    project = dflow.projects.create({"name": "p", "server": organisation.node_id})
    secret = {
        "name": "p-db",
        "type": "database",
        "project": project["id"],
        "tenant": organisation.id,
        "databaseDetails": {"type": "postgres", "password": "hunter2", "connectionUrl": "postgres://u:hunter2@h/d"},
        "variables": [{"key": "K", "value": "hunter2"}],
        "githubSettings": {"gitToken": "hunter2"},
    }
    service = operator("POST", "services?depth=0", secret)["doc"]

    assert "hunter2" not in repr(dflow.services.get(service["id"]))
    assert "hunter2" not in repr(dflow.services.find().documents)
    assert "hunter2" not in repr(dflow.services.update(service["id"], {"description": "d"}))


def test_a_lock_of_somebody_else_does_not_hinder(connected, organisation, proxy):
    project = connected().projects.create({"name": "p", "server": organisation.node_id})
    proxy.script(Answer(423, body=b'{"errors":[{"message":"locked"}]}'), path="^(?!.*overrideLock=true).*projects")

    assert connected(proxy.endpoint).projects.update(project["id"], {"description": "d"})["description"] == "d"


def test_an_id_says_what_it_belongs_to(connected, organisation):
    dflow = connected()
    project = dflow.projects.create({"name": "shop", "server": organisation.node_id})
    service = dflow.services.create({"name": "shop-web", "type": "app", "project": project["id"]})

    for document_id, kind, name in (
        (project["id"], "Environment", "shop"),
        (service["id"], "service", "shop-web"),
        (organisation.node_id, "Worker Node", "node-1"),
    ):
        identity = dflow.identify(document_id)
        assert identity is not None
        assert (identity.kind, identity.name) == (kind, name)
    assert dflow.identify("nothing") is None


def test_the_sentinel_is_what_dflow_writes():
    assert SENTINEL == "999.999.999.999"
