# by name: <environment name>/<service name>
terraform import dflow_database_service.cache shop-production/shop-production-cache

# by id
terraform import dflow_database_service.cache 6650f2a9c1d4e80012ab34d0
