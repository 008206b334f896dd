resource "dflow_redis_cloud_allowlist" "orders" {
  plan = "pro"
  subscription_id = "112233"
  database_id = "51045678"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
