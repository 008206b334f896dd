# What is there before, by the vendors' own providers.

resource "azurerm_postgresql_flexible_server_firewall_rule" "renamed" {
  name             = "web"
  server_id        = "renamed"
  start_ip_address = "18.195.4.7"
  end_ip_address   = "18.195.4.7"
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "renamed_without_a_gap" {
  name             = "web"
  server_id        = "renamed-without-a-gap"
  start_ip_address = "18.195.4.7"
  end_ip_address   = "18.195.4.7"

  lifecycle {
    create_before_destroy = true
  }
}
