"""Which Environments and services stand where, and what follows from that for the databases that let them in."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_review.reach import Movement
from dflow_review.reaching import reach_of
from dflow_review.reading import read_plans


def entries(*nodes: str, **more: Any) -> dict[str, Any]:
    """A list that admits nodes by name and address: `fra-1` by 20.0.0.1."""
    cidrs = {node: {"cidr": f"20.0.0.{node[-1]}/32"} for node in nodes}
    return {"project_id": "p", "owner": "o", "database": "orders", "foreign_entries": [], "entries": cidrs, **more}


def allowlist(scene, before: Any = None, after: Any = None, name: str = "orders") -> dict[str, Any]:
    return scene.resource(f"dflow_neon_allowlist.{name}", before, after)


def environment(name: str, node: str = "fra-1", **more: Any) -> dict[str, Any]:
    return {"id": f"id-{name}", "name": name, "worker_nodes": [f"id-{node}"], **more}


def stays(scene, name: str, node: str = "fra-1") -> dict[str, Any]:
    values = environment(name, node)
    return scene.resource(f"dflow_environment.{name}", values, values)


def comes(scene, name: str, node: str = "fra-1", **more: Any) -> dict[str, Any]:
    values = {"name": name, "worker_nodes": [f"id-{node}"]}
    return scene.resource(f"dflow_environment.{name}", None, values, unknown={"id": True}, **more)


def comes_somewhere(scene, name: str, *, refers: str = "var.node") -> dict[str, Any]:
    """An Environment whose node is known only after apply."""
    return scene.resource(
        f"dflow_environment.{name}",
        None,
        {"name": name, "worker_nodes": [None]},
        unknown={"id": True, "worker_nodes": [True]},
        refers={"worker_nodes": refers},
    )


def names(admissions: Any) -> list[tuple[str, str]]:
    return [(each.tenant.environment, each.tenant.node) for each in admissions]


def tenants(opening: Any) -> dict[str, set[str]]:
    return {each.environment: {*each.services} for each in opening.source.tenants}


def test_every_service_stands_in_its_own_environment(scene) -> None:
    services = {
        "dflow_app_service.web": {"name": "shop-web", "environment_id": "id-shop"},
        "dflow_docker_service.worker": {"name": "shop-worker", "environment_id": "id-shop"},
        "dflow_app_service.blog": {"name": "blog-web", "environment_id": "id-blog"},
        "dflow_database_service.cache": {"name": "shop-cache", "environment_id": "id-shop"},
    }

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        stays(scene, "shop"),
        stays(scene, "blog"),
        *(scene.resource(address, None, values) for address, values in services.items()),
        allowlist(scene, None, entries("fra-1")),
    )

    assert tenants(change.after[0]) == {"blog": {"blog-web"}, "shop": {"shop-web", "shop-worker"}}


def test_what_is_created_together_is_found_by_reference(scene) -> None:
    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        comes_somewhere(scene, "shop", refers="data.dflow_worker_node.fra-1.id"),
        scene.resource(
            "dflow_docker_service.s",
            None,
            {"name": "worker"},
            unknown={"environment_id": True},
            refers={"environment_id": "dflow_environment.shop.id"},
        ),
        allowlist(scene, None, entries("fra-1")),
    )

    assert tenants(change.after[0]) == {"shop": {"worker"}}
    assert change.undecided == ()


def test_the_first_entry_where_everybody_got_in_lets_in_nobody_who_did_not(scene) -> None:
    change = scene.only(scene.node("fra-1", "20.0.0.1"), comes(scene, "shop"), allowlist(scene, None, entries("fra-1")))

    assert (change.movement, change.joined) == (Movement.NARROWED, ())


def test_each_side_has_who_is_there_then(scene) -> None:
    values = entries("fra-1")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        stays(scene, "shop"),
        comes(scene, "canary"),
        scene.resource("dflow_environment.old", environment("old"), None),
        scene.resource("dflow_app_service.old", {"name": "web", "environment_id": "id-old"}, None),
        scene.resource("dflow_app_service.gone", {"name": "gone", "environment_id": "id-shop"}, None),
        scene.resource("dflow_app_service.new", None, {"name": "new", "environment_id": "id-shop"}),
        allowlist(scene, values, values),
    )

    assert tenants(change.before[0]) == {"old": {"web"}, "shop": {"gone"}}
    assert tenants(change.after[0]) == {"canary": set(), "shop": {"new"}}


def test_an_environment_that_joins_a_node_which_is_let_in_widens(scene) -> None:
    values = entries("fra-1")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"), stays(scene, "shop"), comes(scene, "canary"), allowlist(scene, values, values)
    )

    assert change.movement is Movement.WIDENED
    assert not change.added
    assert names(change.joined) == [("canary", "fra-1")]
    (joined,) = change.joined
    assert joined.tenant.resource == "dflow_environment.canary"
    assert joined.opening.resource == "dflow_neon_allowlist.orders"


def test_one_that_joins_a_node_which_is_let_in_by_an_address_known_after_apply_widens_as_well(scene) -> None:
    values = entries()
    values["entries"] = {"fra-1": {"cidr": None}}
    marks = {"entries": {"fra-1": {"cidr": True}}}
    was = entries("fra-1")

    change = scene.only(
        scene.node("fra-1", None),
        stays(scene, "shop"),
        comes(scene, "canary"),
        scene.resource("dflow_neon_allowlist.orders", was, values, unknown=marks),
    )

    assert change.movement in {Movement.WIDENED, Movement.BOTH}
    assert names(change.joined) == [("canary", "fra-1")]


def test_an_environment_that_goes_narrows_where_the_entry_stays(scene) -> None:
    values = entries("fra-1")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        stays(scene, "shop"),
        scene.resource("dflow_environment.canary", environment("canary"), None),
        allowlist(scene, values, values),
    )

    assert change.movement is Movement.NARROWED
    assert names(change.left) == [("canary", "fra-1")]


def test_one_in_place_of_another_is_both(scene) -> None:
    values = entries("fra-1")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        scene.resource("dflow_environment.blue", environment("blue"), None),
        comes(scene, "green"),
        allowlist(scene, values, values),
    )

    assert change.movement is Movement.BOTH
    assert (names(change.joined), names(change.left)) == ([("green", "fra-1")], [("blue", "fra-1")])


def test_what_comes_and_goes_with_its_entry_is_not_told_twice(scene) -> None:
    comes_along = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        scene.node("fra-2", "20.0.0.2"),
        stays(scene, "shop"),
        comes(scene, "staging", "fra-2"),
        allowlist(scene, entries("fra-1"), entries("fra-1", "fra-2")),
    )
    goes_along = scene.only(
        scene.node("fra-2", "20.0.0.2"),
        scene.resource("dflow_environment.staging", environment("staging", "fra-2"), None),
        allowlist(scene, entries("fra-1", "fra-2"), entries("fra-1")),
    )

    assert (comes_along.movement, comes_along.joined) == (Movement.WIDENED, ())
    assert (goes_along.movement, goes_along.left) == (Movement.NARROWED, ())


def test_one_that_joins_is_told_beside_an_entry_that_is_new(scene) -> None:
    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        comes(scene, "canary"),
        allowlist(scene, entries("fra-1"), entries("fra-1", "fra-2")),
    )

    assert change.added.cidrs() == ("20.0.0.2/32",)
    assert names(change.joined) == [("canary", "fra-1")]


def test_a_service_more_of_an_environment_that_gets_in_is_no_widening(scene) -> None:
    values = entries("fra-1")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        stays(scene, "shop"),
        scene.resource("dflow_app_service.new", None, {"name": "new", "environment_id": "id-shop"}),
        allowlist(scene, values, values),
    )

    assert (change.movement, change.joined) == (Movement.SAME, ())
    assert tenants(change.after[0]) == {"shop": {"new"}}


def test_another_node_of_an_environment_that_gets_in_is_no_widening(scene) -> None:
    values = entries("fra-1", "fra-2")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        scene.node("fra-2", "20.0.0.2"),
        scene.resource("dflow_environment.shop", environment("shop"), environment("shop", "fra-2")),
        allowlist(scene, values, values),
    )

    assert (change.movement, change.joined, change.left) == (Movement.SAME, (), ())


def test_an_environment_joins_each_database_that_did_not_let_it_in(scene) -> None:
    first, second = entries("fra-1", "fra-2"), entries("fra-2", project_id="q", database="bills")

    reach = scene.reach(
        scene.node("fra-1", "20.0.0.1"),
        scene.node("fra-2", "20.0.0.2"),
        scene.resource("dflow_environment.shop", environment("shop"), environment("shop", "fra-2")),
        allowlist(scene, first, first),
        allowlist(scene, second, second, "bills"),
    )

    assert {each.database.name: names(each.joined) for each in reach.changes} == {
        "bills": [("shop", "fra-2")],
        "orders": [],
    }


@pytest.mark.parametrize(
    ("before", "after", "actions"),
    [
        pytest.param(environment("shop"), environment("shop-eu", id="id-shop"), ["update"], id="renamed"),
        pytest.param(environment("shop"), environment("shop"), ["delete", "create"], id="replaced"),
        pytest.param(environment("shop"), None, ["forget"], id="forgotten"),
    ],
)
def test_an_environment_that_is_the_same_afterwards_neither_joins_nor_leaves(scene, before, after, actions) -> None:
    values = entries("fra-1")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        scene.resource("dflow_environment.shop", before, after, actions=actions),
        allowlist(scene, values, values),
    )

    assert (change.movement, change.joined, change.left) == (Movement.SAME, (), ())


@pytest.mark.parametrize(
    ("name", "movement"), [("shop", Movement.SAME), ("other", Movement.BOTH)], ids=["same name", "another"]
)
def test_an_environment_that_moves_between_stacks_is_one_by_its_name(scene, name: str, movement: Movement) -> None:
    values = entries("fra-1")
    old = scene.file(
        scene.node("fra-1", "20.0.0.1"),
        scene.resource("dflow_environment.shop", environment("shop"), None),
        allowlist(scene, values, values),
        plan="old",
    )
    new = scene.file(scene.node("fra-1", "20.0.0.1"), comes(scene, name), plan="new")

    for plans in ([old, new], [new, old]):
        (change,) = reach_of(read_plans(plans)).changes
        assert change.movement is movement


def test_an_environment_that_is_looked_up_was_there_before(scene) -> None:
    values, here = entries("fra-1"), environment("shop")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        scene.resource("data.dflow_environment.shop", None, here, mode="data", actions=["read"]),
        scene.resource("dflow_app_service.new", None, {"name": "new", "environment_id": "id-shop"}),
        allowlist(scene, values, values),
    )

    assert (change.movement, change.joined) == (Movement.SAME, ())
    assert (tenants(change.before[0]), tenants(change.after[0])) == ({"shop": set()}, {"shop": {"new"}})


def test_an_environment_that_one_stack_makes_and_another_looks_up_is_one_and_new(scene) -> None:
    values = entries("fra-1")
    making = scene.file(scene.node("fra-1", "20.0.0.1"), comes(scene, "canary"), plan="making")
    looking = scene.file(
        scene.resource("data.dflow_environment.c", None, environment("canary"), mode="data", actions=["read"]),
        scene.resource(
            "dflow_app_service.web",
            None,
            {"name": "web"},
            unknown={"environment_id": True},
            refers={"environment_id": "data.dflow_environment.c.id"},
        ),
        allowlist(scene, values, values),
        plan="looking",
    )

    (change,) = reach_of(read_plans([looking, making])).changes

    assert names(change.joined) == [("canary", "fra-1")]
    assert tenants(change.after[0]) == {"canary": {"web"}}


def test_one_whose_node_is_known_after_apply_may_get_in_wherever_nodes_are_let_in(scene) -> None:
    empty = entries(project_id="everybodys")  # at this vendor, everybody gets in
    values = entries("fra-1")

    reach = scene.reach(
        scene.node("fra-1", "20.0.0.1"),
        comes_somewhere(scene, "canary"),
        allowlist(scene, values, values),
        allowlist(scene, empty, empty, "everybodys"),
    )

    told = {each.database.name: (each.movement, [one.environment for one in each.undecided]) for each in reach.changes}
    assert told == {"orders": (Movement.UNKNOWN, ["canary"]), "everybodys": (Movement.SAME, [])}


def test_one_of_two_nodes_that_an_expression_names_is_not_guessed(scene) -> None:
    values = entries("fra-1")
    moving = comes_somewhere(scene, "canary")
    moving["_refers"] = {}
    file = scene.file(
        scene.node("fra-1", "20.0.0.1"),
        scene.node("fra-2", "20.0.0.2"),
        {**moving, "_refers": {"worker_nodes": "data.dflow_worker_node.fra-1.id"}},
        allowlist(scene, values, values),
    )
    text = file.read_text()
    one = '"data.dflow_worker_node.fra-1.id"'
    assert text.count(one) == 1
    file.write_text(text.replace(one, f'{one}, "data.dflow_worker_node.fra-2.id"'))

    (change,) = reach_of(read_plans([file])).changes

    assert (change.movement, change.joined) == (Movement.UNKNOWN, ())
    assert [each.environment for each in change.undecided] == ["canary"]


def test_one_on_a_node_that_no_plan_tells_may_get_in_by_an_entry_of_no_node_that_one_tells(scene) -> None:
    told, untold = entries("fra-1"), entries("fra-7", project_id="q", database="bills")

    reach = scene.reach(
        scene.node("fra-1", "20.0.0.1"),
        comes(scene, "canary", "nobody-knows"),
        allowlist(scene, told, told),
        allowlist(scene, untold, untold, "bills"),
    )

    assert {each.database.name: each.movement for each in reach.changes} == {
        "bills": Movement.UNKNOWN,
        "orders": Movement.SAME,
    }


def test_one_on_a_node_whose_address_no_plan_tells_may_get_in_by_the_address_of_nobody_in_particular(scene) -> None:
    foreign = entries(foreign_entries=["20.0.0.99/32"])

    change = scene.only(scene.node("fra-3", None), comes(scene, "canary", "fra-3"), allowlist(scene, foreign, foreign))

    assert change.movement is Movement.UNKNOWN
    assert [(each.environment, each.node) for each in change.undecided] == [("canary", "fra-3")]


def test_what_is_hidden_cannot_be_told_where_it_changes(scene) -> None:
    values = entries("fra-1")

    def moved(node: str) -> Movement:
        return scene.only(
            scene.resource(
                "dflow_environment.shop",
                {**environment("shop", "secret-1"), "description": "old"},
                {**environment("shop", node), "description": "new"},
                sensitive={"worker_nodes": True},
            ),
            allowlist(scene, values, values),
        ).movement

    assert (moved("secret-2"), moved("secret-1")) == (Movement.UNKNOWN, Movement.SAME)


def test_what_was_untold_before_is_no_news(scene) -> None:
    values = entries("fra-1")

    change = scene.only(stays(scene, "shop", "nobody-knows"), allowlist(scene, values, values))

    assert (change.movement, change.undecided) == (Movement.SAME, ())


def test_one_that_got_in_before_is_not_what_may_get_in(scene) -> None:
    values = entries("fra-1")
    was = environment("shop")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        scene.resource(
            "dflow_environment.shop",
            was,
            {**was, "worker_nodes": [None]},
            unknown={"worker_nodes": [True]},
            refers={"worker_nodes": "var.node"},
        ),
        allowlist(scene, values, values),
    )

    assert (change.movement, change.undecided, change.left) == (Movement.SAME, (), ())


def test_an_entry_for_more_nodes_than_are_shown_is_for_all_of_them(scene) -> None:
    nodes = [f"n{number}" for number in range(20)]
    note = f"dflow: orders from {', '.join(nodes)} (shop/orders)"
    rule = {"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432, "description": note}
    entry = {**rule, "cidr_ipv4": "20.0.0.0/24", "id": "sgr-1"}

    change = scene.only(
        *(scene.node(node, None) for node in nodes),
        comes(scene, "canary", "n19"),
        scene.resource("aws_vpc_security_group_ingress_rule.r", entry, entry),
    )

    assert change.after[0].source.node == "n0 and 19 more"
    assert names(change.joined) == [("canary", "n19")]


def test_a_name_that_is_known_after_apply_is_the_address_of_its_resource(scene) -> None:
    values = entries("fra-1")

    change = scene.only(
        scene.node("fra-1", "20.0.0.1"),
        scene.resource(
            "dflow_environment.canary", None, {"worker_nodes": ["id-fra-1"]}, unknown={"id": True, "name": True}
        ),
        allowlist(scene, values, values),
    )

    assert names(change.joined) == [("dflow_environment.canary", "fra-1")]


def test_an_environment_of_which_a_plan_says_nothing_is_nowhere(scene) -> None:
    values = entries("fra-1")

    change = scene.only(
        scene.resource("data.dflow_environment.empty", None, None, mode="data", actions=["no-op"]),
        scene.resource("dflow_environment.empty", None, None, actions=["no-op"]),
        allowlist(scene, values, values),
    )

    assert (change.movement, change.before[0].source.tenants) == (Movement.SAME, ())
