"""Crunchy Bridge's own traps: rules never overlap, and a network is born open."""

from __future__ import annotations

KEY = "crunchy_bridge"
ADDRESS = "203.0.113.1/32"


def test_an_address_within_somebody_elses_rule_is_let_in_by_that_and_nothing_is_added(server, terraform, config):
    before = server.listed()

    state = terraform.apply(config({"fra-1": "198.51.100.65/32"}))

    assert server.listed() == before
    assert state["active_entries"] == {"fra-1": "198.51.100.65/32"}
    assert state["owned_entries"] == []
    assert terraform.second_plan_is_empty(config({"fra-1": "198.51.100.65/32"}), state)


def test_a_network_that_is_still_as_it_was_born_is_reported_and_left_alone(server, terraform, config):
    server.bear()

    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert state["open_to_world"] is True
    assert state["owned_entries"] == []
    assert server.cidrs() == {"0.0.0.0/0", "::/0"}


def test_our_rule_comes_with_the_apply_after_the_open_ones_were_replaced(server, terraform, config):
    server.bear()
    state = terraform.apply(config({"fra-1": ADDRESS}))
    server._rules = [server._made("198.51.100.7/32", "office")]

    state = terraform.apply(config({"fra-1": ADDRESS}), terraform.refresh(state))

    assert server.cidrs() == {"198.51.100.7/32", ADDRESS}
    assert state["owned_entries"] == [ADDRESS]


def test_a_rule_of_ours_becomes_wider_or_narrower_without_shutting_the_door(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS, "fra-2": "203.0.113.2/32"}))
    server.take_requests()
    reached = []
    server.after_every(lambda: reached.append(any(each.startswith("203.0.113.") for each in server.cidrs())))

    state = terraform.apply(config({"fra-1": "203.0.113.0/29"}), state)

    assert [each.split()[0] for each in server.writes()] == ["DELETE", "PATCH"]
    assert all(reached)
    assert state["owned_entries"] == ["203.0.113.0/29"]
    state = terraform.apply(config({"fra-1": ADDRESS}), state)
    assert state["owned_entries"] == [ADDRESS]


def test_the_key_is_exchanged_once(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    terraform.destroy(state)

    assert sum(each.path == "/access-tokens" for each in server.take_requests()) == 1


def test_of_two_addresses_of_which_one_holds_the_other_only_that_one_is_added(server, terraform, config):
    both = config({"fra-1": ADDRESS, "fra-2": "203.0.113.0/29"})

    state = terraform.apply(both)

    assert not terraform.last_report.has_errors
    assert state["owned_entries"] == ["203.0.113.0/29"]
    assert terraform.second_plan_is_empty(both, state)
