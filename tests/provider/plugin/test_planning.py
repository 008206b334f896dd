"""What a hook is given to plan with, before the answer is written."""

from __future__ import annotations

from dflow_provider.plugin.planning import planned_values, with_defaults, without_secrets
from dflow_provider.schema import STRING, UNKNOWN, Attribute, Nested, NestingMode, Presence, Schema


def test_a_hook_plans_without_secrets(client):
    """`planned` has none, at any depth; `config` keeps them."""
    schema = client.provider.resources["shelf_object"].schema
    config = client.object(
        secret_wo="hunter22", box={"kind": "wood", "depth": None, "serial": None, "code_wo": "hunter22"}
    )
    planned = planned_values(schema, None, config, config)

    assert planned["secret_wo"] is None
    assert planned["box"]["code_wo"] is None
    assert config["box"]["code_wo"] == "hunter22"
    assert without_secrets(schema, config)["box"]["code_wo"] is None


def test_a_default_is_a_value_of_its_own_each_time(client):
    """A hook that changes it must not change the schema; nested ones are filled in, too."""
    schema = client.provider.resources["shelf_object"].schema
    config = client.object(slots={}, boards=[{"label": "a", "height": None}, {"label": "b", "height": 4}])

    first, second = with_defaults(schema, config), with_defaults(schema, config)
    first["boards"][0]["height"] = 99

    assert second["boards"] == [{"label": "a", "height": 10}, {"label": "b", "height": 4}]
    assert second["color"] == "blue"
    assert second["slots"] == {}
    assert second["note"] is None


def test_an_object_that_is_left_out_stays_as_it_is_though_terraform_proposes_none():
    """Terraform does so where it finds something in it that a configuration may have given."""
    inside = Attribute("size", STRING, Presence.OPTIONAL, "Its size.")
    box = Attribute("box", Nested(NestingMode.SINGLE, (inside,)), Presence.OPTIONAL_COMPUTED, "A box.")
    nothing = {"box": None}

    assert planned_values(Schema("", (box,)), {"box": {"size": "9"}}, nothing, nothing) == {"box": {"size": "9"}}
    assert planned_values(Schema("", (box,)), None, nothing, nothing) == {"box": UNKNOWN}
