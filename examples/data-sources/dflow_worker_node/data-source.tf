data "dflow_worker_node" "fra" {
  name                = "fra-1"
  require_outbound_ip = true
}

# What the firewall of a database elsewhere has to let in.
output "allow" {
  value = data.dflow_worker_node.fra.outbound_cidr
}
