"""`data.dflow_environment`: an Environment that exists already."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.record_lookup import check_one_of, record_named, record_with_id
from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import STRING, Attribute, ListOf, Presence, Schema

if TYPE_CHECKING:
    from dflow_provider.backend import Backend
    from dflow_provider.schema import Call, Report, Values


class EnvironmentLookup:
    """One Environment."""

    schema: ClassVar[Schema] = Schema(
        "An Environment that exists already, made in the dashboard or by another configuration. To make one use the "
        "resource of the same name.",
        (
            Attribute(
                "id",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "The Environment's id in dFlow. Give this or `name`, not both.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "name",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "The Environment's name. Give this or `id`; two Environments of one name are an error that lists "
                "their ids.",
                validators=(NotBlank(),),
            ),
            Attribute("description", STRING, Presence.COMPUTED, "Free text beside the name; null where there is none."),
            Attribute(
                "worker_nodes",
                ListOf(STRING),
                Presence.COMPUTED,
                "Ids of the Worker Nodes that run its services; in the public control plane exactly one.",
            ),
            Attribute("created_at", STRING, Presence.COMPUTED, "When dFlow made it, as an RFC 3339 time in UTC."),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse a question about no Environment, and one about two."""
        check_one_of(config, report, ("id", "name"), "which Environment is meant")

    @explaining()
    def read(self, config: Values, call: Call) -> Values:
        """Find the Environment."""
        dflow = self._backend.control_plane.during(call.stop.wait)
        if config["id"] is not None:
            document = record_with_id(dflow, dflow.projects, str(config["id"]), ("id",))
        else:
            document = record_named(dflow, dflow.projects, str(config["name"]), ("name",))
        server = document.get("server")
        return {
            "id": document["id"],
            "name": document["name"],
            "description": document.get("description"),
            "worker_nodes": [server] if server else [],
            "created_at": document["createdAt"],
        }
