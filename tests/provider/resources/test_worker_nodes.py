"""`data.dflow_worker_nodes`."""


def test_all_nodes_of_the_organisation_are_listed_by_name(ask, organisation):
    organisation.patch("servers", organisation.other_node_id, name="a-node", publicIp="999.999.999.999")

    assert ask("dflow_worker_nodes")["nodes"] == [
        {
            "id": organisation.other_node_id,
            "name": "a-node",
            "outbound_ip": None,
            "outbound_ip_source": None,
            "cloud_provider": "other",
            "connection_type": "tailscale",
        },
        {
            "id": organisation.node_id,
            "name": "node-1",
            "outbound_ip": "203.0.113.9",
            "outbound_ip_source": "public_ip",
            "cloud_provider": "other",
            "connection_type": "tailscale",
        },
    ]
