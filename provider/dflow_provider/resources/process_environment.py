"""`ephemeral.dflow_process_environment`: a variable of the process that runs Terraform."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import STRING, Attribute, Exposure, Presence, ProviderError, Schema

if TYPE_CHECKING:
    from dflow_provider.backend import Backend
    from dflow_provider.schema import Call, Values


class ProcessEnvironment:
    """One environment variable, for one run."""

    schema: ClassVar[Schema] = Schema(
        "The value of an environment variable of the process that runs Terraform, for write-only arguments. It "
        "exists for one run and stands in no plan and no state. Unlike a Terraform variable it needs no `TF_VAR_` "
        "name and is not asked for on the terminal.",
        (
            Attribute(
                "name",
                STRING,
                Presence.REQUIRED,
                "Name of the environment variable, as the shell spells it (`ORDERS_PASSWORD`).",
                validators=(NotBlank(),),
            ),
            Attribute(
                "value",
                STRING,
                Presence.COMPUTED,
                "Its value. A variable that is absent or empty is an error.",
                exposure=Exposure.SENSITIVE,
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def open(self, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Read the variable from the environment that Terraform handed to the provider."""
        name = str(config["name"])
        value = self._backend.environment.get(name)
        if not value:
            found = "is not set" if value is None else "is set but empty"
            raise ProviderError(
                "Environment variable has no value",
                f"The environment variable {name} {found} for the process that runs Terraform. Set it before the "
                f"run, for instance `export {name}=…`, or in the settings of your pipeline.",
                ("name",),
            )
        return {**config, "value": value}
