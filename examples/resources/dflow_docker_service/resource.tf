data "dflow_worker_node" "fra" {
  name = "fra-1"
}

resource "dflow_environment" "production" {
  name         = "shop-production"
  worker_nodes = [data.dflow_worker_node.fra.id]
}

resource "dflow_docker_service" "api" {
  environment_id = dflow_environment.production.id
  name           = "shop-production-api"
  image          = "ghcr.io/acme/api:1.4.2"

  ports = [
    {
      host_port      = 80
      container_port = 8080
    },
  ]
}
