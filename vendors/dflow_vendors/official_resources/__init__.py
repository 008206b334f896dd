"""One module for each Terraform provider of a vendor's, with the resource types that hold allowlist entries."""
