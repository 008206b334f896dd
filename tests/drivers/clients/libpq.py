"""psycopg, that is libpq: a URL, or the variables that libpq reads by itself."""

import os
from collections.abc import Mapping

import psycopg
from conversation import converse


def attempt(variables: Mapping[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    os.environ.update({name: value for name, value in variables.items() if name.startswith("PG")})
    psycopg.connect(variables.get("DATABASE_URL", ""), connect_timeout=10).close()


converse(attempt)
