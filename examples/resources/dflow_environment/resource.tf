data "dflow_worker_node" "fra" {
  name = "fra-1"
}

resource "dflow_environment" "production" {
  name         = "shop-production"
  description  = "What customers see"
  worker_nodes = [data.dflow_worker_node.fra.id]
}
