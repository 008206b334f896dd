"""Who can now reach which database: reads Terraform plans, asks nobody else, and needs no credentials."""
