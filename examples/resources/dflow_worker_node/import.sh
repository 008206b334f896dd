# by name
terraform import dflow_worker_node.fra fra-2

# by organisation and name
terraform import dflow_worker_node.fra acme/fra-2

# by id
terraform import dflow_worker_node.fra 6650f2a9c1d4e80012ab34d4
