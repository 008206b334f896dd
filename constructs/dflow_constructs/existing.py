"""Services that exist already, made in the dashboard or by another stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_bindings import DataService
from dflow_cdk import cdk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct

    from dflow_constructs.environment import Environment


def look_up_service(
    scope: Construct, environment: Environment, name: str, kind: str, more: Mapping[str, str] | None = None
) -> DataService:
    """Look a Service up by its full name, and stop the plan unless it is of a kind.

    Args:
        scope: the construct that stands for the Service.
        environment: the Environment it is in.
        name: its full name in dFlow.
        kind: `app`, `docker` or `database`.
        more: further conditions, each with what the plan says where it does not hold.
    """
    conditions = {
        f'self.type == "{kind}"': f"The program takes {name} for a Service of the type {kind}, and dFlow has another.",
        **(more or {}),
    }
    return DataService(
        scope,
        "Default",
        environment=environment.environment_id,
        name=name,
        lifecycle=cdk.TerraformResourceLifecycle(
            postcondition=[
                cdk.Postcondition(condition=f"${{{condition}}}", error_message=message)
                for condition, message in conditions.items()
            ]
        ),
    )
