resource "dflow_ibm_cloud_databases_allowlist" "orders" {
  region = "eu-de"
  deployment = "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/0123456789abcdef0123456789abcdef:9e3f0c1d-2b4a-4c6d-8e8f-a0b1c2d3e4f5::"
  owner = "shop/orders"
  entries = {
    "fra-1" = { cidr = "18.195.4.7/32" }
    "fra-2" = { cidr = "3.121.8.20/32" }
  }
}
