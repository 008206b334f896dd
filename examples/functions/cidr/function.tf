data "dflow_worker_nodes" "all" {}

# Every known address once, in the spelling that allowlists compare.
output "allow" {
  value = toset([
    for node in data.dflow_worker_nodes.all.nodes : provider::dflow::cidr(node.outbound_ip)
    if node.outbound_ip != null
  ])
}
