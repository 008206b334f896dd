"""Django, whose settings dj-database-url makes of a URL."""

from collections.abc import Mapping

import dj_database_url
import django.conf
from conversation import converse
from django.db import ConnectionHandler


def attempt(variables: Mapping[str, str]) -> None:
    connection = ConnectionHandler({"default": dj_database_url.parse(variables["DATABASE_URL"])})["default"]
    connection.get_new_connection(connection.get_connection_params()).close()


django.conf.settings.configure()
converse(attempt)
