"""Deleting: softly by a date, for good by DELETE."""

import pytest


@pytest.fixture
def trashed(operator, new_service):
    service = new_service()
    reply = operator.update("services", service["id"], {"deletedAt": "2026-01-01T00:00:00.000Z"})
    assert reply.status == 200
    return service


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("PATCH", {"description": "x"}), ("DELETE", None)])
def test_a_trashed_document_is_gone_for_everybody_who_does_not_ask_for_trash(operator, trashed, method, body):
    reply = operator(method, f"/api/services/{trashed['id']}?depth=0", body)

    assert (reply.status, reply.messages) == (404, ["Not Found"])


def test_a_trashed_document_is_in_no_list_and_no_join(operator, project, trashed):
    where = f"where[project][equals]={project['id']}"

    assert operator("GET", f"/api/services?depth=0&{where}").body["docs"] == []
    assert operator.read("projects", project["id"]).body["services"]["docs"] == []


def test_asked_for_trash_it_is_still_there(operator, trashed):
    reply = operator.read("services", trashed["id"], "&trash=true")

    assert reply.status == 200
    assert reply.body["deletedAt"] == "2026-01-01T00:00:00.000Z"


def test_it_can_be_restored(operator, trashed):
    operator.update("services", trashed["id"], {"deletedAt": None}, "&trash=true")

    assert operator.read("services", trashed["id"]).status == 200


def test_delete_is_for_good_and_does_not_cascade(operator, project, new_service):
    service = new_service()

    assert operator("DELETE", f"/api/projects/{project['id']}?depth=0").status == 200

    assert operator.read("projects", project["id"], "&trash=true").status == 404
    assert operator.read("services", service["id"]).status == 200
    assert operator("DELETE", f"/api/services/{service['id']}?depth=0").status == 200
    assert operator("DELETE", f"/api/services/{service['id']}?depth=0").status == 404


def test_a_bulk_delete_needs_a_condition(operator, new_service):
    service = new_service()

    assert operator("DELETE", "/api/services").status == 400
    assert operator.read("services", service["id"]).status == 200
