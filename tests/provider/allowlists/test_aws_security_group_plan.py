"""What a plan of the security group allowlist refuses, and in which words."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from dflow_provider.schema import UNKNOWN, ProviderError, Report
from dflow_vendors import AWS_SECURITY_GROUP


def details(report: Report) -> str:
    return "\n".join(f"{diagnostic.title}: {diagnostic.detail}" for diagnostic in report.diagnostics)


def test_the_schema_is_loaded_without_boto3_or_the_engine():
    code = (
        "import sys, dflow_provider.allowlists.aws_security_group_allowlist\n"
        "print(sorted(name for name in sys.modules if name.startswith(('boto', 'dflow_provider.allow', 'dflow_vend'))))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert loaded.split() == [
        "['dflow_provider.allowlists',",
        "'dflow_provider.allowlists.allowlist_validators',",
        "'dflow_provider.allowlists.aws_security_group_allowlist',",
        "'dflow_provider.allowlists.aws_security_group_schema',",
        "'dflow_provider.allowlists.moment']",
    ]


def test_the_default_quota_is_the_vendor_s(terraform):
    quota = next(attribute for attribute in terraform.resource.schema.attributes if attribute.name == "rule_quota")

    assert quota.default == AWS_SECURITY_GROUP.quota.number


def test_a_good_plan_reads_once_and_says_nothing(terraform, cloud, group, config):
    group.add_by_hand("198.51.100.1/32")
    cloud.traffic.take()

    assert terraform.plan(config({"fra-1": "203.0.113.7/32"})).diagnostics == []
    assert cloud.traffic.take() == ["DescribeSecurityGroupRules"]


def test_a_plan_without_changes_asks_nobody(terraform, cloud, config):
    wanted = config({"fra-1": "203.0.113.7/32"})
    state = terraform.create(wanted)
    cloud.traffic.take()

    assert terraform.plan({**state, **wanted}, prior=state).diagnostics == []
    assert cloud.traffic.take() == []


@pytest.mark.parametrize("name", ["security_group_id", "entries", "region", "owner", "database", "port"])
def test_what_is_not_known_yet_is_no_error(terraform, config, name):
    assert terraform.plan({**config({"fra-1": "203.0.113.7/32"}), name: UNKNOWN}).diagnostics == []


def test_a_bad_address_is_refused_at_its_entry(terraform, config):
    report = terraform.plan(config({"fra-1": "203.0.113.7/32", "fra-2": "999.999.999.999"}))

    assert [diagnostic.path for diagnostic in report.diagnostics] == [("entries", "fra-2", "cidr")]
    assert "Worker Node has no address" in details(report)


def test_a_bad_address_is_refused_by_validate_already(terraform, config):
    report = Report()
    terraform.resource.validate_config(config({"fra-1": "10.0.0.1/32"}), report)

    assert "\"fra-1\" is '10.0.0.1/32': in a private range" in details(report)


def test_a_description_aws_would_not_take_is_refused(terraform, config):
    report = terraform.plan(
        config(
            {
                "fra-1": {"cidr": "203.0.113.7/32", "description": "Müller's <node>"},
                "fra-2": {"cidr": "203.0.113.8/32", "description": "x" * 256},
            }
        )
    )

    assert "AWS takes no ' < > ü in one" in details(report)
    assert '"fra-2" has 256 characters; AWS takes 255' in details(report)


def test_a_missing_group_is_named_with_its_region(terraform, config):
    wanted = {**config({"fra-1": "203.0.113.7/32"}), "security_group_id": "sg-0123456789abcdef0"}

    with pytest.raises(
        ProviderError, match=r"Security group not found.*sg-0123456789abcdef0 in region eu-central-1.*AWS_REGION"
    ):
        terraform.plan(wanted)


def test_a_missing_region_names_attribute_and_variables(terraform, config, monkeypatch):
    monkeypatch.delenv("AWS_REGION")

    with pytest.raises(ProviderError, match=r"AWS region is missing.*`region`.*AWS_REGION or AWS_DEFAULT_REGION"):
        terraform.plan(config({"fra-1": "203.0.113.7/32"}))


def test_missing_credentials_name_action_and_variables(terraform, config, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    with pytest.raises(
        ProviderError,
        match=r"AWS credentials are missing: DescribeSecurityGroupRules for security group .* AWS_ACCESS_KEY_ID and",
    ):
        terraform.plan(config({"fra-1": "203.0.113.7/32"}))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("AuthFailure", "AWS credentials are refused.*AWS_SECRET_ACCESS_KEY"),
        ("ExpiredToken", "AWS credentials have expired.*Sign in again"),
        ("UnauthorizedOperation", "may not call ec2:DescribeSecurityGroupRules.*Allow that action.*AWS says: Nope$"),
        ("SomethingNew", "was refused with SomethingNew: Nope"),
    ],
)
def test_a_refusal_of_aws_is_told_in_words_without_a_credential(terraform, cloud, config, code, words):
    wanted = config({"fra-1": "203.0.113.7/32"})
    cloud.traffic.fail("DescribeSecurityGroupRules", code, "Nope Encoded authorization failure message: abcdef")

    with pytest.raises(ProviderError, match=words) as refused:
        terraform.plan(wanted)
    assert "canary-secret-key" not in str(refused.value)
    assert "AKIAEXAMPLE" not in str(refused.value)


def test_an_unreachable_endpoint_is_an_error_at_plan(terraform, config, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_EC2", "http://127.0.0.1:1")

    with pytest.raises(ProviderError, match=r"AWS is not reachable.*127.0.0.1:1.*AWS_ENDPOINT_URL_EC2"):
        terraform.plan(config({"fra-1": "203.0.113.7/32"}))


def test_a_password_in_the_endpoint_s_address_is_not_shown(terraform, config, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_EC2", "http://somebody:canary-password@127.0.0.1:1")

    with pytest.raises(ProviderError, match=r"AWS is not reachable.*//127.0.0.1:1") as refused:
        terraform.plan(config({"fra-1": "203.0.113.7/32"}))
    assert "canary" not in str(refused.value)


def test_the_quota_counts_what_is_on_the_list_now(terraform, group, config):
    group.add_by_hand(*(f"198.51.100.{number}/32" for number in range(50)))
    group.add_by_hand("203.0.113.0/32", port=22)
    nine = {f"fra-{number}": f"203.0.113.{number}/32" for number in range(1, 10)}

    assert terraform.plan(config(nine)).diagnostics == []
    with pytest.raises(
        ProviderError,
        match=r"would hold 61 IPv4 entries, 10 of them new. The quota is 60 inbound rules of a security "
        r"group, for each address family \(Amazon VPC User Guide.*Service Quotas",
    ):
        terraform.plan(config({**nine, "fra-10": "203.0.113.10/32"}))


def test_ipv6_has_a_quota_of_its_own(terraform, group, config):
    group.add_by_hand(*(f"198.51.100.{number}/32" for number in range(60)))

    assert terraform.plan(config({"fra-1": "2001:db8::1/128"})).diagnostics == []


def test_a_lower_quota_can_be_set(terraform, group, config):
    with pytest.raises(ProviderError, match=r"The quota is 1 inbound rules.*rule_quota; the vendor's default is 60"):
        terraform.plan(config({"fra-1": "203.0.113.7/32", "fra-2": "203.0.113.8/32"}, rule_quota=1))


def test_a_full_list_explains_that_new_entries_come_before_old_ones_go(terraform, group, config):
    group.add_by_hand(*(f"198.51.100.{number}/32" for number in range(59)))
    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    assert len(group.rules()) == 60

    with pytest.raises(ProviderError, match=r"New entries are added before old ones .1. go, so both have to fit"):
        terraform.plan({**state, **config({"fra-1": "203.0.113.8/32"})}, prior=state)


def test_a_quota_lower_than_believed_is_told_by_apply(terraform, group, config):
    group.add_by_hand(*(f"198.51.100.{number}/32" for number in range(60)))

    with_quota = config({"fra-1": "203.0.113.7/32"}, rule_quota=200)
    terraform.create(with_quota)

    told = details(terraform.last_report)
    assert "Allowlist quota exceeded: AWS takes no more rules for security group" in told
    assert "although rule_quota is 200" in told
    assert len(group.rules()) == 60


def test_an_open_door_of_somebody_else_is_reported_and_left(terraform, group, config):
    group.add_by_hand("0.0.0.0/0")

    report = terraform.plan(config({"fra-1": "203.0.113.7/32"}))

    assert not report.has_errors
    assert "Database is open to everybody" in details(report)
    assert "lets in 0.0.0.0/0 on port 5432 by rules that no dFlow allowlist owns" in details(report)
    state = terraform.create(config({"fra-1": "203.0.113.7/32"}))
    assert state["open_to_world"] is True
    terraform.destroy(state)
    assert group.cidrs() == {"0.0.0.0/0"}


def test_an_owner_in_use_is_warned_of(terraform, group, config):
    terraform.create(config({"fra-1": "203.0.113.7/32"}))

    report = terraform.plan(config({"fra-2": "203.0.113.8/32"}))

    assert not report.has_errors
    assert "Owner has entries already: 203.0.113.7/32 on port 5432" in details(report)
    assert "those not wanted are removed (203.0.113.7/32)" in details(report)


def test_an_expired_entry_is_not_added_and_its_rule_is_removed(terraform, group, config):
    now = datetime.now(UTC)
    later, past = (now + timedelta(days=1)).isoformat(), (now - timedelta(days=1)).isoformat()
    ending = {"cidr": "203.0.113.8/32", "description": None, "expires_at": later}
    state = terraform.create(config({"fra-1": "203.0.113.7/32", "guest": ending}))
    assert group.cidrs() == {"203.0.113.7/32", "203.0.113.8/32"}
    ended = config({"fra-1": "203.0.113.7/32", "guest": {**ending, "expires_at": past}})

    report = terraform.plan({**state, **ended}, state)
    assert 'The entry of "guest" (203.0.113.8/32) ended at' in details(report)
    state = terraform.update(state, {**ended})

    assert group.cidrs() == {"203.0.113.7/32"}
    assert state["active_entries"] == {"fra-1": "203.0.113.7/32"}
    assert state["entries"]["guest"]["expires_at"] == past
    assert terraform.refresh(state) == state
