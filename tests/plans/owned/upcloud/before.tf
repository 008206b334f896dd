resource "dflow_upcloud_allowlist" "orders" {
  service_id = "09d8d7e3-1c9b-4a6d-9c1e-5b6f0a7c2d31"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
