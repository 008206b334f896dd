"""What can be asked: the data sources."""

from dflow_acceptance.place import Place
from dflow_acceptance.workspace import Workspace


def test_worker_nodes_are_told_with_the_address_each_connects_from(place: Place, workspace: Workspace):
    place.organisation.worker_node("ssh", preferConnectionType="tailscale", ip="203.0.113.4", publicIp=None)
    place.organisation.worker_node(
        "aws",
        provider="aws",
        publicIp="999.999.999.999",
        awsEc2Details={"publicIpAddress": "203.0.113.22", "privateIpAddress": "172.31.0.22"},
    )
    place.organisation.worker_node("nat", publicIp="999.999.999.999")
    one = {name: {"name": name} for name in ("aws", "nat")}
    workspace.configure(
        data={"dflow_worker_node": {**one, "by_id": {"id": place.node_id}}, "dflow_worker_nodes": {"all": {}}}
    )

    workspace.applied()

    state = workspace.state()
    aws, nat, by_id = (state[f"data.dflow_worker_node.{name}"] for name in ("aws", "nat", "by_id"))
    assert (aws["outbound_cidr"], aws["outbound_ip_source"]) == ("203.0.113.22/32", "aws_ec2_public_ip")
    assert (nat["outbound_ip"], nat["outbound_cidr"], nat["outbound_ips"]) == (None, None, [])
    assert (by_id["name"], by_id["outbound_ip"], by_id["outbound_ip_source"]) == ("fra-1", "203.0.113.9", "public_ip")
    listed = {node["name"]: node["outbound_ip"] for node in state["data.dflow_worker_nodes.all"]["nodes"]}
    assert list(listed) == ["aws", "fra-1", "nat", "ssh"]
    assert listed["aws"] == "203.0.113.22"
