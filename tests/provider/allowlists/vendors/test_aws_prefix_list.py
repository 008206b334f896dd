"""Traps of AWS's managed prefix lists: versions, sizes, states, families, and lists that are somebody else's."""

from __future__ import annotations

import pytest

from dflow_provider.schema import ProviderError

KEY = "aws_prefix_list"
ADDRESS = "203.0.113.1/32"


def modifications(server):
    return [each for each in server.take_requests() if each.path == "/ModifyManagedPrefixList"]


def test_additions_and_removals_go_in_one_call_with_the_version_that_was_read(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    server.take_requests()

    terraform.apply(config({"fra-1": "203.0.113.2/32"}), state)

    (only,) = modifications(server)
    assert only.query["CurrentVersion"] == "2"
    assert only.query["AddEntry.1.Cidr"] == "203.0.113.2/32"
    assert only.query["RemoveEntry.1.Cidr"] == ADDRESS


def test_a_list_that_changed_meanwhile_is_read_again(server, terraform, config):
    planned = config({"fra-1": ADDRESS})
    terraform.plan(planned)
    server.before_next("POST", lambda: server.put_by_hand("203.0.113.9/32"))

    state = terraform.apply(planned)

    assert len(modifications(server)) == 2
    assert "203.0.113.9/32" in state["foreign_entries"]


def test_a_change_between_two_calls_of_one_write_keeps_what_was_added(server, terraform, config):
    entries = {f"node-{number}": f"45.67.89.{number + 1}/32" for number in range(150)}
    server.after_next("POST", lambda: server.put_by_hand("203.0.113.9/32"))

    state = terraform.apply(config(entries))

    assert not terraform.last_report.has_errors
    assert len(state["owned_entries"]) == 150
    assert "203.0.113.9/32" in server.cidrs()


def test_a_list_that_is_being_changed_is_tried_again(server, terraform, config):
    server.state = "modify-in-progress"
    server.before_next("POST", lambda: setattr(server, "state", "modify-in-progress"))

    terraform.apply(config({"fra-1": ADDRESS}))

    assert ADDRESS in server.cidrs()


def test_a_change_that_fails_is_told_in_awss_words(server, terraform, config):
    server.state_message = "sg-1 cannot support the new maximum size"
    server.after_next("POST", lambda: setattr(server, "state", "modify-failed"))

    terraform.apply(config({"fra-1": ADDRESS}))

    last = terraform.last_report.diagnostics[-1]
    assert last.title == "AWS did not apply the change"
    assert "sg-1 cannot support" in last.detail


def test_more_entries_than_the_list_was_made_for_are_refused_at_plan(server, terraform, config):
    server.properties["maxEntries"] = 3

    with pytest.raises(ProviderError, match="Allowlist is full") as refused:
        terraform.plan(config({"fra-1": ADDRESS, "fra-2": "203.0.113.2/32"}))

    assert "made for 3" in refused.value.detail


def test_an_address_of_the_other_family_is_refused_at_plan(server, terraform, config):
    with pytest.raises(ProviderError, match="List takes another family"):
        terraform.plan(config({"fra-1": ADDRESS, "fra-2": "2001:db8::7"}))

    assert not modifications(server)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ownerId": "AWS"}, "AWS's own list"),
        (
            {"ipamPrefixListResolverTargetId": "ipam-1", "ipamPrefixListResolverSyncEnabled": "true"},
            "IPAM resolver writes its entries",
        ),
    ],
)
def test_a_list_that_others_write_is_refused_at_plan(server, terraform, config, changed, words):
    server.properties.update(changed)

    with pytest.raises(ProviderError, match="Allowlist cannot be written") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert words in refused.value.detail


def test_a_description_is_left_as_it_is_because_aws_changes_none_without_shutting_the_door(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    before = server.listed()
    server.take_requests()

    terraform.apply(config({"fra-2": {"cidr": ADDRESS, "description": "another"}}), state)

    assert server.listed() == before
    assert not modifications(server)


def test_a_wrong_secret_key_is_named_and_not_shown(terraform, config, environment):
    environment["AWS_SECRET_ACCESS_KEY"] = "canary"

    with pytest.raises(ProviderError, match="AWS credentials are refused") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "AWS_SECRET_ACCESS_KEY" in refused.value.detail
    assert "canary" not in str(refused.value)
