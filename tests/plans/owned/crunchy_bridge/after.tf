resource "dflow_crunchy_bridge_allowlist" "orders" {
  network_id = "oap3kavluvgm7cwtzgaaixzfoi"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
}
