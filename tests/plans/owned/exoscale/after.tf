resource "dflow_exoscale_allowlist" "orders" {
  zone = "de-fra-1"
  type = "pg"
  name = "orders"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
