"""From a plan and dFlow's answer to a state."""

from dflow_provider.resources.outcome import settled
from dflow_provider.schema import (
    NUMBER,
    STRING,
    UNKNOWN,
    Attribute,
    Call,
    ListOf,
    Nested,
    NestingMode,
    Presence,
    Schema,
)

SCHEMA = Schema(
    "A thing.",
    (
        Attribute("id", STRING, Presence.COMPUTED, "Its id."),
        Attribute("name", STRING, Presence.REQUIRED, "Its name."),
        Attribute("tags", ListOf(STRING), Presence.OPTIONAL, "Its tags."),
        Attribute(
            "source",
            Nested(
                NestingMode.SINGLE,
                (
                    Attribute("path", STRING, Presence.OPTIONAL_COMPUTED, "A path.", default="/"),
                    Attribute("port", NUMBER, Presence.OPTIONAL_COMPUTED, "A port."),
                ),
            ),
            Presence.OPTIONAL,
            "Where from.",
        ),
    ),
)


def test_what_was_unknown_is_what_dflow_answered():
    plan = {"id": UNKNOWN, "name": "a", "tags": [UNKNOWN, "y"], "source": {"path": "/", "port": UNKNOWN}}
    actual = {"id": "1", "name": "a", "tags": ["x", "y"], "source": {"path": "/", "port": 3000}}
    call = Call()

    assert settled(SCHEMA, plan, actual, call) == actual
    assert call.report.diagnostics == []


def test_a_computed_value_of_the_plan_stands():
    plan = {"id": "1", "name": "a", "tags": None, "source": None}

    assert settled(SCHEMA, plan, {**plan, "id": "2"}, Call())["id"] == "1"


def test_a_configured_value_that_dflow_changed_is_reported():
    plan = {"id": "1", "name": "a", "tags": None, "source": None}
    call = Call()

    assert settled(SCHEMA, plan, {**plan, "name": "b"}, call)["name"] == "b"
    (error,) = call.report.diagnostics
    assert error.title == "dFlow kept another value"
    assert "name was sent as 'a', and dFlow has 'b' now" in error.detail
    assert error.path == ("name",)
