# The value of the environment variable DEPLOY_KEY, where Terraform runs.
ephemeral "dflow_process_environment" "deploy_key" {
  name = "DEPLOY_KEY"
}

resource "dflow_ssh_key" "deploy" {
  name                   = "deploy-2026"
  public_key             = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE3Kp1jzFJPDMK0bGu5oH3d0xX7H5bYqgGmJZkJ0vYqN dflow"
  private_key_wo         = ephemeral.dflow_process_environment.deploy_key.value
  private_key_wo_version = "1"
}

resource "dflow_worker_node" "fra" {
  name            = "fra-2"
  connection_type = "ssh"
  ip              = "203.0.113.20"
  port            = 22
  username        = "root"
  ssh_key_id      = dflow_ssh_key.deploy.id
}
