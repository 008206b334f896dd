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
