data "dflow_worker_node" "fra" {
  name                = "fra-1"
  require_outbound_ip = true
}

resource "dflow_aws_security_group_allowlist" "orders" {
  security_group_id = "sg-0123456789abcdef0"
  region            = "eu-central-1"
  owner             = "shop/orders"
  database          = "orders"
  port              = 5432

  entries = {
    fra-1 = {
      cidr = data.dflow_worker_node.fra.outbound_cidr
    }
  }
}
