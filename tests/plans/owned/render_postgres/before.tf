resource "dflow_render_postgres_allowlist" "orders" {
  postgres_id = "dpg-cq1m2n3p4q5r6s7t8u9v-a"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
