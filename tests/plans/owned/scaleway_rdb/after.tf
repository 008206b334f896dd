resource "dflow_scaleway_rdb_allowlist" "orders" {
  region = "fr-par"
  instance_id = "6f0b8a2e-3d51-4b7c-9a40-5c1e2d3f4a5b"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
