"""The attributes that app, docker and database services share."""

from __future__ import annotations

from dflow_provider.resources.validators import SERVICE_NAME, NotBlank
from dflow_provider.schema import BOOL, STRING, Attribute, OnChange, Presence

ID = Attribute(
    "id",
    STRING,
    Presence.COMPUTED,
    "The service's id in dFlow. It stays the same while the service exists; references between services use `name`.",
)
ENVIRONMENT_ID = Attribute(
    "environment_id",
    STRING,
    Presence.REQUIRED,
    "Id of the `dflow_environment` the service belongs to. The Environment decides on which Worker Node the service "
    "runs. dFlow keeps a service where it was made, so another Environment means a new service.",
    on_change=OnChange.REPLACE,
    validators=(NotBlank(),),
)
NAME = Attribute(
    "name",
    STRING,
    Presence.REQUIRED,
    "The service's full name, exactly as dFlow and the Worker Node use it and as reference variables spell it "
    "(`{{ <name>.POSTGRES_URI }}`). It is unique within the organisation, so start it with the Environment's name "
    "(`shop-production-web`). The name is also the application's name on the node, so another name means a new "
    "service.",
    on_change=OnChange.REPLACE,
    validators=(SERVICE_NAME,),
)
DESCRIPTION = Attribute(
    "description",
    STRING,
    Presence.OPTIONAL,
    "Free text that dFlow's dashboard shows beside the service. Left out, there is none.",
)
HARD_DELETE = Attribute(
    "hard_delete",
    BOOL,
    Presence.OPTIONAL_COMPUTED,
    "What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from "
    "where an operator can bring it back; `true` removes the record for good. Neither stops what already runs on the "
    "Worker Node.",
    default=False,
)
CREATED_AT = Attribute(
    "created_at",
    STRING,
    Presence.COMPUTED,
    "When dFlow made the service, as an RFC 3339 time in UTC.",
)
