data "dflow_service" "orders" {
  environment = "shop-production"
  name        = "shop-production-orders"
}

# A service of another Environment, which cannot use reference variables of this one.
data "dflow_service" "reports" {
  environment = "reports"
  name        = "reports-web"
}

ephemeral "dflow_database_credentials" "orders" {
  service_id = data.dflow_service.orders.id
}

resource "dflow_service_variables" "reports" {
  service_id = data.dflow_service.reports.id

  secret_variables_wo = {
    ORDERS_URL = ephemeral.dflow_database_credentials.orders.public_connection_url
  }
  secret_variables_wo_version = "1"
}
