"""The attributes that resources share which are one document of dFlow's each."""

from __future__ import annotations

from dflow_provider.schema import BOOL, STRING, Attribute, Presence

HARD_DELETE = Attribute(
    "hard_delete",
    BOOL,
    Presence.OPTIONAL_COMPUTED,
    "What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from "
    "where an operator can bring it back; `true` removes the record for good.",
    default=False,
)
CREATED_AT = Attribute(
    "created_at",
    STRING,
    Presence.COMPUTED,
    "When dFlow stored it, as an RFC 3339 time in UTC.",
)
