resource "dflow_neon_allowlist" "orders" {
  project_id = "quiet-river-12345678"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "52.28.9.30/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}

resource "terraform_data" "other" {
}
