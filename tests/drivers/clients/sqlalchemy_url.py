"""SQLAlchemy, with psycopg, which is what it takes for `postgresql://`."""

from collections.abc import Mapping

from conversation import converse
from sqlalchemy import create_engine


def attempt(variables: Mapping[str, str]) -> None:
    engine = create_engine(variables["DATABASE_URL"])
    arguments, options = engine.dialect.create_connect_args(engine.url)
    engine.dialect.connect(*arguments, **options).close()


converse(attempt)
