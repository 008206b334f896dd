terraform {
  required_version = ">= 1.11"

  required_providers {
    dflow = {
      source  = "dflow-cdktf/dflow"
      version = "~> 0.1"
    }
  }
}

# The API key comes from the environment variable DFLOW_API_KEY.
provider "dflow" {
  endpoint = "https://dflow.example.com"
  tenant   = "acme"
}
