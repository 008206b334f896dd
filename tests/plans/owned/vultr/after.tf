resource "dflow_vultr_allowlist" "orders" {
  database_id = "43b4c774-5dff-4ac0-a01f-78a23c2205b5"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
