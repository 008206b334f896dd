"""The dflow provider: its settings, and what it manages by way of the catalogue."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING

from dflow_provider.catalogue import DATA_SOURCES, EPHEMERAL_RESOURCES, FUNCTIONS, RESOURCES
from dflow_provider.importing import IMPORTING
from dflow_provider.schema import STRING, Attribute, Exposure, Presence, Schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.backend import Backend
    from dflow_provider.schema import Call, DataSourceType, EphemeralResourceType, Function, ResourceType, Values

_SCHEMA = Schema(
    "Manages Environments, services and their variables in dFlow, and the firewall entries that let them reach "
    "databases elsewhere. It talks to the REST API of a self-hosted control plane with the API key of an "
    "administrator; every setting can come from the environment instead.",
    (
        Attribute(
            "endpoint",
            STRING,
            Presence.OPTIONAL,
            "Address of the control plane with its scheme, as in the browser (`https://dflow.example.com`). By default "
            "the environment variable `DFLOW_ENDPOINT`.",
        ),
        Attribute(
            "api_key",
            STRING,
            Presence.OPTIONAL,
            "API key of a dFlow user with the role `admin`. By default the environment variable `DFLOW_API_KEY`, where "
            "it is safer.",
            exposure=Exposure.SENSITIVE,
        ),
        Attribute(
            "tenant",
            STRING,
            Presence.OPTIONAL,
            "Slug of the organisation that everything is managed in, as it stands in the dashboard's address. By "
            "default the environment variable `DFLOW_TENANT`.",
        ),
        Attribute(
            "ca_file",
            STRING,
            Presence.OPTIONAL,
            "Path of a PEM file with certificate authorities to trust besides the system's, for a control plane with a "
            "private certificate. By default the environment variable `DFLOW_CA_FILE`, else none. There is no way "
            "to turn verification off.",
        ),
    ),
)


class DflowProvider:
    """What the plugin layer serves.

    Args:
        environment: the environment variables that settings fall back to; those of the process by default.
    """

    name = "dflow"
    schema = _SCHEMA
    resources: Mapping[str, ResourceType] = RESOURCES
    data_sources: Mapping[str, DataSourceType] = DATA_SOURCES
    ephemeral_resources: Mapping[str, EphemeralResourceType] = EPHEMERAL_RESOURCES
    functions: Mapping[str, Function] = FUNCTIONS

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = MappingProxyType(dict(os.environ if environment is None else environment))

    def configure(self, config: Values, call: Call) -> Backend:
        """Keep the settings; whether they are usable shows when something needs them."""
        with IMPORTING:
            from dflow_provider.backend import Backend  # noqa: PLC0415  # schema and validation do without

        backend = Backend(config, self._environment)
        backend.warn_of_clear_text(call.report)
        return backend
