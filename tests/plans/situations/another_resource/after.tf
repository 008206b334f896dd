resource "dflow_neon_allowlist" "shop" {
  project_id = "quiet-river-12345678"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
