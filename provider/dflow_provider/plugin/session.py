"""What one connection of Terraform's has configured.

Terraform opens a connection for each provider block of each walk, and configures it once. Nearly always that is a
process of its own, too; a provider it is reattached to serves all of them from one process, each with its own session.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from dflow_provider.schema import Call, ProviderError, Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.schema import (
        DataSource,
        DataSourceType,
        EphemeralResource,
        EphemeralResourceType,
        Provider,
        Resource,
        ResourceType,
    )

Kind = TypeVar("Kind")


class _NotConfigured:
    """Stands where no configuration has arrived yet; `None` may be a backend."""


@dataclass
class Session:
    """A provider, as configured over one connection."""

    provider: Provider
    stop: Stop = field(default_factory=Stop)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._backend: Any = _NotConfigured()
        self._built: dict[tuple[type, str], Any] = {}

    def configure(self, backend: Any) -> None:
        """Use this backend from now on."""
        with self._lock:
            self._backend = backend
            self._built.clear()

    def call(self, private: dict[str, object] | None = None) -> Call:
        """Return what a hook is given besides its values."""
        return Call(stop=self.stop, private={} if private is None else private)

    def resource_type(self, name: str) -> ResourceType:
        """Return a resource's class, which exists without any configuration."""
        return self._find(self.provider.resources, name, "resource")

    def data_source_type(self, name: str) -> DataSourceType:
        """Return a data source's class."""
        return self._find(self.provider.data_sources, name, "data source")

    def ephemeral_resource_type(self, name: str) -> EphemeralResourceType:
        """Return an ephemeral resource's class."""
        return self._find(self.provider.ephemeral_resources, name, "ephemeral resource")

    def resource(self, name: str) -> Resource:
        """Return the resource that works with the configured backend."""
        resource: Resource = self._instance(self.resource_type(name), name)
        return resource

    def data_source(self, name: str) -> DataSource:
        """Return the data source that works with the configured backend."""
        data_source: DataSource = self._instance(self.data_source_type(name), name)
        return data_source

    def ephemeral_resource(self, name: str) -> EphemeralResource:
        """Return the ephemeral resource that works with the configured backend."""
        resource: EphemeralResource = self._instance(self.ephemeral_resource_type(name), name)
        return resource

    def _find(self, types: Mapping[str, Kind], name: str, kind: str) -> Kind:
        if name in types:
            return types[name]
        known = ", ".join(sorted(types)) or "none"
        raise ProviderError(
            f"Unknown {kind} type", f"This version of the provider has no {kind} {name!r}; it has: {known}."
        )

    def _instance(self, kind: Any, name: str) -> Any:
        with self._lock:
            if isinstance(self._backend, _NotConfigured):
                raise ProviderError("Provider is not configured", f"{name} was used before ConfigureProvider arrived.")
            key = (kind, name)
            if key not in self._built:
                self._built[key] = kind(self._backend)
            return self._built[key]
