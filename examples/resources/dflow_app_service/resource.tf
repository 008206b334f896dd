data "dflow_worker_node" "fra" {
  name = "fra-1"
}

resource "dflow_environment" "production" {
  name         = "shop-production"
  worker_nodes = [data.dflow_worker_node.fra.id]
}

resource "dflow_app_service" "web" {
  environment_id = dflow_environment.production.id
  name           = "shop-production-web"
  description    = "The shop's front end"
  builder        = "railpack"
  port           = 8080

  source = {
    provider   = "github"
    owner      = "acme"
    repository = "shop"
    branch     = "main"
  }
}
