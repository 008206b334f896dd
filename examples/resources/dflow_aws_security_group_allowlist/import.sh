# <region>/<security group id>/<owner>, which is the id in the state
terraform import dflow_aws_security_group_allowlist.orders eu-central-1/sg-0123456789abcdef0/shop/orders

# in the region of AWS_REGION or AWS_DEFAULT_REGION
terraform import dflow_aws_security_group_allowlist.orders sg-0123456789abcdef0/shop/orders

# where the owner has rules on several ports
terraform import dflow_aws_security_group_allowlist.orders sg-0123456789abcdef0/shop/orders@5432
