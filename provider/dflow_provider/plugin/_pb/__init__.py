"""Terraform's plugin protocol, compiled; see `compile_protocol`."""
