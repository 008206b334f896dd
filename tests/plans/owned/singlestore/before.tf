resource "dflow_singlestore_allowlist" "orders" {
  workspace_group_id = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
