"""`data.dflow_worker_node`."""

import pytest

from dflow_provider.backend import Backend
from dflow_provider.provider import DflowProvider
from dflow_provider.resources.worker_node import WorkerNode
from dflow_provider.schema import UNKNOWN, Call, ProviderError, Report


def test_a_node_is_found_by_name_and_by_id(ask, organisation):
    found = ask("dflow_worker_node", name="node-1")

    assert found["id"] == organisation.node_id
    assert found["outbound_ip"] == "203.0.113.9"
    assert found["outbound_cidr"] == "203.0.113.9/32"
    assert found["outbound_ip_source"] == "public_ip"
    assert found["outbound_ips"] == [{"address": "203.0.113.9", "cidr": "203.0.113.9/32", "source": "public_ip"}]
    assert (found["cloud_provider"], found["connection_type"], found["hostname"]) == ("other", "tailscale", "node-1")
    assert ask("dflow_worker_node", id=organisation.node_id) == found


@pytest.mark.parametrize(
    ("node", "address", "source"),
    [
        ("fra-1", "203.0.113.11", "ip"),
        ("fra-2", "203.0.113.22", "aws_ec2_public_ip"),
        ("fra-3", "203.0.113.33", "public_ip"),
    ],
)
def test_every_kind_of_node_has_its_address(sandbox, node, address, source):
    backend = Backend({"endpoint": None, "api_key": None, "tenant": None, "ca_file": None}, sandbox.environment())
    config = {attribute.name: None for attribute in WorkerNode.schema.attributes}

    found = WorkerNode(backend).read({**config, "name": node, "require_outbound_ip": True}, Call())

    assert (found["outbound_ip"], found["outbound_ip_source"]) == (address, source)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("999.999.999.999", "publicIp is 999.999.999.999, dFlow's mark for a node behind NAT"),
        ("", "publicIp is empty"),
        ("10.0.0.7", "publicIp is 10.0.0.7, a private address"),
        ("100.64.0.9", "publicIp is 100.64.0.9, an address behind a carrier's or Tailscale's NAT"),
        ("127.0.0.1", "publicIp is 127.0.0.1, a loopback address"),
    ],
)
def test_a_node_without_a_public_address_is_an_error_where_one_is_needed(ask, organisation, address, words):
    organisation.patch("servers", organisation.node_id, publicIp=address)

    with pytest.raises(ProviderError) as caught:
        ask("dflow_worker_node", name="node-1", require_outbound_ip=True)

    assert caught.value.title == "Worker Node has no known address"
    assert f"the Worker Node 'node-1' (id {organisation.node_id})" in caught.value.detail
    assert words in caught.value.detail
    assert 'egress={"node-1": "<address>"}' in caught.value.detail


def test_a_node_without_a_public_address_is_null_where_none_is_needed(ask, organisation):
    organisation.patch("servers", organisation.node_id, publicIp="999.999.999.999")

    found = ask("dflow_worker_node", name="node-1")

    assert [found[name] for name in ("outbound_ip", "outbound_cidr", "outbound_ip_source")] == [None, None, None]
    assert found["outbound_ips"] == []


def test_addresses_for_documentation_pass_in_a_sandbox_alone(environment, organisation):
    del environment["DFLOW_ALLOW_DOCUMENTATION_ADDRESSES"]
    backend = Backend({"endpoint": None, "api_key": None, "tenant": None, "ca_file": None}, environment)
    config = {attribute.name: None for attribute in WorkerNode.schema.attributes}

    with pytest.raises(ProviderError, match=r"203\.0\.113\.9, from a range reserved for documentation"):
        WorkerNode(backend).read({**config, "name": "node-1", "require_outbound_ip": True}, Call())


def test_an_unknown_name_lists_those_that_exist(ask, organisation):
    with pytest.raises(ProviderError) as caught:
        ask("dflow_worker_node", name="nod-1")

    assert caught.value.title == "Worker Node does not exist"
    assert (
        f"no Worker Node named 'nod-1'. Its Worker Nodes are: node-1 (id {organisation.node_id}), node-2"
        in caught.value.detail
    )


def test_two_nodes_of_one_name_list_both_ids(ask, organisation):
    organisation.patch("servers", organisation.other_node_id, name="node-1")

    with pytest.raises(ProviderError) as caught:
        ask("dflow_worker_node", name="node-1")

    assert caught.value.title == "Worker Node name is not unique"
    assert "has 2 Worker Nodes named 'node-1'" in caught.value.detail
    assert organisation.node_id in caught.value.detail
    assert organisation.other_node_id in caught.value.detail


def test_an_id_of_something_else_says_what_it_is(ask, shop):
    with pytest.raises(ProviderError, match=r"is the id of the Environment 'shop'\. Give the id of a Worker Node"):
        ask("dflow_worker_node", id=shop["id"])


@pytest.mark.parametrize(
    ("given", "words"),
    [({}, "Neither id nor name is set"), ({"id": "1", "name": "a"}, "Both id and name are set")],
)
def test_exactly_one_of_id_and_name_is_given(given, words):
    report = Report()
    config = {attribute.name: given.get(attribute.name) for attribute in WorkerNode.schema.attributes}

    WorkerNode.validate_config(config, report)

    assert words in report.diagnostics[0].detail


def test_a_name_known_later_is_one_given():
    report = Report()
    config = {attribute.name: None for attribute in WorkerNode.schema.attributes}

    WorkerNode.validate_config({**config, "name": UNKNOWN}, report)

    assert report.diagnostics == []


def test_it_is_served():
    assert DflowProvider.data_sources["dflow_worker_node"] is WorkerNode
