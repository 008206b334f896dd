# by name
terraform import dflow_security_group.web shop-web

# by id
terraform import dflow_security_group.web 6650f2a9c1d4e80012ab34d5
