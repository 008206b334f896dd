# by type and name
terraform import dflow_docker_registry.ghcr github/acme

# by name, where only one account has it
terraform import dflow_docker_registry.ghcr acme

# by id
terraform import dflow_docker_registry.ghcr 6650f2a9c1d4e80012ab34d2
