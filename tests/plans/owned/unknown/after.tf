resource "terraform_data" "address" {
  input = "x"
}

resource "dflow_neon_allowlist" "orders" {
  project_id = "quiet-river-12345678"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-9" = { cidr = terraform_data.address.output }
  }
}
