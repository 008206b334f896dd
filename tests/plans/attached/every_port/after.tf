resource "aws_vpc_security_group_ingress_rule" "office" {
  security_group_id = "sg-0fedcba9876543210"
  description       = "office"
  cidr_ipv4         = "52.28.9.30/32"
  ip_protocol       = "-1"
}
