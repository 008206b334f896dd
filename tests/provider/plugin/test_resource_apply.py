"""ApplyResourceChange: every way a hook can fail, and what Terraform is left with."""

from __future__ import annotations

import json

import pytest

BUG = "Bug in the dflow provider"


def errors(answer):
    """Return the errors of an answer as (title, detail)."""
    return [(found.summary, found.detail) for found in answer.diagnostics if found.severity == 1]


def titles(answer):
    """Return the titles of the errors of an answer."""
    return [title for title, _ in errors(answer)]


def test_a_created_object_is_wholly_known(client):
    """And its private state is kept."""
    answer = client.create(size=2, secret_wo="hunter22")
    state = client.state(answer.new_state)

    assert not answer.diagnostics
    assert state["weight"] == 4
    assert state["secret_wo"] is None
    assert state["secret_length"] == 8
    assert json.loads(answer.private) == {"made": "yes"}


def test_a_refusal_before_anything_exists_leaves_nothing(client, tmp_path):
    """A `ProviderError` speaks for itself, with its address."""
    answer = client.create(behavior="fail_before")

    assert client.state(answer.new_state) is None
    assert errors(answer) == [("Shelf is full", "No room is left. Remove an object first.")]
    assert answer.diagnostics[0].attribute.steps[0].attribute_name == "name"
    assert not list(tmp_path.glob("*.json"))


def test_a_crash_before_anything_exists_is_called_a_bug(client):
    """With the type of the resource and what to do, and without a traceback."""
    answer = client.create(behavior="crash_before")
    ((title, detail),) = errors(answer)

    assert client.state(answer.new_state) is None
    assert title == BUG
    assert "Creating shelf_object failed with ZeroDivisionError: divided by nothing" in detail
    assert "Please report it" in detail
    assert "Traceback" not in detail


def test_a_crash_after_the_object_exists_keeps_it(client, tmp_path):
    """What was recorded with `keep` is in the state, the rest filled in from the plan."""
    answer = client.create(behavior="keep_then_crash", note="hello", size=2)
    state = client.state(answer.new_state)

    (file,) = tmp_path.glob("*.json")
    assert titles(answer) == [BUG]
    assert state["id"] == file.stem
    assert state["note"] == "hello"
    assert state["weight"] is None


def test_a_reported_error_keeps_what_was_returned(client, tmp_path):
    """The id alone is enough."""
    answer = client.create(behavior="report", note="hello")
    (file,) = tmp_path.glob("*.json")

    assert titles(answer) == ["Shelf wobbles"]
    assert client.state(answer.new_state)["id"] == file.stem
    assert client.state(answer.new_state)["note"] == "hello"


@pytest.mark.parametrize("behavior", ["leave_unknown", "leave_out"])
def test_a_value_left_open_is_null_and_a_bug(client, behavior):
    """The object is kept all the same."""
    answer = client.create(behavior=behavior, size=2, note="hello")
    state = client.state(answer.new_state)

    assert titles(answer) == [BUG]
    assert answer.diagnostics[0].attribute.steps[0].attribute_name == "weight"
    assert state["weight"] is None
    assert state["note"] == "hello"
    assert state["id"]


@pytest.mark.parametrize(
    ("behavior", "words"),
    [("extra_key", "there is no attribute 'surprise'"), ("wrong_type", "size: number required, str returned")],
)
def test_a_misshapen_result_is_repaired_and_a_bug(client, behavior, words):
    """Terraform would have dropped it, and the object with it."""
    answer = client.create(behavior=behavior, size=2)
    state = client.state(answer.new_state)

    assert titles(answer) == [BUG]
    assert words in errors(answer)[0][1]
    assert state["size"] == 2
    assert state["id"]


def test_a_result_that_is_no_object_at_all_still_leaves_the_plan(client):
    """There is no id, but there is something to look at."""
    answer = client.create(behavior="garbage", note="hello")

    assert titles(answer) == [BUG]
    assert client.state(answer.new_state)["note"] == "hello"


def test_no_result_and_no_error_is_a_bug(client):
    """Nothing is known to exist."""
    answer = client.create(behavior="nothing")

    assert client.state(answer.new_state) is None
    assert "returned no state and no error" in errors(answer)[0][1]


def test_another_value_than_planned_is_a_warning_and_no_reason_to_replace(client):
    """The plan's value is stored; the next refresh shows the difference."""
    answer = client.create(behavior="other_value", note="hello")

    assert client.state(answer.new_state)["note"] == "hello"
    assert [(found.severity, found.summary) for found in answer.diagnostics] == [(2, "Result differs from the plan")]
    assert answer.diagnostics[0].attribute.steps[0].attribute_name == "note"


def test_a_value_that_became_known_only_at_apply_is_checked_before_anything_happens(client, tmp_path):
    """The validators saw it as unknown before."""
    given = client.object(color="green")
    answer = client.apply(None, {**given, "id": None, "weight": None}, given)

    assert client.state(answer.new_state) is None
    assert errors(answer) == [("Invalid value", "color: 'green' is not one of blue, red.")]
    assert not list(tmp_path.glob("*.json"))


def change(client, created, **config):
    """Plan and apply a change."""
    state = client.state(created.new_state)
    given = client.object(**config)
    planned = client.plan(state, given)
    return state, client.apply(state, client.state(planned.planned_state), given, planned_private=created.private)


def test_a_failed_update_leaves_the_state_as_it_was(client):
    """Nothing is known to have changed."""
    state, answer = change(client, client.create(note="a"), note="b", behavior="fail_update")

    assert titles(answer) == ["Shelf is stuck"]
    assert client.state(answer.new_state) == state
    assert json.loads(answer.private) == {"made": "yes"}


def test_a_half_update_leaves_what_was_recorded(client):
    """`keep` says what has changed before the crash."""
    state, answer = change(client, client.create(note="a"), note="b", size=5, behavior="half_update")

    assert titles(answer) == [BUG]
    assert client.state(answer.new_state) == {**state, "note": "b"}


def test_a_failed_delete_keeps_the_object(client):
    """A deleted one is gone."""
    created = client.create(behavior="fail_delete")
    state = client.state(created.new_state)

    failed = client.apply(state, None, None)
    assert titles(failed) == ["Shelf is stuck"]
    assert client.state(failed.new_state) == state

    done = client.apply({**state, "behavior": None}, None, None)
    assert not done.diagnostics
    assert client.state(done.new_state) is None


def test_a_change_counts_as_in_flight_while_it_runs(client):
    """And never after, however it ended."""
    seen = []
    kind = client.session.resource("shelf_object")
    original = kind.create
    kind.create = lambda *arguments: seen.append(client.in_flight.count) or original(*arguments)

    client.create()
    client.create(behavior="crash_before")

    assert seen == [1, 1]
    assert client.in_flight.count == 0


def test_an_exit_in_a_hook_loses_nothing(client):
    """A library may call `sys.exit`; it must not take the object's only trace with it."""
    answer = client.create(behavior="keep_then_exit")

    assert "failed with SystemExit: 3" in errors(answer)[0][1]
    assert client.state(answer.new_state)["id"]


def test_a_computed_value_that_changed_by_itself_is_no_warning(client):
    """The plan kept the prior one; the next refresh learns the new one without a word."""
    created = client.create(size=2)
    state = {**client.state(created.new_state), "weight": None}
    given = client.object(size=2, note="b", behavior="reweigh")
    answer = client.apply(state, {**state, "note": "b", "behavior": "reweigh"}, given)

    assert not answer.diagnostics
    assert client.state(answer.new_state)["weight"] is None
