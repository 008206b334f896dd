# by name
terraform import dflow_ssh_key.deploy deploy-2026

# by id
terraform import dflow_ssh_key.deploy 6650f2a9c1d4e80012ab34d1
