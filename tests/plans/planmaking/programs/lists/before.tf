# Lists of databases with nothing of anybody else's on them.

resource "dflow_neon_allowlist" "emptied" {
  project_id  = "quiet-river-12345678"
  owner       = "shop/orders"
  allow_first = true
  entries     = { "fra-1" = { cidr = "18.195.4.7/32" } }
}

resource "dflow_upstash_allowlist" "first" {
  database_id = "93e3a3e1-53b1-4f8c-9d2e-7a0c5b6d1e2f"
  owner       = "shop/cache"
  entries     = {}
}

resource "dflow_render_postgres_allowlist" "emptied_and_closed" {
  postgres_id = "dpg-cq1m2n3p4q5r6s7t8u9v-a"
  owner       = "shop/report"
  entries     = { "fra-1" = { cidr = "18.195.4.7/32" } }
}

resource "dflow_redis_cloud_allowlist" "full" {
  subscription_id = "112233"
  database_id     = "51045678"
  owner           = "shop/sessions"
  entry_quota     = 4
  entries         = { "fra-1" = { cidr = "18.195.4.7/32" } }
}
