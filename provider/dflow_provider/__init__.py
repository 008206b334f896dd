"""The Terraform provider for dFlow."""

__version__ = "0.1.0"
