resource "ec_deployment_traffic_filter_association" "search" {
  traffic_filter_id = "0f8fad5bd9cb469fa165"
  deployment_id     = "7c9e6679f3b04e8fb1d2"
}
