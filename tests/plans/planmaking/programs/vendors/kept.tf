# DFLOW007: this list has one writer.
resource "digitalocean_database_firewall" "alone" {
  cluster_id = "f0000000-0000-4000-8000-000000000001"
  rule       = [{ type = "ip_addr", value = "18.195.4.7" }]
}
