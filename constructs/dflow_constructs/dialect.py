"""Readers of connection URLs that want them spelled differently."""

from __future__ import annotations

from enum import Enum


class Dialect(Enum):
    """Who reads a URL; the value is what people call it."""

    NATIVE = "native"
    DJANGO = "Django"
    JDBC = "JDBC"
    NODE = "Node"
    PRISMA = "Prisma"
    RAILS = "Rails"
