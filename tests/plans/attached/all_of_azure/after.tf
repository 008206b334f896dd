resource "azurerm_postgresql_flexible_server_firewall_rule" "azure" {
  name             = "azure"
  server_id        = "/subscriptions/1/resourceGroups/shop/providers/Microsoft.DBforPostgreSQL/flexibleServers/orders"
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}
