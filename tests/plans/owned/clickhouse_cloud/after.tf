resource "dflow_clickhouse_cloud_allowlist" "orders" {
  organization_id = "5a1b0c4e-7f2d-4c55-9d4a-0e6b8c1d2f30"
  service_id = "c0ffee00-1234-4abc-8def-0123456789ab"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
