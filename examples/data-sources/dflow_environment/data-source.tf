# Made in the dashboard, or by another configuration.
data "dflow_environment" "production" {
  name = "shop-production"
}

resource "dflow_docker_service" "worker" {
  environment_id = data.dflow_environment.production.id
  name           = "shop-production-worker"
  image          = "ghcr.io/acme/worker:1.4.2"
}
