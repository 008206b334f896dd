# <region>/<security group id>/<owner>; without <region>/ where the configuration has no `region` either
terraform import dflow_aws_security_group_allowlist.orders eu-central-1/sg-0123456789abcdef0/shop/orders

# where the owner has rules on several ports
terraform import dflow_aws_security_group_allowlist.orders eu-central-1/sg-0123456789abcdef0/shop/orders@5432
