resource "dflow_neon_allowlist" "orders" {
  project_id = "quiet-river-12345678"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}

resource "terraform_data" "approval" {
  input = "pending"
}

resource "dflow_neon_allowlist" "billing" {
  project_id = "quiet-river-12345678"
  owner = "shop/billing"
  entries = {
    "fra-3" = { cidr = "52.28.9.30/32" }
  }
  lifecycle {
    precondition {
      condition     = terraform_data.approval.input == "given"
      error_message = "Nobody has approved this."
    }
  }
}
