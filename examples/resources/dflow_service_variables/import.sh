# by the service's name: <environment name>/<service name>
terraform import dflow_service_variables.web shop-production/shop-production-web

# by the service's id
terraform import dflow_service_variables.web 6650f2a9c1d4e80012ab34ce
