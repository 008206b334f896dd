data "dflow_environment" "production" {
  name = "shop-production"
}

# Connected in dFlow's dashboard, in a browser.
data "dflow_git_provider" "acme" {
  app_name = "dflow-acme"
}

resource "dflow_app_service" "admin" {
  environment_id = data.dflow_environment.production.id
  name           = "shop-production-admin"
  builder        = "railpack"

  source = {
    provider        = "github"
    owner           = "acme"
    repository      = "admin"
    branch          = "main"
    git_provider_id = data.dflow_git_provider.acme.id
  }
}

resource "dflow_service_variables" "admin" {
  service_id = dflow_app_service.admin.id

  variables = {
    LOG_LEVEL = "info"
  }
}

resource "dflow_deployment" "admin" {
  service_id = dflow_app_service.admin.id

  # Deploys again whenever a setting changes.
  triggers = dflow_service_variables.admin.variables
}
