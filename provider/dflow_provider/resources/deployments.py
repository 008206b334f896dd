"""`data.dflow_deployments`: how the latest deployments of a service went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.record_lookup import record_with_id
from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import NUMBER, STRING, Attribute, Nested, NestingMode, Presence, Schema

if TYPE_CHECKING:
    from dflow_provider.backend import Backend
    from dflow_provider.schema import Call, Value, Values

_MOST = 100


@dataclass(frozen=True)
class _Count:
    description: str = f"a whole number from 1 to {_MOST}"

    def problem(self, value: Value) -> str | None:
        if isinstance(value, int) and 1 <= value <= _MOST:
            return None
        return f"{value} deployments cannot be listed; use {self.description}."


class Deployments:
    """The latest deployments of one service."""

    schema: ClassVar[Schema] = Schema(
        "The latest deployments of a service, the newest first. A deployment that stays `queued` for long was never "
        "picked up: dFlow has no other sign of that.",
        (
            Attribute(
                "service_id", STRING, Presence.REQUIRED, "Id of the service, of any type.", validators=(NotBlank(),)
            ),
            Attribute(
                "limit",
                NUMBER,
                Presence.OPTIONAL_COMPUTED,
                "How many to list at most. By default 10.",
                default=10,
                validators=(_Count(),),
            ),
            Attribute(
                "deployments",
                Nested(
                    NestingMode.LIST,
                    (
                        Attribute("id", STRING, Presence.COMPUTED, "The deployment's id in dFlow."),
                        Attribute("status", STRING, Presence.COMPUTED, "`queued`, `building`, `success` or `failed`."),
                        Attribute(
                            "created_at",
                            STRING,
                            Presence.COMPUTED,
                            "When it was asked for, as an RFC 3339 time in UTC.",
                        ),
                    ),
                ),
                Presence.COMPUTED,
                "The deployments; empty for a service that was never deployed.",
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @explaining()
    def read(self, config: Values, call: Call) -> Values:
        """List the deployments, once it is known that the service is one of this organisation's."""
        dflow = self._backend.control_plane.during(call.stop.wait)
        service = record_with_id(dflow, dflow.services, str(config["service_id"]), ("service_id",))
        limit = config["limit"] if isinstance(config["limit"], int) else 10
        found = dflow.deployments.newest(limit, service=service["id"])
        deployments: list[Value] = [
            {"id": each["id"], "status": each["status"], "created_at": each["createdAt"]} for each in found
        ]
        return {**config, "deployments": deployments}
