"""Who vouches for the databases of the stand-ins: an authority whose key nobody has."""

from __future__ import annotations

import base64
from typing import Final

AUTHORITY: Final = """\
-----BEGIN CERTIFICATE-----
MIIB0TCCAXegAwIBAgIUOZE8/M6sXbFOBOu+UsEpBtSZso8wCgYIKoZIzj0EAwIw
PTEWMBQGA1UECgwNZEZsb3cgc2FuZGJveDEjMCEGA1UEAwwaQXV0aG9yaXR5IG9m
IHRoZSBzdGFuZC1pbnMwIBcNMjYxMTIyMTYzNTU2WhgPMjEyNjEwMjkxNjM1NTZa
MD0xFjAUBgNVBAoMDWRGbG93IHNhbmRib3gxIzAhBgNVBAMMGkF1dGhvcml0eSBv
ZiB0aGUgc3RhbmQtaW5zMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENNOREjF0
qy3bk1FgJvoznDJ2a2fqUnfiYdFOMWmDdhFnPZR5V8XkBOJW/hh7YWNrvI55nLuL
Cz+o/CgDO8J/gqNTMFEwHQYDVR0OBBYEFAKSHOcprqqI8bE2rUHAe1HZ0Z4yMB8G
A1UdIwQYMBaAFAKSHOcprqqI8bE2rUHAe1HZ0Z4yMA8GA1UdEwEB/wQFMAMBAf8w
CgYIKoZIzj0EAwIDSAAwRQIhAJ1w65xYEi3HIKuwK1egvVSn6EMf9qu9no41Jhq8
QTJXAiBRJ/zdjZhUIMQvsN0TkVbFjMv/zlQOIT6sv7cGkkh7Qw==
-----END CERTIFICATE-----
"""
"""Good for a hundred years."""


def in_base64(pem: str) -> str:
    """Write a certificate as vendors do whose JSON holds it in base64."""
    return base64.b64encode(pem.encode()).decode()
