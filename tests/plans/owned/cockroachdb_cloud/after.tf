resource "dflow_cockroachdb_cloud_allowlist" "orders" {
  cluster_id = "35c4abb2-bb66-46d7-afed-25ebef5ed2aa"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
