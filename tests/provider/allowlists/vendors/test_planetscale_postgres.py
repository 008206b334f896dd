"""What is particular to PlanetScale Postgres: a rule of our own with all of our addresses, next to others' rules."""

from __future__ import annotations

KEY = "planetscale_postgres"
MARK = "dflow: orders (shop/orders)"


def ours(server) -> list[dict]:
    return [rule for rule in server.listed() if rule["description"] == MARK]


def test_all_addresses_of_an_owner_are_one_rule_for_every_role(server, terraform, config):
    terraform.apply(config({"fra-1": "203.0.113.1", "fra-2": "203.0.113.2/32"}))

    (rule,) = ours(server)
    assert rule["cidrs"] == ["203.0.113.1/32", "203.0.113.2/32"]
    assert (rule["role"], rule["schema"]) == ("", "")


def test_a_changed_address_is_one_call_on_our_rule(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    (rule,) = ours(server)
    server.take_requests()

    terraform.apply(config({"fra-1": "203.0.113.2/32"}), state)

    assert server.writes() == [f"PATCH /v1/organizations/shop/databases/orders/cidrs/{rule['id']}"]
    assert ours(server) == [{**rule, "cidrs": ["203.0.113.2/32"]}]


def test_two_rules_of_ours_that_a_crash_left_behind_become_one_again(server, terraform, config):
    server.put_by_hand("203.0.113.1/32", MARK)
    server.put_by_hand("203.0.113.1/32", MARK)
    server.put_by_hand("203.0.113.2/32", MARK)

    state = terraform.apply(config({"fra-1": "203.0.113.1/32", "fra-3": "203.0.113.3/32"}))

    (rule,) = ours(server)
    assert rule["cidrs"] == ["203.0.113.1/32", "203.0.113.3/32"]
    terraform.destroy(state)
    assert not ours(server)


def test_a_rule_of_ours_that_somebody_narrowed_to_a_role_is_opened_for_all_of_them_again(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    next(rule for rule in server.rules if rule["description"] == MARK)["role"] = "reporting"

    state = terraform.refresh(state)
    terraform.apply(config({"fra-1": "203.0.113.1/32"}), state)

    (rule,) = ours(server)
    assert (rule["cidrs"], rule["role"]) == (["203.0.113.1/32"], "")


def test_a_rule_with_several_addresses_of_somebody_else_is_left_alone(server, terraform, config):
    server.rules.append(server._rule({"cidrs": ["203.0.113.1/32", "45.67.89.0/24"], "description": "the accountants"}))
    before = server.listed()

    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert {"203.0.113.1/32", "45.67.89.0/24"} <= set(state["foreign_entries"])
    terraform.destroy(state)
    assert server.listed() == before


def test_our_rule_is_found_on_a_later_page(server, terraform, config):
    for number in range(120):
        server.put_by_hand(f"45.67.89.{number}/32")
    server.put_by_hand("203.0.113.1/32", MARK)
    server.take_requests()

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert not server.writes()


def test_our_rule_that_somebody_removes_while_we_write_is_made_again(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    server.before_next("PATCH", lambda: server.remove_by_hand("203.0.113.1/32"))

    terraform.apply(config({"fra-1": "203.0.113.2/32"}), state)

    assert not terraform.last_report.has_errors
    (rule,) = ours(server)
    assert rule["cidrs"] == ["203.0.113.2/32"]
