"""asyncpg, which reads libpq's URLs with a parser of its own."""

import asyncio
from collections.abc import Mapping

import asyncpg
from conversation import converse


def attempt(variables: Mapping[str, str]) -> None:
    asyncio.run(login(variables["DATABASE_URL"]))


async def login(url: str) -> None:
    connection = await asyncpg.connect(url, timeout=10)
    connection.terminate()


converse(attempt)
