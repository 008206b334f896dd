resource "dflow_digitalocean_allowlist" "orders" {
  cluster_id = "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
