# DFLOW003: an empty list lets everybody in at Neon, and nobody at Render.
resource "dflow_neon_allowlist" "emptied" {
  project_id  = "quiet-river-12345678"
  owner       = "shop/orders"
  allow_empty = true
  entries     = {}
}

resource "dflow_render_postgres_allowlist" "emptied_and_closed" {
  postgres_id = "dpg-cq1m2n3p4q5r6s7t8u9v-a"
  owner       = "shop/report"
  entries     = {}
}

# DFLOW005: the first entry locks everybody else out, where nothing on the list let everybody in.
resource "dflow_upstash_allowlist" "first" {
  database_id = "93e3a3e1-53b1-4f8c-9d2e-7a0c5b6d1e2f"
  owner       = "shop/cache"
  allow_first = true
  entries     = { "fra-1" = { cidr = "18.195.4.7/32" } }
}

# DFLOW008: with two entries that are somebody else's the list is full.
resource "dflow_redis_cloud_allowlist" "full" {
  subscription_id = "112233"
  database_id     = "51045678"
  owner           = "shop/sessions"
  entry_quota     = 4
  entries         = { "fra-1" = { cidr = "18.195.4.7/32" }, "fra-2" = { cidr = "3.121.8.20/32" } }
}

# DFLOW022: fra-1 leaves by IPv6 too, as Supabase's list says, and Crunchy Bridge's lets in its IPv4 address alone.
resource "dflow_supabase_allowlist" "by_ipv6" {
  project_ref = "abcdefghijklmnopqrst"
  owner       = "shop/events"
  entries     = { "fra-1" = { cidr = "2a05:d014:1::7/128" } }
}

resource "dflow_crunchy_bridge_allowlist" "by_ipv4" {
  network_id = "oap3kavluvgm7cwtzgaaixzfoi"
  owner      = "shop/ledger"
  entries    = { "fra-1" = { cidr = "18.195.4.7/32" } }
}
