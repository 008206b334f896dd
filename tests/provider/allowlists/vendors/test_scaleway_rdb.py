"""What is particular to Scaleway's databases: removal by address alone, pages, and an instance that is not ready."""

from __future__ import annotations

from itertools import takewhile

import pytest

from dflow_provider.schema import ProviderError

KEY = "scaleway_rdb"
NOTE = "dflow: orders from fra-1 (shop/orders)"


def test_rules_are_added_first_and_removed_with_a_body_that_names_their_addresses(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    server.take_requests()

    terraform.apply(config({"fra-1": "203.0.113.2/32"}), state)

    writes = [(each.method, each.json) for each in server.take_requests() if each.method != "GET"]
    assert writes == [
        ("POST", {"rules": [{"ip": "203.0.113.2/32", "description": NOTE}]}),
        ("DELETE", {"acl_rule_ips": ["203.0.113.1/32"]}),
    ]


def test_somebody_else_s_rule_of_the_same_address_is_never_removed(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    server.remove_by_hand("203.0.113.1/32")
    server.put_by_hand("203.0.113.1/32", "the accountants")

    terraform.destroy(state)

    assert [rule["description"] for rule in server.listed() if rule["ip"] == "203.0.113.1/32"] == ["the accountants"]


def test_a_rule_that_somebody_removes_while_we_do_keeps_no_other_one_there(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32", "fra-2": "203.0.113.2/32"}))
    before = server.cidrs() - {"203.0.113.1/32", "203.0.113.2/32"}
    server.before_next("DELETE", lambda: server.remove_by_hand("203.0.113.1/32"))

    terraform.destroy(state)

    assert server.cidrs() == before


def test_a_rule_on_a_later_page_is_seen(server, terraform, config):
    for number in range(150):
        server.put_by_hand(f"45.67.89.{number}/32")
    server.put_by_hand("203.0.113.1/32", NOTE)
    server.take_requests()

    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert state["owned_entries"] == ["203.0.113.1/32"]
    assert not server.writes()


def test_an_instance_that_is_not_ready_is_waited_for_before_and_after_a_change(server, terraform, config):
    server.looks_until_ready = 1

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    requests = [f"{each.method} {each.path.rpartition('/')[2]}" for each in server.take_requests()]
    writing = requests.index("POST acls")
    looks = list(takewhile(lambda each: not each.endswith("acls"), requests[writing + 1 :]))
    assert len(looks) == 2
    assert requests.count("POST acls") == 1


def test_a_transient_state_is_tried_again(server, terraform, config):
    server.refuse_next("POST", status=400, body={"type": "transient_state", "current_state": "backuping"})

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "203.0.113.1/32" in server.cidrs()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            {
                "type": "invalid_arguments",
                "message": "invalid argument(s)",
                "details": [{"argument_name": "description", "reason": "constraint", "help_message": "too long"}],
            },
            "argument_name description, reason constraint, help_message too long",
        ),
        (
            {
                "type": "quotas_exceeded",
                "message": "quota(s) exceeded",
                "details": [{"resource": "acls", "quota": 50, "current": 50}],
            },
            "resource acls, quota 50, current 50",
        ),
        ({"type": "locked", "message": "resource is locked"}, "resource is locked"),
    ],
)
def test_a_refusal_is_told_with_its_details(server, terraform, config, body, words):
    server.refuse_next("POST", status=403 if body["type"] == "quotas_exceeded" else 400, body=body)

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert words in terraform.last_report.diagnostics[-1].detail


def test_a_rule_that_denies_the_address_does_not_count_as_letting_it_in(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "192.0.2.0/24 (deny, inbound)" in state["foreign_entries"]


def test_the_region_comes_from_the_environment_where_it_is_left_out(terraform, config, environment):
    environment["SCW_DEFAULT_REGION"] = "fr-par"
    terraform.resource._backend.environment = environment

    assert terraform.apply(config({"fra-1": "203.0.113.1/32"}, region=None))["region"] == "fr-par"

    environment["SCW_DEFAULT_REGION"] = "Paris"
    with pytest.raises(ProviderError, match="not named"):
        terraform.plan(config({"fra-1": "203.0.113.1/32"}, region=None))
