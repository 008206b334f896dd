"""The life of every resource type, from create to destroy."""

import pytest
from dflow_acceptance.kinds import ALLOWLIST, HELD_BY_SOMETHING_ELSE, SERVICE_VARIABLES, SERVICES, Kind
from dflow_acceptance.place import Place
from dflow_acceptance.record_kinds import EVERY_KIND, SECURITY_GROUP
from dflow_acceptance.workspace import Workspace

every_kind = pytest.mark.parametrize("kind", EVERY_KIND, ids=str)

COMPLETED_BY_AN_APPLY = (SERVICE_VARIABLES, SECURITY_GROUP)
"""What an import cannot know all of: which keys are owned, and that a group is not synced."""


@pytest.fixture
def workspace(warm_workspace: Workspace) -> Workspace:
    return warm_workspace


@every_kind
def test_what_was_created_needs_no_change_and_is_gone_after_destroy(kind: Kind, place: Place, workspace: Workspace):
    workspace.resource(kind.address, **kind.declared(place))

    created = workspace.applied()

    assert created.changes == {kind.address: "create"}
    assert len(kind.remote(place)) == 1
    workspace.unchanged()

    workspace.destroyed()

    assert kind.remote(place) == []
    assert workspace.state() == {}


@every_kind
def test_a_change_keeps_the_object_where_dflow_can_make_it_and_makes_another_where_it_cannot(
    kind: Kind, place: Place, workspace: Workspace
):
    workspace.resource(kind.address, **kind.declared(place))
    workspace.applied()
    before = kind.remote(place)
    id_before = workspace.state()[kind.address]["id"]

    if kind.changed is not None:
        workspace.resource(kind.address, **kind.changed(place))
        changed = workspace.applied()

        assert changed.changes == {kind.address: "update"}
        assert workspace.state()[kind.address]["id"] == id_before
        after = kind.remote(place)
        assert len(after) == 1
        assert after != before
        workspace.unchanged()
    if kind.replaced is None:
        return

    workspace.resource(kind.address, **kind.replaced(place))
    replaced = workspace.applied()

    assert replaced.changes == {kind.address: "replace"}
    assert workspace.state()[kind.address]["id"] != id_before
    assert len(kind.remote(place)) == 1, "the old object is gone"
    workspace.unchanged()


@every_kind
def test_an_object_is_imported_by_its_id_and_by_its_readable_name(kind: Kind, place: Place, workspace: Workspace):
    workspace.resource(kind.address, **kind.declared(place))
    workspace.applied()
    state = workspace.state()[kind.address]
    written = kind.remote(place)

    for import_id in kind.import_ids(place, state["id"]):
        workspace.forget()
        imported = workspace.terraform("import", "-no-color", kind.address, import_id)
        assert imported.code == 0, str(imported)
        if kind in COMPLETED_BY_AN_APPLY:
            workspace.applied()
        workspace.unchanged()
        assert workspace.state()[kind.address] == state

    assert kind.remote(place) == written, "importing writes nothing"


@pytest.mark.parametrize("region", [{}, {"region": "eu-central-1"}], ids=["region_from_environment", "region_declared"])
def test_an_allowlist_is_imported_by_what_its_state_shows_as_id(region, place: Place, workspace: Workspace):
    workspace.resource(ALLOWLIST.address, **ALLOWLIST.declared(place), **region)
    workspace.applied()
    state, rules = workspace.state()[ALLOWLIST.address], place.group.rules()
    assert state["id"] == f"eu-central-1/{place.group.id}/shop/orders"

    for import_id in (state["id"], state["id"].partition("/")[2]):
        workspace.forget()
        imported = workspace.terraform("import", "-no-color", ALLOWLIST.address, import_id)
        assert imported.code == 0, str(imported)
        assert "replace" not in workspace.applied().changes.values()
        workspace.unchanged()
        assert workspace.state()[ALLOWLIST.address] == state

    assert place.group.rules() == rules, "nothing was shut and opened again"


@every_kind
def test_what_somebody_did_by_hand_is_put_right(kind: Kind, place: Place, workspace: Workspace):
    workspace.resource(kind.address, **kind.declared(place))
    workspace.applied()
    state = workspace.state()[kind.address]

    if kind.spoil is not None:
        kind.spoil(place)
        repaired = workspace.applied()

        assert repaired.changes == {kind.address: "update"}
        if kind is ALLOWLIST:
            foreign = workspace.state()[kind.address]["foreign_entries"]
            assert foreign == ["198.51.100.77/32", "203.0.113.99/32"], "what others added stays"
            place.group.remove_by_hand("203.0.113.99/32")
            workspace.applied()  # refreshes what is only looked at
        else:
            assert workspace.state()[kind.address] == state
            workspace.unchanged()

    for vanish in kind.vanish:
        vanish(place)
        made_again = workspace.applied()

        held = kind in HELD_BY_SOMETHING_ELSE
        assert made_again.changes == {kind.address: "update" if held else "create"}
        assert len(kind.remote(place)) == 1
        workspace.unchanged()


@pytest.mark.parametrize("kind", SERVICES, ids=str)
def test_a_destroyed_service_lies_in_the_trash_unless_it_is_to_be_gone_for_good(
    kind: Kind, place: Place, workspace: Workspace
):
    workspace.resource(kind.address, **kind.declared(place))
    workspace.applied()
    (name,) = [each["name"] for each in kind.remote(place)]
    workspace.destroyed()
    assert place.organisation.in_trash("services") == [name]

    workspace.resource(kind.address, **kind.declared(place), hard_delete=True)
    workspace.applied()
    workspace.destroyed()

    assert place.organisation.in_trash("services") == [name], "the second one is in no trash"
