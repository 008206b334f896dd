"""redis-py; the authority comes beside the URL."""

from collections.abc import Mapping

import redis
from conversation import converse
from redis.backoff import NoBackoff
from redis.retry import Retry


def attempt(variables: Mapping[str, str]) -> None:
    file = {"ssl_ca_certs": variables["REDIS_CA_FILE"]} if "REDIS_CA_FILE" in variables else {}
    client = redis.Redis.from_url(variables["REDIS_URL"], retry=Retry(NoBackoff(), 0), socket_timeout=10, **file)
    with client:
        client.ping()


converse(attempt)
