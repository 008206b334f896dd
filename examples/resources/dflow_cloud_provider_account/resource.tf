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
