"""A provider that stands in for one of the vendors' own: it takes the arguments of that one, and does nothing.

With it, the real Terraform evaluates what the constructs render, or what people write. The arguments are those that
the vendor's provider documents, and for further types those that it publishes. `python stand_in.py aws --serve`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

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
    OnChange,
    Presence,
    Schema,
    SetOf,
    Values,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).resolve().parents[2]
SCHEMAS = TESTS / "library" / "data" / "official_schemas.json"
PUBLISHED = TESTS / "vendors" / "data" / "published"
_TYPES = {"string": STRING, "number": NUMBER, "bool": BOOL, "list": ListOf(STRING), "map": MapOf(STRING)}
_COLLECTIONS = {"list": ListOf, "set": SetOf, "map": MapOf}
_NESTINGS = {
    "list": NestingMode.LIST,
    "set": NestingMode.SET,
    "map": NestingMode.MAP,
    "struct": NestingMode.SINGLE,
}
_REPLACED = {("azurerm_postgresql_flexible_server_firewall_rule", "name")}
"""Arguments whose change makes a new object, as their documentation says: no package has that."""


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
            **{kind: _resource(_published(facts)) for kind, facts in _published_types(name)},
            **{
                kind: _resource(_attributes(facts["arguments"], kind))
                for kind, facts in documented.items()
                if kind.startswith(f"{name}_")
            },
        }

    def configure(self, _config: Values, _call: Call) -> None:
        """Need nothing."""


def _resource(attributes: tuple[Attribute, ...]) -> type[Anything]:
    computed = Attribute("id", STRING, Presence.COMPUTED, "The id.")
    return type("StoodInFor", (Anything,), {"schema": Schema("A stand-in.", (computed, *attributes))})


def _attributes(arguments: dict[str, Any], resource: str = "") -> tuple[Attribute, ...]:
    found = []
    for name, facts in arguments.items():
        kind = _TYPES[facts["type"]] if "type" in facts else Nested(NestingMode.LIST, _attributes(facts["block"]))
        presence = Presence.REQUIRED if facts["required"] else Presence.OPTIONAL
        change = OnChange.REPLACE if (resource, name) in _REPLACED else OnChange.UPDATE
        found.append(Attribute(name, kind, presence, "As documented.", on_change=change))
    return tuple(found)


def _published_types(provider: str) -> Iterator[tuple[str, dict[str, Any]]]:
    file = PUBLISHED / f"{provider}.json"
    content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if content.get("spelled_by") == "terraform":
        yield from content["types"].items()


def _published(facts: dict[str, Any]) -> tuple[Attribute, ...]:
    """Return what people may write; what only the provider fills in is left out."""
    found = []
    for name, said in facts.items():
        kind: Any
        if isinstance(said, dict):
            presence = said["presence"]
            kind = Nested(_NESTINGS[said["nesting"]], _published(said["holds"]))
        else:
            presence, _, words = said.partition(" ")
            collection, _, element = words.rpartition(" of ")
            kind = _TYPES.get(element)
            kind = _COLLECTIONS[collection](kind) if collection and kind is not None else kind
        if name != "id" and presence != "computed" and kind is not None:
            found.append(Attribute(name, kind, Presence[presence.upper()], "As published."))
    return tuple(found)


def _optional(name: str, kind: Any) -> Attribute:
    return Attribute(name, kind, Presence.OPTIONAL, "As documented.")


if __name__ == "__main__":
    sys.exit(run(lambda: StandIn(sys.argv[1]), sys.argv[2:]))
