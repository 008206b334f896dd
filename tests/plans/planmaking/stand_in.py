"""A provider that stands in for one of the vendors' own: it takes the arguments that one documents, and does nothing.

With it, the real Terraform evaluates what the constructs render. `python stand_in.py aws --serve`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, ClassVar

from dflow_provider.plugin.main import run
from dflow_provider.schema import (
    BOOL,
    NUMBER,
    STRING,
    UNKNOWN,
    Attribute,
    Call,
    ListOf,
    MapOf,
    Nested,
    NestingMode,
    Presence,
    Schema,
    Values,
)

SCHEMAS = Path(__file__).resolve().parents[2] / "library" / "data" / "official_schemas.json"
_TYPES = {"string": STRING, "number": NUMBER, "bool": BOOL, "list": ListOf(STRING), "map": MapOf(STRING)}


class Anything:
    """A resource that becomes what is planned."""

    schema: ClassVar[Schema]

    def __init__(self, _: object) -> None:
        """Need nothing."""

    def create(self, plan: Values, _config: Values, _call: Call) -> Values:
        """Fill in what is computed."""
        return {name: "made-1" if value is UNKNOWN else value for name, value in plan.items()}

    def read(self, state: Values, _call: Call) -> Values:
        """Find it as it was left."""
        return state

    def update(self, _prior: Values, plan: Values, _config: Values, _call: Call) -> Values:
        """Become what is planned."""
        return dict(plan)

    def delete(self, _state: Values, _call: Call) -> None:
        """Do nothing."""


class StandIn:
    """A provider with the resource types of a local name."""

    data_sources: ClassVar[dict[str, Any]] = {}
    ephemeral_resources: ClassVar[dict[str, Any]] = {}
    functions: ClassVar[dict[str, Any]] = {}

    def __init__(self, name: str) -> None:
        """Take the types whose names begin with the provider's."""
        self.name = name
        nothing = Nested(NestingMode.LIST, ())
        self.schema = Schema("A stand-in.", (_optional("features", nothing),))
        documented = json.loads(SCHEMAS.read_text(encoding="utf-8"))
        self.resources = {
            kind: type("Documented", (Anything,), {"schema": _schema(facts["arguments"])})
            for kind, facts in documented.items()
            if kind.startswith(f"{name}_")
        }

    def configure(self, _config: Values, _call: Call) -> None:
        """Need nothing."""


def _schema(arguments: dict[str, Any]) -> Schema:
    computed = Attribute("id", STRING, Presence.COMPUTED, "The id.")
    return Schema("A stand-in.", (computed, *_attributes(arguments)))


def _attributes(arguments: dict[str, Any]) -> tuple[Attribute, ...]:
    found = []
    for name, facts in arguments.items():
        kind = _TYPES[facts["type"]] if "type" in facts else Nested(NestingMode.LIST, _attributes(facts["block"]))
        presence = Presence.REQUIRED if facts["required"] else Presence.OPTIONAL
        found.append(Attribute(name, kind, presence, "As documented."))
    return tuple(found)


def _optional(name: str, kind: Any) -> Attribute:
    return Attribute(name, kind, Presence.OPTIONAL, "As documented.")


if __name__ == "__main__":
    sys.exit(run(lambda: StandIn(sys.argv[1]), sys.argv[2:]))
