"""Applications, whose Environments may stand in stacks of their own."""

import pytest

from dflow_constructs import App, Application, ConfigurationError, DflowStack, Environment


def test_environments_of_one_application_stand_in_stacks_of_their_own(app: App):
    shop = Application("shop")
    built = [
        Environment(DflowStack(app, f"shop-{stage}"), stage, application=shop, worker_nodes=[node])
        for stage, node in (("production", "fra-1"), ("staging", "fra-2"))
    ]

    assert shop.environments == tuple(built)
    assert [environment.name for environment in built] == ["shop-production", "shop-staging"]
    assert built[0].application == "shop"


def test_defaults_hold_for_every_environment_that_does_not_say_otherwise(stack: DflowStack, synthesize):
    shop = Application("shop", egress={"nat-a": "18.195.4.7", "nat-b": "18.195.4.8"}, hard_delete=True)
    production = Environment(
        stack, "production", application=shop, worker_nodes=["fra-1"], egress={"nat-b": "18.195.4.9"}
    )

    assert production.egress == {"nat-a": "18.195.4.7/32", "nat-b": "18.195.4.9/32"}
    (found,) = synthesize(stack)["resource"]["dflow_environment"].values()
    assert found["hard_delete"] is True


def test_an_environment_that_exists_belongs_to_an_application_too(stack: DflowStack):
    shop = Application("shop", hard_delete=True)

    assert Environment.from_name(stack, "old", "shop-2023", application=shop) in shop.environments


def test_an_application_has_a_name():
    with pytest.raises(ConfigurationError, match=r"it has no name; give it one, Application\(\"shop\"\)"):
        Application(" ")
