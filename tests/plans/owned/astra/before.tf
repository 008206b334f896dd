resource "dflow_astra_allowlist" "orders" {
  database_id = "8c1d6a52-3f0e-4b7a-9d2c-51e6f7a8b9c0"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
