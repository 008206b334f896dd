data "dflow_service" "web" {
  environment = "shop-production"
  name        = "shop-production-web"
}

# The value of the environment variable ORDERS_PASSWORD, where Terraform runs.
ephemeral "dflow_process_environment" "orders_password" {
  name = "ORDERS_PASSWORD"
}

resource "dflow_service_variables" "web" {
  service_id = data.dflow_service.web.id

  secret_variables_wo = {
    DATABASE_URL = provider::dflow::connection_url(
      "postgres",
      "orders.abc.eu-central-1.rds.amazonaws.com",
      5432,
      "orders",
      "shop",
      ephemeral.dflow_process_environment.orders_password.value,
      { sslmode = "verify-full" },
    )
  }
  secret_variables_wo_version = "1"
}
