resource "dflow_aws_security_group_allowlist" "orders" {
  security_group_id = "sg-5ed4e55439f5bec70"
  port = 5432
  database = "orders"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
