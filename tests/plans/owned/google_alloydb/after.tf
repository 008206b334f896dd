resource "dflow_google_alloydb_allowlist" "orders" {
  project = "shop-production"
  location = "europe-west3"
  cluster = "shop"
  instance = "orders"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
