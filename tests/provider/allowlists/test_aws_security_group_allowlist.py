"""The security group allowlist against a real moto server."""

from __future__ import annotations

import pytest

from dflow_provider.schema import UNKNOWN, ProviderError


def test_one_rule_for_each_node_is_added_with_its_description_and_owner(terraform, group, config):
    state = terraform.create(config({"fra-1": "203.0.113.7/32", "fra-2": "2001:db8::7/128"}))

    assert group.cidrs() == {"203.0.113.7/32", "2001:db8::7/128"}
    assert group.rule("203.0.113.7/32")["Description"] == "dflow: orders from fra-1 (shop/orders)"
    assert group.rule("2001:db8::7/128")["Description"] == "dflow: orders from fra-2 (shop/orders)"
    assert group.owners("203.0.113.7/32") == group.owners("2001:db8::7/128") == {"shop/orders"}
    assert state["id"] == f"eu-central-1/{group.id}/shop/orders"
    assert state["rule_ids"] == {
        "fra-1": group.rule("203.0.113.7/32")["SecurityGroupRuleId"],
        "fra-2": group.rule("2001:db8::7/128")["SecurityGroupRuleId"],
    }
    assert state["foreign_entries"] == []
    assert state["shared_with"] == {}
    assert state["open_to_world"] is False


def test_a_second_plan_finds_nothing_to_do(terraform, config):
    wanted = config({"fra-1": "203.0.113.7", "fra-2": {"cidr": "2001:DB8:0::7/128", "description": "the second"}})
    state = terraform.create(wanted)

    assert terraform.refresh(state) == state


def test_foreign_rules_survive_create_update_and_destroy(terraform, group, config):
    group.add_by_hand("198.51.100.1/32", "2001:db8:1::/48")
    group.add_by_hand("198.51.100.0/24", port=1, to_port=6000)

    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    assert state["foreign_entries"] == ["198.51.100.0/24", "198.51.100.1/32", "2001:db8:1::/48"]
    state = terraform.update(state, config({"fra-1": "203.0.113.8/32"}))
    assert group.cidrs() == {"198.51.100.1/32", "2001:db8:1::/48", "203.0.113.8/32"}
    terraform.destroy(state)

    assert group.cidrs() == {"198.51.100.1/32", "2001:db8:1::/48"}
    assert group.rule("198.51.100.1/32")["Description"] == "by hand"
    assert len(group.rules()) == 3


def test_the_new_address_is_added_before_the_old_one_goes(terraform, cloud, config):
    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    cloud.traffic.take()

    terraform.update(state, config({"fra-1": "203.0.113.8/32"}))

    assert cloud.traffic.take() == [
        "DescribeSecurityGroupRules",
        "AuthorizeSecurityGroupIngress",
        "RevokeSecurityGroupIngress",
        "DescribeSecurityGroupRules",
    ]


def test_an_address_that_was_there_before_is_used_and_never_removed(terraform, group, config):
    group.add_by_hand("203.0.113.7/32")

    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    assert state["rule_ids"] == {"fra-1": group.rule("203.0.113.7/32")["SecurityGroupRuleId"]}
    assert state["foreign_entries"] == ["203.0.113.7/32"]
    assert terraform.refresh(state) == state
    terraform.destroy(state)

    assert group.cidrs() == {"203.0.113.7/32"}
    assert group.rule("203.0.113.7/32")["Description"] == "by hand"
    assert group.owners("203.0.113.7/32") == set()


def test_two_nodes_with_one_address_share_a_rule_that_names_both(terraform, group, config):
    state = terraform.create(config({"fra-2": "203.0.113.7/32", "fra-1": "203.0.113.7"}))

    assert len(group.rules()) == 1
    assert group.rule("203.0.113.7/32")["Description"] == "dflow: orders from fra-1, fra-2 (shop/orders)"
    assert state["rule_ids"]["fra-1"] == state["rule_ids"]["fra-2"]

    terraform.update(state, config({"fra-2": "203.0.113.7/32"}))
    assert group.rule("203.0.113.7/32")["Description"] == "dflow: orders from fra-2 (shop/orders)"


@pytest.mark.parametrize("first_to_leave", ["shop/orders", "blog/posts"])
def test_the_last_owner_of_a_shared_rule_removes_it(terraform, group, config, first_to_leave):
    shop = config({"fra-1": "203.0.113.7/32"})
    blog = config({"fra-1": "203.0.113.7/32"}, owner="blog/posts", database="posts")
    states = {"shop/orders": terraform.create(shop), "blog/posts": terraform.create(blog)}
    assert group.owners("203.0.113.7/32") == {"shop/orders", "blog/posts"}
    assert states["blog/posts"]["shared_with"] == {"203.0.113.7/32": "shop/orders"}

    terraform.destroy(states.pop(first_to_leave))
    (stays, state) = states.popitem()
    assert group.owners("203.0.113.7/32") == {stays}
    assert group.rule("203.0.113.7/32")["Description"] == f"dflow: {stays.partition('/')[2]} from fra-1 ({stays})"
    refreshed = terraform.refresh(state)
    assert refreshed["entries"] == state["entries"]
    assert refreshed["shared_with"] == {}

    terraform.destroy(state)
    assert group.rules() == []


def test_a_rule_removed_by_hand_is_planned_and_added_again(terraform, group, config):
    wanted = config({"fra-1": "203.0.113.7/32", "fra-2": "203.0.113.8/32"})
    state = terraform.create(wanted)
    group.remove_by_hand("203.0.113.7/32")

    drifted = terraform.refresh(state)
    assert set(drifted["entries"]) == set(drifted["rule_ids"]) == {"fra-2"}

    terraform.update(drifted, wanted)
    assert group.cidrs() == {"203.0.113.7/32", "203.0.113.8/32"}


def test_a_description_changed_by_hand_is_planned_and_restored(terraform, group, config):
    wanted = config({"fra-1": "203.0.113.7/32"})
    state = terraform.create(wanted)
    group.ec2.update_security_group_rule_descriptions_ingress(
        GroupId=group.id,
        IpPermissions=[
            {
                "IpProtocol": "tcp",
                "FromPort": 5432,
                "ToPort": 5432,
                "IpRanges": [{"CidrIp": "203.0.113.7/32", "Description": "whose is this?"}],
            }
        ],
    )

    drifted = terraform.refresh(state)
    assert drifted["entries"]["fra-1"]["description"] == "whose is this?"

    terraform.update(drifted, wanted)
    assert group.rule("203.0.113.7/32")["Description"] == "dflow: orders from fra-1 (shop/orders)"


def test_a_rule_whose_tags_somebody_took_off_is_still_known_by_its_description(terraform, group, config):
    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    rule = group.rule("203.0.113.7/32")
    group.ec2.delete_tags(Resources=[rule["SecurityGroupRuleId"]], Tags=[{"Key": tag["Key"]} for tag in rule["Tags"]])
    assert group.owners("203.0.113.7/32") == set()

    assert terraform.refresh(state) == state
    terraform.destroy(state)
    assert group.rules() == []


def test_a_group_that_is_gone_is_planned_again(terraform, group, config):
    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    group.ec2.delete_security_group(GroupId=group.id)

    assert terraform.refresh(state) is None
    terraform.destroy(state)


def test_another_port_moves_all_rules(terraform, group, config):
    group.add_by_hand("203.0.113.7/32", port=6432)
    state = terraform.create(config({"fra-1": "203.0.113.7/32", "fra-2": "203.0.113.8/32"}))

    state = terraform.update(state, config({"fra-1": "203.0.113.7/32", "fra-2": "203.0.113.8/32"}, port=6432))

    assert group.cidrs(5432) == set()
    assert group.cidrs(6432) == {"203.0.113.7/32", "203.0.113.8/32"}
    assert state["foreign_entries"] == ["203.0.113.7/32"]


def test_another_port_of_the_same_owner_is_left_alone(terraform, group, config):
    pooled = terraform.create(config({"fra-1": "203.0.113.7/32"}, port=6432))
    direct = terraform.create(config({"fra-1": "203.0.113.7/32"}))

    terraform.destroy(direct)

    assert terraform.refresh(pooled) == pooled
    assert group.cidrs(6432) == {"203.0.113.7/32"}


def test_everybody_is_let_in_only_with_a_reason(terraform, group, config):
    state = terraform.create(config({"all": "0.0.0.0/0"}, open_to_world_reason="public demo data"))

    assert state["open_to_world"] is True
    assert group.cidrs() == {"0.0.0.0/0"}


def test_an_address_known_only_at_apply_is_judged_there(terraform, group, config):
    unknown = config({"fra-1": UNKNOWN})
    unknown["entries"]["fra-1"] = {"cidr": UNKNOWN, "description": None, "expires_at": None}
    assert terraform.plan(unknown).diagnostics == []

    with pytest.raises(ProviderError, match="in a private range"):
        terraform.create(config({"fra-1": "10.0.0.7/32"}))
    assert group.rules() == []


def test_it_is_imported_with_the_names_of_the_nodes(terraform, group, config):
    state = terraform.create(config({"fra-1": "203.0.113.7/32", "fra-2": "203.0.113.7/32", "fra-3": "203.0.113.9/32"}))

    assert terraform.import_(f"{group.id}/shop/orders") == state
    assert terraform.import_(f"eu-central-1/{group.id}/shop/orders@5432") == {**state, "region": "eu-central-1"}


@pytest.mark.parametrize(
    ("import_id", "words"),
    [
        ("orders", "is not an id of a security group allowlist"),
        ("{group}/nobody", "carries the mark of the owner nobody"),
        ("{group}/shop/orders", "on the ports 5432, 6432.*add @<port>"),
        ("{group}/shop/orders@7000", "on port 7000 carries the mark"),
    ],
)
def test_an_import_that_finds_nothing_says_why(terraform, group, config, import_id, words):
    terraform.create(config({"fra-1": "203.0.113.7/32"}))
    terraform.create(config({"fra-1": "203.0.113.7/32"}, port=6432))

    with pytest.raises(ProviderError, match=words):
        terraform.import_(import_id.format(group=group.id))


def test_a_throttled_call_is_tried_again(terraform, cloud, group, config):
    cloud.traffic.fail("AuthorizeSecurityGroupIngress", "RequestLimitExceeded", status=503, times=4)

    terraform.create(config({"fra-1": "203.0.113.7/32"}))

    assert group.cidrs() == {"203.0.113.7/32"}
    assert cloud.traffic.take().count("AuthorizeSecurityGroupIngress") == 5


def test_a_rule_somebody_adds_at_the_same_moment_is_used_as_theirs(terraform, cloud, group, config):
    cloud.traffic.before("AuthorizeSecurityGroupIngress", lambda: group.add_by_hand("203.0.113.7/32"))

    state = terraform.create(config({"fra-1": "203.0.113.7/32", "fra-2": "203.0.113.8/32"}))

    assert group.cidrs() == {"203.0.113.7/32", "203.0.113.8/32"}
    assert state["foreign_entries"] == ["203.0.113.7/32"]
    terraform.destroy(state)
    assert group.cidrs() == {"203.0.113.7/32"}


def test_a_rule_somebody_removes_at_the_same_moment_does_not_stop_a_destroy(terraform, cloud, group, config):
    state = terraform.create(config({"fra-1": "203.0.113.7/32", "fra-2": "203.0.113.8/32"}))
    cloud.traffic.before("RevokeSecurityGroupIngress", lambda: group.remove_by_hand("203.0.113.7/32"))

    terraform.destroy(state)

    assert group.rules() == []


def test_what_was_written_before_a_failure_is_in_the_state(terraform, cloud, group, config):
    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    cloud.traffic.fail("RevokeSecurityGroupIngress", "UnauthorizedOperation", "You are not authorized.")

    wanted = config({"fra-2": "203.0.113.8/32"})
    failed = terraform.update(state, wanted)

    assert [diagnostic.title for diagnostic in terraform.last_report.diagnostics] == ["AWS permission is missing"]
    assert set(failed["entries"]) == {"fra-1", "fra-2"}
    assert terraform.refresh(failed) == failed
    terraform.update(failed, wanted)
    assert group.cidrs() == {"203.0.113.8/32"}


def test_a_move_to_another_port_that_fails_half_way_is_finished_by_the_next_apply(terraform, cloud, group, config):
    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    cloud.traffic.fail("RevokeSecurityGroupIngress", "UnauthorizedOperation", "You are not authorized.")

    wanted = config({"fra-1": "203.0.113.7/32"}, port=6432)
    failed = terraform.update(state, wanted)
    assert terraform.last_report.has_errors
    assert failed["port"] == 5432

    moved = terraform.update(terraform.refresh(failed), wanted)
    assert moved["port"] == 6432
    assert group.cidrs(5432) == set()
    assert group.cidrs(6432) == {"203.0.113.7/32"}


def test_a_create_that_fails_after_its_write_leaves_a_state_to_go_on_from(terraform, cloud, group, config):
    wanted = config({"fra-1": "203.0.113.7/32", "fra-2": "203.0.113.8/32"})
    other = terraform.create(config({"fra-1": "203.0.113.7/32"}, owner="blog/posts"))
    cloud.traffic.fail("CreateTags", "UnauthorizedOperation", "You are not authorized.")

    state = terraform.create(wanted)

    assert terraform.last_report.has_errors
    assert state["id"] == f"eu-central-1/{group.id}/shop/orders"
    terraform.destroy(state)
    assert group.cidrs() == {"203.0.113.7/32"}
    assert terraform.refresh(other) == other
