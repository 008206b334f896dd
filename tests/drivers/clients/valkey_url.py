"""valkey-py, which has to be told to look at the host name; the authority comes beside the URL."""

from collections.abc import Mapping

import valkey
from conversation import converse
from valkey.backoff import NoBackoff
from valkey.retry import Retry


def attempt(variables: Mapping[str, str]) -> None:
    tls = {"ssl_ca_certs": variables["REDIS_CA_FILE"]} if "REDIS_CA_FILE" in variables else {}
    client = valkey.Valkey.from_url(variables["REDIS_URL"], retry=Retry(NoBackoff(), 0), socket_timeout=10, **tls)
    with client:
        client.ping()


converse(attempt)
