data "dflow_worker_node" "fra" {
  name = "fra-1"
}

resource "dflow_environment" "production" {
  name         = "shop-production"
  worker_nodes = [data.dflow_worker_node.fra.id]
}

resource "dflow_docker_service" "worker" {
  environment_id = dflow_environment.production.id
  name           = "shop-production-worker"
  image          = "ghcr.io/acme/worker:1.4.2"
}

ephemeral "dflow_process_environment" "orders_url" {
  name = "ORDERS_URL"
}

resource "dflow_service_variables" "worker" {
  service_id = dflow_docker_service.worker.id

  secret_variables_wo = {
    DATABASE_URL = ephemeral.dflow_process_environment.orders_url.value
  }
  secret_variables_wo_version = "1"
}
