# Of a database cluster of DigitalOcean; DIGITALOCEAN_TOKEN is in the environment.
data "dflow_certificate_authority" "orders" {
  vendor = "digitalocean"

  locators = {
    cluster_id = "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"
  }
}

data "dflow_service" "web" {
  environment = "shop-production"
  name        = "shop-production-web"
}

# The service writes it to a file when it starts: echo "$DATABASE_CA_BASE64" | base64 -d > /tmp/orders.pem
resource "dflow_service_variables" "web" {
  service_id = data.dflow_service.web.id

  variables = {
    DATABASE_CA_BASE64 = base64encode(data.dflow_certificate_authority.orders.pem)
  }
}
