resource "dflow_mongodb_atlas_allowlist" "orders" {
  project_id = "5d0f1f74cf09a29120e123cd"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
