"""The variables of one service, as they grow."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dflow_bindings import ServiceVariables as ServiceVariablesResource
from dflow_cdk import cdk
from dflow_constructs.database_endpoint import DatabaseEndpoint
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import escaped, has_token
from dflow_constructs.variable_check import check_key, check_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_constructs.database import Database
    from dflow_constructs.service import Service
    from dflow_constructs.variable_value import VariableValue


class Origin(Protocol):
    """Where a variable comes from, in words."""

    def __str__(self) -> str: ...


@dataclass(frozen=True)
class OwnVariables:
    """The origin of what a program gives a service itself."""

    def __str__(self) -> str:
        return "the service's own variables"


@dataclass(frozen=True)
class FromEnvironment:
    """The origin of what every service of an Environment has unless something else sets it."""

    def __str__(self) -> str:
        return "the Environment's variables"


@dataclass(frozen=True)
class FromDatabase:
    """The origin of what a connection sets."""

    database: Database

    def __str__(self) -> str:
        place = self.database if isinstance(self.database, DatabaseEndpoint) else self.database.node.path
        return f"the connection to {place}"


@dataclass(frozen=True)
class _Held:
    value: VariableValue
    origin: Origin


class ServiceVariables:
    """Variables under their names, each known by where it came from.

    The Terraform resource comes into being with the first variable; a service without variables has none.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._held: dict[str, _Held] = {}
        self._after: list[str] = []
        self._resource: ServiceVariablesResource | None = None

    @property
    def values(self) -> dict[str, VariableValue]:
        """The variables by name; a copy."""
        return {key: held.value for key, held in self._held.items()}

    def check(self, values: Mapping[str, VariableValue], origin: Origin) -> None:
        """Refuse variables that cannot be added, before anything is changed."""
        for key, value in values.items():
            check_key(self._service, key)
            check_value(self._service, key, value)
            self._check_free(key, _Held(value, origin))

    def add(self, values: Mapping[str, VariableValue], origin: Origin, after: Sequence[str] = ()) -> None:
        """Add variables that have been checked; the same ones twice change nothing.

        Args:
            values: the variables by name.
            origin: where they come from.
            after: the addresses of resources that have to exist before they are set.
        """
        self._held.update({key: _Held(value, origin) for key, value in values.items()})
        if not self._held:
            return
        resource = self._render()
        new = [address for address in after if address not in self._after]
        if new:
            self._after += new
            resource.depends_on = self._after

    def add_defaults(self, values: Mapping[str, VariableValue]) -> None:
        """Add what the Environment gives each of its services, but for the names that something else has set."""
        origin = FromEnvironment()
        free = {key: value for key, value in values.items() if self._is_free(key)}
        for key, value in free.items():
            check_key(self._service, key)
            check_value(self._service, key, value)
        self.add(free, origin)

    def _is_free(self, key: str) -> bool:
        held = self._held.get(key)
        return held is None or isinstance(held.origin, FromEnvironment)

    def _check_free(self, key: str, wanted: _Held) -> None:
        held = self._held.get(key)
        if held is None or held == wanted or self._is_free(key):
            return
        if held.origin == wanted.origin:
            raise ConfigurationError(
                self._service, f"variable {key!r} already has another value from {held.origin}; set it once"
            )
        raise ConfigurationError(
            self._service,
            f"variable {key!r} already comes from {held.origin}, and {wanted.origin} would set it as well; "
            "give one of them another name (connect_to takes variable=… or variables=…)",
        )

    def _render(self) -> ServiceVariablesResource:
        if self._resource is None:
            self._resource = ServiceVariablesResource(self._service, "Variables", service_id=self._service.service_id)
        reveal = self._service.environment.stack.reveal
        values = {key: self._held[key].value for key in sorted(self._held)}
        plain = {key: value.rendered(reveal) for key, value in values.items() if not value.is_secret}
        secret = {key: value.rendered(reveal) for key, value in values.items() if value.is_secret}
        inputs = self._resource.inputs
        # What stood there before goes: a service's own value may have taken the place of an Environment's secret.
        inputs.pop("variables", None)
        inputs.pop("secret_variables_wo", None)
        inputs.pop("secret_variables_wo_version", None)
        if plain:
            inputs["variables"] = plain
        if secret:
            inputs["secret_variables_wo"] = secret
            inputs["secret_variables_wo_version"] = _version(values)
        return self._resource


def _version(values: Mapping[str, VariableValue]) -> str:
    # Terraform keeps no copy of a write-only value: without this it would not see that a host or a port has changed.
    outline = "; ".join(f"{key}={value.outline}" for key, value in values.items() if value.is_secret)
    if has_token(outline):
        return cdk.Fn.sha256(escaped(outline))
    return hashlib.sha256(outline.encode()).hexdigest()[:16]
