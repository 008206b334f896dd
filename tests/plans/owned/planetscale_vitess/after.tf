resource "dflow_planetscale_vitess_allowlist" "orders" {
  organization = "shop"
  database_name = "orders"
  branch = "main"
  password_id = "kx3yd9wz2mqa"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
