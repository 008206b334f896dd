"""ReadResource and ImportResourceState."""

from __future__ import annotations

import json


def test_a_read_returns_what_is_there_now(client, tmp_path):
    """A change from outside shows; private state is echoed."""
    created = client.create(note="a")
    state = client.state(created.new_state)
    file = tmp_path / f"{state['id']}.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "note": "from outside"}))

    answer = client.call("ReadResource", type_name="shelf_object", current_state=state, private=created.private)

    assert client.state(answer.new_state) == {**state, "note": "from outside"}
    assert answer.private == created.private


def test_an_object_that_is_gone_is_null_and_no_error(client):
    """The next plan makes a new one."""
    gone = {**client.object(), "id": "0" * 32}
    answer = client.call("ReadResource", type_name="shelf_object", current_state=gone)

    assert client.state(answer.new_state) is None
    assert not answer.diagnostics


def test_a_read_that_fails_keeps_the_state(client):
    """Not knowing is not the same as gone."""
    state = {**client.object(behavior="fail_read"), "id": "0" * 32}
    answer = client.call("ReadResource", type_name="shelf_object", current_state=state)

    assert client.state(answer.new_state) == state
    assert [found.summary for found in answer.diagnostics] == ["Shelf is locked"]


def test_an_object_is_imported_with_what_it_says_about_itself(client):
    """What it does not say is null."""
    state = client.state(client.create(note="a", size=2, labels={"x": "y"}).new_state)
    answer = client.call("ImportResourceState", type_name="shelf_object", id=state["id"])
    (imported,) = answer.imported_resources

    assert imported.type_name == "shelf_object"
    assert client.state(imported.state) == {**state, "labels": None, "secret_length": None}


def test_an_import_of_nothing_says_what_was_looked_for(client):
    """The hook's own words."""
    answer = client.call("ImportResourceState", type_name="shelf_object", id="nothing")

    assert not answer.imported_resources
    assert answer.diagnostics[0].detail == "Nothing on the shelf has the id 'nothing'."


def test_a_resource_without_import_says_so(client, shelf):
    """The ability is a method; without it there is an explanation."""

    class Plain:
        schema = shelf.ShelfObject.schema

        def __init__(self, backend) -> None:
            pass

    client.provider.resources = {"shelf_object": Plain}
    answer = client.call("ImportResourceState", type_name="shelf_object", id="x")

    assert answer.diagnostics[0].summary == "Import is not supported"
    assert "shelf_object cannot be imported" in answer.diagnostics[0].detail
