# The value of the environment variable DFLOW_AWS_SECRET, where Terraform runs.
ephemeral "dflow_process_environment" "aws_secret" {
  name = "DFLOW_AWS_SECRET"
}

resource "dflow_cloud_provider_account" "production" {
  name = "production"
  type = "aws"

  aws = {
    access_key_id                = "AKIAIOSFODNN7EXAMPLE"
    secret_access_key_wo         = ephemeral.dflow_process_environment.aws_secret.value
    secret_access_key_wo_version = "1"
  }
}

resource "dflow_security_group" "web" {
  name                      = "shop-web"
  description               = "Worker Nodes of the shop"
  cloud_provider            = "aws"
  cloud_provider_account_id = dflow_cloud_provider_account.production.id

  inbound_rules = [
    { type = "https", cidr = "0.0.0.0/0", description = "customers" },
    { type = "ssh", cidr = "198.51.100.7/32", description = "dFlow" },
  ]

  outbound_rules = [
    { type = "all-traffic", cidr = "0.0.0.0/0" },
  ]

  tags = {
    team = "shop"
  }

  # Fail if AWS does not have the group as it stands here. The next apply goes on with the same group.
  lifecycle {
    postcondition {
      condition     = !self.sync || self.sync_status == "in-sync"
      error_message = "AWS does not have the security group shop-web as configured: ${self.sync_status}."
    }
  }
}
