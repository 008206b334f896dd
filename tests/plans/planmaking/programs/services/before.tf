output "accepted_risks" {
  value = { "shop/old" = ["the load test of May"] }
}
