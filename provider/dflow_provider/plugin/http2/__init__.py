"""gRPC on the standard library: `ssl`, and the part of HTTP/2 that calls with one request and one response need."""
