# by type and name
terraform import dflow_cloud_provider_account.production aws/production

# by name, where only one account has it
terraform import dflow_cloud_provider_account.production production

# by id
terraform import dflow_cloud_provider_account.production 6650f2a9c1d4e80012ab34d3
