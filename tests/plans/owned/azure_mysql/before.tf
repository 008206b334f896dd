resource "dflow_azure_mysql_allowlist" "orders" {
  subscription_id = "11111111-2222-3333-4444-555555555555"
  resource_group = "shop-production"
  server_name = "orders"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
