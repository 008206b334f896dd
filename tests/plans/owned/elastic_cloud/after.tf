resource "dflow_elastic_cloud_allowlist" "orders" {
  deployment_id = "320b7b540dfc967a7a649c18e2fce4ed"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
