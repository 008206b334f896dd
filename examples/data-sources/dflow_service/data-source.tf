# Made in the dashboard, or by another configuration.
data "dflow_service" "web" {
  environment = "shop-production"
  name        = "shop-production-web"
}

resource "dflow_service_variables" "web" {
  service_id = data.dflow_service.web.id

  variables = {
    LOG_LEVEL = "info"
  }
}
