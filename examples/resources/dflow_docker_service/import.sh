# by name: <environment name>/<service name>
terraform import dflow_docker_service.api shop-production/shop-production-api

# by id
terraform import dflow_docker_service.api 6650f2a9c1d4e80012ab34cf
