"""What a new sandbox holds."""

import pytest

from dflow_sandbox.seed import UNKNOWN_ADDRESS


def test_the_worker_nodes_show_every_way_an_address_is_known(operator, sandbox):
    def node(name: str) -> dict:
        return operator.read("servers", sandbox.worker_node_ids[name]).body

    fra_1, fra_2, fra_3, fra_4 = map(node, ("fra-1", "fra-2", "fra-3", "fra-4"))

    assert (fra_1["preferConnectionType"], fra_1["ip"]) == ("ssh", "203.0.113.11")
    assert (fra_2["provider"], fra_2["publicIp"]) == ("aws", UNKNOWN_ADDRESS)
    assert fra_2["awsEc2Details"]["publicIpAddress"] == "203.0.113.22"
    assert (fra_3["preferConnectionType"], fra_3["publicIp"]) == ("tailscale", "203.0.113.33")
    assert fra_4["publicIp"] == UNKNOWN_ADDRESS
    assert (sandbox.worker_nodes, sandbox.nat_worker_node) == (("fra-1", "fra-2", "fra-3"), "fra-4")


def test_the_other_organisation_is_not_the_operators(operator, sandbox):
    other = operator.read("tenants", sandbox.other_tenant_id).body
    members = operator("GET", f"/api/users?depth=0&where[tenants.tenant][equals]={sandbox.other_tenant_id}").body[
        "docs"
    ]

    assert other["slug"] == sandbox.other_tenant
    assert sandbox.admin_email not in {member["email"] for member in members}


def test_the_security_group_holds_somebody_elses_entry(ec2, sandbox):
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [sandbox.security_group_id]}])[
        "SecurityGroupRules"
    ]
    (foreign,) = [rule for rule in rules if rule.get("CidrIpv4") == sandbox.foreign_cidr]

    assert (foreign["FromPort"], foreign["ToPort"], foreign["IpProtocol"]) == (5432, 5432, "tcp")
    assert foreign["Description"] == "bastion, owned by the data team"


def test_the_environment_is_complete_and_shows_nothing_when_printed(sandbox):
    environment = sandbox.environment()

    assert environment["DFLOW_ENDPOINT"] == sandbox.endpoint
    assert environment["DFLOW_TENANT"] == "acme"
    assert environment["AWS_ENDPOINT_URL_EC2"] == sandbox.aws_endpoint
    assert environment["DFLOW_ALLOW_DOCUMENTATION_ADDRESSES"] == "1"
    for name in ("DFLOW_API_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"):
        assert environment[name]
        assert environment[name] not in repr(sandbox)


@pytest.mark.parametrize("secret", ["admin_password", "user_api_key"])
def test_no_secret_is_in_the_representation(sandbox, secret):
    assert getattr(sandbox, secret) not in repr(sandbox)
