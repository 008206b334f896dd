# DFLOW040 and DFLOW041: staging leaves from the node that production's database lets in, and from no other.
data "dflow_worker_node" "munich" {
  name = "muc-1"
}

resource "dflow_environment" "staging" {
  name         = "shop-staging"
  worker_nodes = [data.dflow_worker_node.fra.id]
}

resource "dflow_environment" "reports" {
  name         = "reports-production"
  worker_nodes = [data.dflow_worker_node.munich.id]
}

resource "dflow_upstash_allowlist" "shared" {
  database_id = "93e3a3e1-53b1-4f8c-9d2e-7a0c5b6d1e2f"
  owner       = "shop/production-cache"
  database    = "production-cache"
  entries     = { "fra-1" = { cidr = data.dflow_worker_node.fra.outbound_cidr } }
}

resource "dflow_render_postgres_allowlist" "unshared" {
  postgres_id = "dpg-cq1m2n3p4q5r6s7t8u9v-a"
  owner       = "reports/production"
  database    = "production-reports"
  entries     = { "muc-1" = { cidr = data.dflow_worker_node.munich.outbound_cidr } }
}

# Variables as they should be.
resource "dflow_service_variables" "good" {
  service_id = dflow_docker_service.good.id

  variables = {
    DATABASE_URL = "postgres://shop@orders.example.com/orders?sslmode=verify-full"
    INSIDE_URL   = "{{ shop-production-inside.POSTGRES_URI }}"
    LOG_LEVEL    = "info"
  }
}

# DFLOW060, 061, 062, 063, 080, 081 and 082, one in each; the secrets are made up.
resource "dflow_service_variables" "bad" {
  service_id = dflow_docker_service.bad.id

  variables = {
    CLEAR_URL      = "postgres://shop@orders.example.com/orders?sslmode=disable"
    UNVERIFIED_URL = "postgres://shop@orders.example.com/orders?sslmode=require"
    LITERAL_URL    = "postgres://shop:not-a-real-password@orders.example.com/orders?sslmode=verify-full"
    ADMIN_PASSWORD = "not-a-real-password"
    GONE_URL       = "{{ shop-production-inside.REDIS_URI }}"
    BUILD          = "007"
    SESSION_KEY    = "{{ secret(32, 'abcdef') }}"
  }
}

# DFLOW043: everybody reaches PostgreSQL on the nodes of the one; the other's lets in one address.
ephemeral "dflow_process_environment" "secret" {
  name = "DFLOW_AWS_SECRET"
}

resource "dflow_cloud_provider_account" "production" {
  name = "production"
  type = "aws"

  aws = {
    access_key_id                = "AKIAIOSFODNN7EXAMPLE"
    secret_access_key_wo         = ephemeral.dflow_process_environment.secret.value
    secret_access_key_wo_version = "1"
  }
}

resource "dflow_security_group" "open" {
  name                      = "shop-open"
  description               = "Worker Nodes of the shop"
  cloud_provider            = "aws"
  cloud_provider_account_id = dflow_cloud_provider_account.production.id
  inbound_rules             = [{ type = "postgresql", cidr = "0.0.0.0/0", description = "everybody" }]
}

resource "dflow_security_group" "closed" {
  name                      = "shop-closed"
  description               = "Worker Nodes of the shop"
  cloud_provider            = "aws"
  cloud_provider_account_id = dflow_cloud_provider_account.production.id
  inbound_rules             = [{ type = "postgresql", cidr = "18.195.4.7/32", description = "the office" }]
}

# DFLOW100: one deployment waits for the entries that its Environment needs, the other does not.
resource "dflow_neon_allowlist" "orders" {
  project_id = "quiet-river-12345678"
  owner      = "shop/orders"
  entries    = { "fra-1" = { cidr = "18.195.4.7/32" } }
}

resource "dflow_deployment" "waiting" {
  service_id = dflow_docker_service.good.id
  start      = "manual"
  depends_on = [dflow_neon_allowlist.orders, dflow_upstash_allowlist.shared]
}

resource "dflow_deployment" "hasty" {
  service_id = dflow_docker_service.bad.id
  start      = "manual"
}

# DFLOW064: what was accepted before is no news.
output "accepted_risks" {
  value = { "shop/old" = ["the load test of May"], "shop/orders" = ["load test until Friday"] }
}
