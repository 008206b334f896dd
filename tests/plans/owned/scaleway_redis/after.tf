resource "dflow_scaleway_redis_allowlist" "orders" {
  zone = "fr-par-1"
  cluster_id = "9c1e2d3f-4a5b-4c7d-8e9f-0a1b2c3d4e5f"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
