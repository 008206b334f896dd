resource "dflow_ovh_allowlist" "orders" {
  service_name = "0123456789abcdef0123456789abcdef"
  engine = "postgresql"
  cluster_id = "b1c2d3e4-f5a6-4788-99aa-bbccddeeff00"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
