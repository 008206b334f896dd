"""clickhouse-driver; the authority comes beside the URL."""

from collections.abc import Mapping

from clickhouse_driver.connection import Connection
from clickhouse_driver.util.helpers import parse_url
from conversation import converse


def attempt(variables: Mapping[str, str]) -> None:
    host, options = parse_url(variables["CLICKHOUSE_URL"])
    if "CLICKHOUSE_CA_FILE" in variables:
        options["ca_certs"] = variables["CLICKHOUSE_CA_FILE"]
    connection = Connection(host, connect_timeout=10, **options)
    try:
        connection.force_connect()
    finally:
        connection.disconnect()


converse(attempt)
