resource "dflow_upstash_allowlist" "orders" {
  database_id = "93e3a3e1-53b1-4f8c-9d2e-7a0c5b6d1e2f"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
