# by name: <environment name>/<service name>
terraform import dflow_app_service.web shop-production/shop-production-web

# by id
terraform import dflow_app_service.web 6650f2a9c1d4e80012ab34ce
