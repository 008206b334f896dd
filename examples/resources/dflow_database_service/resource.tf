data "dflow_worker_node" "fra" {
  name = "fra-1"
}

resource "dflow_environment" "production" {
  name         = "shop-production"
  worker_nodes = [data.dflow_worker_node.fra.id]
}

resource "dflow_database_service" "cache" {
  environment_id = dflow_environment.production.id
  name           = "shop-production-cache"
  engine         = "redis"
}
