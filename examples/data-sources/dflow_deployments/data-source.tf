data "dflow_service" "web" {
  environment = "shop-production"
  name        = "shop-production-web"
}

data "dflow_deployments" "web" {
  service_id = data.dflow_service.web.id
  limit      = 1
}

check "web_is_deployed" {
  assert {
    condition     = try(data.dflow_deployments.web.deployments[0].status, "") == "success"
    error_message = "The latest deployment of shop-production-web did not succeed, or there is none."
  }
}
