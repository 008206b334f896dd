data "dflow_service" "web" {
  environment = "shop-production"
  name        = "shop-production-web"
}

# A secret that the build machine mounts.
ephemeral "dflow_process_file" "session_key" {
  path = "/run/secrets/session_key"
}

resource "dflow_service_variables" "web" {
  service_id = data.dflow_service.web.id

  secret_variables_wo = {
    SESSION_KEY = ephemeral.dflow_process_file.session_key.value
  }
  secret_variables_wo_version = "1"
}
