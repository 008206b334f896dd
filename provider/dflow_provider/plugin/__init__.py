"""Terraform's plugin protocol 6, served over gRPC."""
