resource "dflow_aws_prefix_list_allowlist" "orders" {
  region = "eu-central-1"
  prefix_list_id = "pl-0123456789abcdef0"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
