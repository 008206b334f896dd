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

resource "dflow_app_service" "web" {
  environment_id = dflow_environment.production.id
  name           = "shop-production-web"
  builder        = "railpack"

  source = {
    provider   = "github"
    owner      = "acme"
    repository = "shop"
    branch     = "main"
  }
}

# The value of the environment variable ORDERS_URL, where Terraform runs.
ephemeral "dflow_process_environment" "orders_url" {
  name = "ORDERS_URL"
}

resource "dflow_service_variables" "web" {
  service_id = dflow_app_service.web.id

  variables = {
    LOG_LEVEL = "info"
    REDIS_URL = "{{ ${dflow_database_service.cache.name}.REDIS_URI }}"
  }

  secret_variables_wo = {
    DATABASE_URL = ephemeral.dflow_process_environment.orders_url.value
  }
  secret_variables_wo_version = "1"
}
