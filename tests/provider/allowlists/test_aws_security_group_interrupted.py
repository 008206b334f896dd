"""A provider that dies between its write and its answer, and lists of a thousand entries."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from moto.ec2.models.security_groups import SecurityGroupBackend

KILLED_AFTER = """
import json, os, signal, sys

from dflow_provider.allowlists.aws_security_group_allowlist import AwsSecurityGroupAllowlist
from dflow_provider.schema import Call

action, method, *states = json.loads(sys.argv[1])
resource = AwsSecurityGroupAllowlist(backend=None)
events = resource._life._clients.client(os.environ["AWS_REGION"]).meta.events
events.register(f"after-call.ec2.{action}", lambda **_: os.kill(os.getpid(), signal.SIGKILL))
getattr(resource, method)(*states, Call())
"""


def killed_after(action: str, method: str, *states: object) -> None:
    """Run one hook in a process of its own, which is killed as soon as AWS has answered an action."""
    died = subprocess.run(
        [sys.executable, "-c", KILLED_AFTER, json.dumps([action, method, *states])],
        env=dict(os.environ),
        check=False,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL


def test_a_create_killed_after_its_write_is_taken_over_by_the_next(terraform, group, config):
    group.add_by_hand("198.51.100.1/32")
    wanted = config({"fra-1": "203.0.113.7/32", "fra-2": "203.0.113.8/32"})

    killed_after("AuthorizeSecurityGroupIngress", "create", wanted, wanted)
    assert group.cidrs() == {"203.0.113.7/32", "203.0.113.8/32", "198.51.100.1/32"}

    # Meanwhile one of the nodes is gone, so what the lost create had added for it is too much.
    state = terraform.create(config({"fra-2": "203.0.113.8/32"}))
    assert group.cidrs() == {"203.0.113.8/32", "198.51.100.1/32"}
    terraform.destroy(state)
    assert group.cidrs() == {"198.51.100.1/32"}


def test_an_update_killed_between_adding_and_removing_is_finished_by_the_next(terraform, group, config):
    wanted = config({"fra-1": "203.0.113.9/32"})
    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))

    killed_after("AuthorizeSecurityGroupIngress", "update", state, {**state, **wanted}, wanted)
    assert group.cidrs() == {"203.0.113.7/32", "203.0.113.9/32"}

    refreshed = terraform.refresh(state)
    assert {entry["cidr"] for entry in refreshed["entries"].values()} == {"203.0.113.7/32", "203.0.113.9/32"}
    assert terraform.update(refreshed, wanted)["entries"] == wanted["entries"]
    assert group.cidrs() == {"203.0.113.9/32"}


def test_a_destroy_killed_after_its_write_is_finished_by_the_next(terraform, group, config):
    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))

    killed_after("RevokeSecurityGroupIngress", "delete", state)

    terraform.destroy(state)
    assert group.rules() == []


def test_a_thousand_entries_take_one_read_one_write_and_one_look(terraform, cloud, group, config, monkeypatch):
    # An account whose quota was raised: moto has the default built in.
    monkeypatch.setattr(SecurityGroupBackend, "_verify_group_will_respect_rule_count_limit", lambda *_, **__: None)
    addresses = {f"node-{number}": f"45.67.{number // 250}.{number % 250}/32" for number in range(1000)}
    thousand = config(addresses, rule_quota=1000)
    cloud.traffic.take()

    state = terraform.create(thousand)
    assert cloud.traffic.take() == [
        "DescribeSecurityGroupRules",
        "AuthorizeSecurityGroupIngress",
        "DescribeSecurityGroupRules",
    ]
    assert len(state["rule_ids"]) == 1000

    terraform.destroy(state)
    assert cloud.traffic.take() == [
        "DescribeSecurityGroupRules",
        "RevokeSecurityGroupIngress",
        "DescribeSecurityGroupRules",
    ]


def test_a_whole_quota_of_entries_fits(terraform, group, config):
    state = terraform.create(config({f"node-{number}": f"203.0.113.{number}/32" for number in range(60)}))
    assert len(group.rules()) == len(state["rule_ids"]) == 60

    terraform.destroy(state)
    assert group.rules() == []


def test_a_group_without_any_rule_is_told_from_a_group_that_is_gone(terraform, cloud, group, config):
    outbound = cloud.ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group.id]}])
    for rule in outbound["SecurityGroupRules"]:
        cloud.ec2.revoke_security_group_egress(GroupId=group.id, SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])

    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    terraform.destroy(state)
    assert terraform.refresh(state)["entries"] == {}
