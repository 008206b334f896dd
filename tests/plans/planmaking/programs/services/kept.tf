# What is there before and after.

data "dflow_worker_node" "fra" {
  name = "fra-1"
}

resource "dflow_environment" "production" {
  name         = "shop-production"
  worker_nodes = [data.dflow_worker_node.fra.id]
}

# DFLOW042: somebody exposes the one in dFlow's dashboard, and not the other.
resource "dflow_database_service" "exposed" {
  environment_id = dflow_environment.production.id
  name           = "shop-production-exposed"
  engine         = "postgres"
}

resource "dflow_database_service" "inside" {
  environment_id = dflow_environment.production.id
  name           = "shop-production-inside"
  engine         = "postgres"
}

resource "dflow_docker_service" "good" {
  environment_id = dflow_environment.production.id
  name           = "shop-production-good"
  image          = "nginx"
}

resource "dflow_docker_service" "bad" {
  environment_id = dflow_environment.production.id
  name           = "shop-production-bad"
  image          = "nginx"
}
