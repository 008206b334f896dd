"""The one conditional write that dFlow's REST API has, as the real Payload answers it."""

import json
from datetime import UTC, datetime

import pytest

from dflow_provider.control_plane.errors import NotDflow, Refused
from dflow_sandbox import Answer, Reset


@pytest.fixture
def web(operator, organisation):
    project = operator(
        "POST", "projects?depth=0", {"name": "p", "server": organisation.node_id, "tenant": organisation.id}
    )["doc"]
    fields = {"name": "p-web", "type": "app", "project": project["id"], "tenant": organisation.id}
    return operator("POST", "services?depth=0", {**fields, "variables": [{"key": "A", "value": "1"}]})["doc"]


def changed(rows, value):
    return {"variables": [{**row, "value": value} for row in rows["variables"]]}


def test_what_nobody_wrote_since_is_changed_and_answered_like_any_read(connected, web):
    services = connected().service_variables
    read = services.get(web["id"])

    stored = services.update_unchanged(web["id"], read["updatedAt"], changed(read, "2"))

    assert stored == services.get(web["id"])
    assert [(row["id"], row["key"], row["value"]) for row in stored["variables"]] == [
        (read["variables"][0]["id"], "A", "2")
    ]
    assert stored["updatedAt"] > read["updatedAt"]


def test_what_somebody_wrote_since_stays_as_it_is(connected, web):
    services = connected().service_variables
    read = services.get(web["id"])
    connected().services.update(web["id"], {"description": "theirs"})

    assert services.update_unchanged(web["id"], read["updatedAt"], changed(read, "2")) is None
    assert services.get(web["id"])["variables"] == read["variables"]


def test_other_documents_are_not_touched(connected, operator, organisation, web):
    fields = {"name": "p-api", "type": "app", "project": web["project"], "tenant": organisation.id}
    other = operator("POST", "services?depth=0", fields)["doc"]
    services = connected().service_variables

    assert services.update_unchanged(web["id"], other["updatedAt"], {"variables": []}) is None
    assert services.get(other["id"])["updatedAt"] == other["updatedAt"]


def test_a_document_in_the_trash_is_not_found(connected, web):
    services = connected().service_variables
    services.trash(web["id"])

    since = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert services.update_unchanged(web["id"], web["updatedAt"], {"variables": []}) is None
    assert services.update_unchanged(web["id"], since, {"variables": []}) is None


def test_a_refused_field_is_told_and_nothing_is_changed(connected, web):
    services = connected().service_variables
    read = services.get(web["id"])

    with pytest.raises(Refused) as caught:
        services.update_unchanged(web["id"], read["updatedAt"], {"variables": [{"key": "", "value": "x"}]})

    told = "fields: The following field is invalid: Variables 1 > Key. It was about the service"
    assert told in caught.value.detail
    assert services.get(web["id"]) == read


def test_an_editor_who_has_it_open_does_not_hinder(connected, operator, organisation, web):
    name = f"u{organisation.slug}"
    fields = {"email": f"{name}@example.com", "password": "a password", "username": name}
    somebody = operator("POST", "users?depth=0", fields)["doc"]
    lock = {
        "document": {"relationTo": "services", "value": web["id"]},
        "user": {"relationTo": "users", "value": somebody["id"]},
    }
    operator("POST", "payload-locked-documents", lock)

    assert connected().service_variables.update_unchanged(web["id"], web["updatedAt"], {"variables": []}) is not None


def test_a_second_try_after_a_lost_answer_finds_that_somebody_wrote(connected, proxy, waits, web):
    services = connected(proxy.endpoint).service_variables
    read = services.get(web["id"])
    proxy.script(Reset(), method="PATCH", path="^/api/services")

    assert services.update_unchanged(web["id"], read["updatedAt"], changed(read, "2")) is None
    assert services.get(web["id"])["variables"][0]["value"] == "2"
    assert len(waits.seconds) == 1


def test_an_answer_without_a_list_is_not_dflows(connected, proxy, web):
    proxy.script(Answer(200, body=json.dumps({"doc": {"id": web["id"]}}).encode()), method="PATCH")

    with pytest.raises(NotDflow):
        connected(proxy.endpoint).service_variables.update_unchanged(web["id"], web["updatedAt"], {"variables": []})
