resource "dflow_neon_allowlist" "orders" {
  project_id = "quiet-river-12345678"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = terraform_data.node.output }
  }
}

resource "terraform_data" "node" {
  input = "52.28.9.30/32"
}
