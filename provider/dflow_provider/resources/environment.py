"""`dflow_environment`: a named place on one Worker Node that services live in."""

from __future__ import annotations

from typing import ClassVar

from dflow_provider.resources.validators import ENVIRONMENT_NAME
from dflow_provider.schema import BOOL, STRING, Attribute, ListOf, Presence, Schema


class Environment:
    """An Environment of one Application."""

    schema: ClassVar[Schema] = Schema(
        "An Environment: the place, on one Worker Node, that services live in. In the public control plane it is "
        "what the dashboard calls a project.\n\n"
        "Import by id or by name: `terraform import dflow_environment.production shop-production`.",
        (
            Attribute(
                "id",
                STRING,
                Presence.COMPUTED,
                "The Environment's id in dFlow; services refer to it as `environment_id`.",
            ),
            Attribute(
                "name",
                STRING,
                Presence.REQUIRED,
                "The Environment's name, unique within the organisation. Changing it renames the Environment in "
                "place; the names of its services stay as they are.",
                validators=(ENVIRONMENT_NAME,),
            ),
            Attribute(
                "description",
                STRING,
                Presence.OPTIONAL,
                "Free text that dFlow's dashboard shows beside the name. Left out, there is none.",
            ),
            Attribute(
                "worker_nodes",
                ListOf(STRING),
                Presence.REQUIRED,
                "Ids of the Worker Nodes that run the Environment's services, from `data.dflow_worker_node.….id`. "
                "The public control plane attaches exactly one Worker Node, so the list has exactly one id, and "
                "dFlow does not move services: a changed node on an existing Environment is refused at plan. Make "
                "a new Environment on the other node and move the services there.",
            ),
            Attribute(
                "hard_delete",
                BOOL,
                Presence.OPTIONAL_COMPUTED,
                "What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the "
                "dashboard, from where an operator can bring it back; `true` removes the record for good. Services "
                "that Terraform does not know of stay in either case, without an Environment.",
                default=False,
            ),
            Attribute(
                "created_at",
                STRING,
                Presence.COMPUTED,
                "When dFlow made the Environment, as an RFC 3339 time in UTC.",
            ),
        ),
    )
