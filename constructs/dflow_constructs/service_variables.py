"""The variables of one service, as they grow."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_bindings import ServiceVariables as ServiceVariablesResource
from dflow_cdk import cdk
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import has_token
from dflow_constructs.variable_check import check_key, check_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.service import Service
    from dflow_constructs.variable_value import VariableValue


@dataclass(frozen=True)
class _Held:
    value: VariableValue
    origin: str


class ServiceVariables:
    """Variables under their names, each known by where it came from.

    The Terraform resource comes into being with the first variable; a service without variables has none.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._held: dict[str, _Held] = {}
        self._after: dict[str, None] = {}
        self._resource: ServiceVariablesResource | None = None

    @property
    def values(self) -> dict[str, VariableValue]:
        """The variables by name; a copy."""
        return {key: held.value for key, held in self._held.items()}

    def check(self, values: Mapping[str, VariableValue], origin: str) -> None:
        """Refuse variables that cannot be added, before anything is changed."""
        for key, value in values.items():
            check_key(self._service, key)
            check_value(self._service, key, value)
            held = self._held.get(key)
            if held is not None and (held.value != value or held.origin != origin):
                raise ConfigurationError(
                    self._service,
                    f"variable {key!r} already comes from {held.origin}, and {origin} would set it as well; "
                    "give one of them another name (connect_to takes variable=… or variables=…)",
                )

    def add(self, values: Mapping[str, VariableValue], origin: str, after: cdk.TerraformResource | None = None) -> None:
        """Add variables; they are set once `after` exists. The same ones twice change nothing."""
        self.check(values, origin)
        self._held.update({key: _Held(value, origin) for key, value in values.items()})
        if self._held:
            resource = self._render()
            if after is not None:
                self._after.setdefault(f"{after.terraform_resource_type}.{after.friendly_unique_id}")
                resource.depends_on = list(self._after)

    def _render(self) -> ServiceVariablesResource:
        if self._resource is None:
            self._resource = ServiceVariablesResource(self._service, "Variables", service_id=self._service.service_id)
        stack = self._service.environment.stack
        values = {key: self._held[key].value for key in sorted(self._held)}
        plain = {key: value.rendered(stack.reveal) for key, value in values.items() if not value.is_secret}
        secret = {key: value.rendered(stack.reveal) for key, value in values.items() if value.is_secret}
        if plain:
            self._resource.inputs["variables"] = plain
        if secret:
            self._resource.inputs["secret_variables_wo"] = secret
            self._resource.inputs["secret_variables_wo_version"] = _version(values)
        return self._resource


def _version(values: Mapping[str, VariableValue]) -> str:
    # Terraform keeps no copy of a write-only value: without this it would not see that a host or a port has changed.
    outline = "; ".join(f"{key}={value.outline}" for key, value in values.items() if value.is_secret)
    if has_token(outline):
        return cdk.Fn.sha256(outline)
    return hashlib.sha256(outline.encode()).hexdigest()
