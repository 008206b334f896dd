# by name
terraform import dflow_environment.production shop-production

# by id
terraform import dflow_environment.production 6650f2a9c1d4e80012ab34cd
