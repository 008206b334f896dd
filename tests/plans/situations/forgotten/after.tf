removed {
  from = dflow_neon_allowlist.orders
  lifecycle {
    destroy = false
  }
}
