resource "aws_security_group" "orders" {
  name = "orders"
}

resource "aws_vpc_security_group_ingress_rule" "orders" {
  security_group_id = aws_security_group.orders.id
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "18.195.4.7/32"
  description       = "dflow: orders from fra-1 (shop/orders)"
}

resource "aws_db_instance" "orders" {
  identifier             = "orders"
  instance_class         = "db.t4g.micro"
  engine                 = "postgres"
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.orders.id, "sg-0123456789abcdef0"]
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  port                 = 6379
  security_group_ids   = ["sg-0123456789abcdef0"]
}
