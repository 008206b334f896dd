# DFLOW002: the pair of zeros is every machine in Azure; a pair of one's own is not.
resource "azurerm_postgresql_flexible_server_firewall_rule" "azure" {
  name             = "azure"
  server_id        = "azure"
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "own" {
  name             = "web"
  server_id        = "own"
  start_ip_address = "18.195.4.7"
  end_ip_address   = "18.195.4.7"
}

# DFLOW006: a new name makes Terraform remove the entry first, unless it is told otherwise.
resource "azurerm_postgresql_flexible_server_firewall_rule" "renamed" {
  name             = "shop-web"
  server_id        = "renamed"
  start_ip_address = "18.195.4.7"
  end_ip_address   = "18.195.4.7"
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "renamed_without_a_gap" {
  name             = "shop-web"
  server_id        = "renamed-without-a-gap"
  start_ip_address = "18.195.4.7"
  end_ip_address   = "18.195.4.7"

  lifecycle {
    create_before_destroy = true
  }
}

# DFLOW007: two resources write the whole list of one cluster.
resource "digitalocean_database_firewall" "shop" {
  cluster_id = "f0000000-0000-4000-8000-000000000002"
  rule       = [{ type = "ip_addr", value = "18.195.4.7" }]
}

resource "digitalocean_database_firewall" "billing" {
  cluster_id = "f0000000-0000-4000-8000-000000000002"
  rule       = [{ type = "ip_addr", value = "3.121.8.20" }]
}

# DFLOW020 and DFLOW021: a private address, one of examples, and a public one.
resource "mongodbatlas_project_ip_access_list" "private" {
  project_id = "private"
  cidr_block = "10.0.0.4/32"
  comment    = "dflow: orders from fra-1 (shop/orders)"
}

resource "mongodbatlas_project_ip_access_list" "example" {
  project_id = "example"
  cidr_block = "203.0.113.7/32"
  comment    = "dflow: orders from fra-1 (shop/orders)"
}

resource "mongodbatlas_project_ip_access_list" "public" {
  project_id = "public"
  cidr_block = "18.195.4.7/32"
  comment    = "dflow: orders from fra-1 (shop/orders)"
}

# DFLOW023: nobody says whom it lets in.
resource "mongodbatlas_project_ip_access_list" "nameless" {
  project_id = "nameless"
  cidr_block = "18.195.4.7/32"
}

# DFLOW024 and DFLOW025: it has ended, it ends soon, it lasts, for a review on 2026-11-22.
resource "google_sql_database_instance" "ended" {
  name             = "ended"
  database_version = "POSTGRES_16"
  settings = [{
    tier = "db-f1-micro"
    ip_configuration = [{
      ipv4_enabled        = true
      authorized_networks = [{ name = "load test", value = "18.195.4.7/32", expiration_time = "2026-11-01T00:00:00+01:00" }]
    }]
  }]
}

resource "google_sql_database_instance" "ending" {
  name             = "ending"
  database_version = "POSTGRES_16"
  settings = [{
    tier = "db-f1-micro"
    ip_configuration = [{
      ipv4_enabled        = true
      authorized_networks = [{ name = "load test", value = "18.195.4.7/32", expiration_time = "2026-11-30T00:00:00+01:00" }]
    }]
  }]
}

resource "google_sql_database_instance" "lasting" {
  name             = "lasting"
  database_version = "POSTGRES_16"
  settings = [{
    tier = "db-f1-micro"
    ip_configuration = [{
      ipv4_enabled        = true
      authorized_networks = [{ name = "load test", value = "18.195.4.7/32", expiration_time = "2027-06-01T00:00:00+01:00" }]
    }]
  }]
}

# DFLOW060: a database that takes clear text, and one that does not.
resource "azurerm_redis_cache" "clear" {
  name                 = "clear"
  resource_group_name  = "shop"
  location             = "germanywestcentral"
  capacity             = 1
  family               = "C"
  sku_name             = "Standard"
  non_ssl_port_enabled = true
}

resource "azurerm_redis_cache" "encrypted" {
  name                 = "encrypted"
  resource_group_name  = "shop"
  location             = "germanywestcentral"
  capacity             = 1
  family               = "C"
  sku_name             = "Standard"
  non_ssl_port_enabled = false
}
