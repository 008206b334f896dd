# The value of the environment variable GHCR_TOKEN, where Terraform runs.
ephemeral "dflow_process_environment" "ghcr_token" {
  name = "GHCR_TOKEN"
}

resource "dflow_docker_registry" "ghcr" {
  name                = "acme"
  type                = "github"
  username            = "acme-bot"
  password_wo         = ephemeral.dflow_process_environment.ghcr_token.value
  password_wo_version = "1"
}
