data "dflow_worker_nodes" "all" {}

# The nodes whose address dFlow knows, by name.
output "addresses" {
  value = {
    for node in data.dflow_worker_nodes.all.nodes : node.name => node.outbound_ip
    if node.outbound_ip != null
  }
}
