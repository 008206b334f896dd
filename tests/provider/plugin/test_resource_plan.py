"""PlanResourceChange, through protobuf, against the rules Terraform holds a plan to."""

from __future__ import annotations

import pytest

from dflow_provider.schema import UNKNOWN, Unknown


def existing(client, **config):
    """Create an object and return its state."""
    answer = client.create(**config)
    assert not answer.diagnostics, answer.diagnostics
    return client.state(answer.new_state)


def replaced(answer):
    """Return the replacement paths of a plan, as tuples."""
    return [
        tuple(getattr(step, step.WhichOneof("selector")) for step in path.steps) for path in answer.requires_replace
    ]


def test_a_new_object_gets_defaults_and_unknowns(client):
    """What the configuration leaves out is the default where there is one, else known after apply."""
    given = client.object(box={"kind": "wood", "depth": None, "serial": None, "code_wo": None})
    planned = client.state(client.plan(None, given).planned_state)

    assert planned["color"] == "blue"
    assert planned["id"] == UNKNOWN
    assert planned["weight"] == UNKNOWN
    assert planned["note"] is None
    assert planned["box"] == {"kind": "wood", "depth": 3, "serial": UNKNOWN, "code_wo": None}


def test_a_write_only_value_never_reaches_the_plan(client):
    """At any depth; the hook reads it from the configuration."""
    given = client.object(
        secret_wo="hunter22",
        box={"kind": "wood", "depth": None, "serial": None, "code_wo": "hunter22"},
    )
    answer = client.plan(None, given)

    assert b"hunter22" not in answer.SerializeToString()


def test_nothing_changes_where_nothing_changed(client):
    """The plan of an untouched object is its state, whatever is computed in it."""
    given = {
        "size": 2,
        "box": {"kind": "wood", "depth": None, "serial": None, "code_wo": None},
        "parts": [{"kind": "screw", "count": None, "serial": None}],
    }
    state = existing(client, **given)
    proposed = {**state, "secret_wo": None}
    answer = client.call(
        "PlanResourceChange",
        type_name="shelf_object",
        prior_state=state,
        proposed_new_state=proposed,
        config=client.object(**given),
    )

    assert client.state(answer.planned_state) == state
    assert replaced(answer) == []


def test_a_computed_value_is_forgotten_only_with_what_it_comes_from(client):
    """`weight` depends on `size`; `id` depends on nothing."""
    state = existing(client, size=2)

    other_note = client.state(client.plan(state, client.object(size=2, note="x")).planned_state)
    other_size = client.state(client.plan(state, client.object(size=3)).planned_state)

    assert other_note["weight"] == 4
    assert other_size["weight"] == UNKNOWN
    assert other_size["id"] == state["id"]


def test_a_setting_taken_back_returns_to_its_default(client):
    """Not to what it was before."""
    state = existing(client, color="red")

    assert client.state(client.plan(state, client.object()).planned_state)["color"] == "blue"


def test_a_list_element_taken_back_to_its_default_and_a_new_one(client):
    """Elements pair up by position."""
    state = existing(client, boards=[{"label": "a", "height": 7}])
    given = client.object(boards=[{"label": "a", "height": None}, {"label": "b", "height": None}])
    answer = client.call(
        "PlanResourceChange",
        type_name="shelf_object",
        prior_state=state,
        proposed_new_state={**state, "boards": [{"label": "a", "height": 7}, {"label": "b", "height": None}]},
        config=given,
    )

    assert client.state(answer.planned_state)["boards"] == [{"label": "a", "height": 10}, {"label": "b", "height": 10}]


def test_a_set_element_that_is_new_gets_unknowns_and_an_old_one_keeps_its_values(client):
    """Terraform copies computed values into the elements it recognises."""
    state = existing(client, parts=[{"kind": "screw", "count": None, "serial": None}])
    (old,) = state["parts"]
    new = {"kind": "nail", "count": None, "serial": None}
    answer = client.call(
        "PlanResourceChange",
        type_name="shelf_object",
        prior_state=state,
        proposed_new_state={**state, "parts": [new, old]},
        config=client.object(parts=[new, {"kind": "screw", "count": None, "serial": None}]),
    )

    assert client.state(answer.planned_state)["parts"] == [{"kind": "nail", "count": 1, "serial": UNKNOWN}, old]


def test_changes_that_need_a_new_object_are_listed_with_their_paths(client):
    """At the top, and inside a nested object."""
    state = existing(client, box={"kind": "wood", "depth": None, "serial": None, "code_wo": None})

    top = client.plan(state, client.object(name="two", box=state["box"]))
    nested = client.plan(state, client.object(box={**state["box"], "kind": "steel"}))
    unknown = client.plan(state, client.object(name=UNKNOWN, box=state["box"]))
    neither = client.plan(state, client.object(box={**state["box"], "depth": 9}))

    assert replaced(top) == [("name",)]
    assert replaced(nested) == [("box", "kind")]
    assert replaced(unknown) == [("name",)]
    assert replaced(neither) == []


def test_a_hook_may_ask_for_a_new_object(client):
    """Its paths join those of the schema."""
    state = existing(client, fragile=True, note="a")

    assert replaced(client.plan(state, client.object(fragile=True, note="b", name="two"))) == [("note",), ("name",)]


def test_a_hook_may_refuse_a_plan_with_the_address(client):
    """The refusal is an error at the attribute."""
    (found,) = client.plan(None, client.object(behavior="refuse_plan")).diagnostics

    assert found.summary == "Not like this"
    assert [step.attribute_name for step in found.attribute.steps] == ["behavior"]


def test_unknown_configuration_stays_unknown_at_any_depth(client):
    """Whole collections, elements, and what they hold; also with promises attached."""
    given = client.object(
        note=Unknown({1: False, 2: "pre-"}),
        tags=UNKNOWN,
        labels={"a": UNKNOWN},
        boards=[{"label": UNKNOWN, "height": None}],
        slots=UNKNOWN,
        box=UNKNOWN,
    )
    answer = client.plan(None, given)
    planned = client.state(answer.planned_state)

    assert not answer.diagnostics
    assert planned["note"] == UNKNOWN
    assert planned["tags"] == UNKNOWN
    assert planned["labels"] == {"a": UNKNOWN}
    assert planned["boards"] == [{"label": UNKNOWN, "height": 10}]
    assert planned["slots"] == UNKNOWN
    assert planned["box"] == UNKNOWN


def test_null_and_empty_stay_apart(client):
    """`[]` is not null, and null is not `[]`."""
    planned = client.state(client.plan(None, client.object(notes=[], tags=None)).planned_state)

    assert planned["notes"] == []
    assert planned["tags"] is None


def test_the_plan_of_a_destroy_is_null_and_may_carry_a_warning(client):
    """`plan_destroy` is announced, since a resource here has such a hook."""
    state = existing(client, behavior="warn_destroy")
    answer = client.plan(state, None)

    assert client.state(answer.planned_state) is None
    assert [found.summary for found in answer.diagnostics] == ["Last one"]
    assert client.call("GetProviderSchema").server_capabilities.plan_destroy


@pytest.mark.parametrize("private", [b"", b'{"a": 1}', b"not ours"])
def test_private_state_is_echoed_as_it_came(client, private):
    """Returning nothing would erase it, and another spelling would be a change."""
    assert client.plan(None, client.object(), prior_private=private).planned_private == private
