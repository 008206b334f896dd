"""Who leaves from where and what is let in to which database, put together from the outputs of stacks."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn, TypeVar

from dflow_cli.failure import CommandError
from dflow_cli.terraform_outputs import DATABASE_ACCESS, OUTBOUND_ADDRESSES
from dflow_review.outputs.escape import visible

if TYPE_CHECKING:
    from dflow_cli.terraform_outputs import Outputs

_Value = TypeVar("_Value")


@dataclass(frozen=True, order=True)
class Place:
    """One place of a database that is opened, and the list it is behind.

    Attributes:
        database: the construct path of the database.
        name: `database`, `pooler`, or `replica-<name>`.
        host: the host name that Services connect to.
        port: the port that is opened.
        list_name: what kind of list it is: `Neon IP Allow`.
        vendor: the vendor's key; empty where the list is nobody's in particular.
        fields: which one of the kind, as names and values.
        instructions: what a person has to do; empty where Terraform does it.
    """

    database: str
    name: str
    host: str
    port: int
    list_name: str
    vendor: str
    fields: tuple[tuple[str, str], ...]
    instructions: str


@dataclass(frozen=True)
class Entry:
    """What is let in. `cidr` is None where nobody knows the address, `expires_at` where it never ends."""

    cidr: str | None
    expires_at: str | None


@dataclass
class Opened:
    """What stacks open at one place.

    Attributes:
        keepers: the stack and the address of what holds the entries; no address where a person does.
        entries: each with the names of its nodes and addresses, and those with the Environments that leave from there.
    """

    keepers: set[tuple[str, str]] = field(default_factory=set)
    entries: dict[Entry, dict[str, set[str]]] = field(default_factory=dict)


@dataclass
class Access:
    """What all stacks say together.

    Attributes:
        environments: the addresses of each Environment, as pairs of a name and a CIDR, which is None where dFlow knows
            none.
        places: what is opened.
    """

    environments: dict[str, set[tuple[str, str | None]]] = field(default_factory=dict)
    places: dict[Place, Opened] = field(default_factory=dict)

    def add(self, outputs: Outputs) -> None:
        """Take in what a stack says; what it says again changes nothing.

        Raises:
            CommandError: it is not what `AccessOutputs` of this version puts out.
        """
        where = outputs.where
        for environment, addresses in _mapping(outputs.outbound_addresses, where, OUTBOUND_ADDRESSES).items():
            known = self.environments.setdefault(environment, set())
            for name, cidr in _mapping(addresses, where, OUTBOUND_ADDRESSES, environment).items():
                known.add((name, _cidr(cidr, where, OUTBOUND_ADDRESSES, environment, name)))
        for database, places in _mapping(outputs.database_access, where, DATABASE_ACCESS).items():
            for name, door in _mapping(places, where, DATABASE_ACCESS, database).items():
                self._add_door(_Part(door, (where, DATABASE_ACCESS, database, name)))

    def reached_from(self, environment: str) -> list[str]:
        """Return the databases that let an Environment in, sorted."""
        return sorted(
            {
                place.database
                for place, opened in self.places.items()
                for names in opened.entries.values()
                if any(environment in environments for environments in names.values())
            }
        )

    def _add_door(self, door: _Part) -> None:
        behind = door.part("list")
        fields = behind.part("fields")
        place = Place(
            database=door.way[-2],
            name=door.way[-1],
            host=door.get("host", str),
            port=door.get("port", int),
            list_name=behind.get("name", str),
            vendor=behind.get_or_none("vendor", str) or "",
            fields=tuple(sorted((name, fields.get(name, str)) for name in fields.members)),
            instructions=behind.get_or_none("instructions", str) or "",
        )
        opened = self.places.setdefault(place, Opened())
        opened.keepers.add((door.get("stack", str), door.get_or_none("allowlist", str) or ""))
        allow = door.part("allow")
        for name in allow.members:
            entry = allow.part(name)
            cidr = _cidr(entry.get_or_none("cidr", str), *entry.way, "cidr")
            names = opened.entries.setdefault(Entry(cidr, entry.get_or_none("expires_at", str)), {})
            environments = entry.get("environments", list)
            if not all(isinstance(environment, str) for environment in environments):
                _refuse((*entry.way, "environments"))
            names.setdefault(name, set()).update(environments)


class _Part:
    """An object within the outputs, and the way to it."""

    def __init__(self, value: object, way: tuple[str, ...]) -> None:
        self.members = _mapping(value, *way)
        self.way = way

    def part(self, name: str) -> _Part:
        return _Part(self.members.get(name), (*self.way, name))

    def get(self, name: str, kind: type[_Value]) -> _Value:
        value = self.members.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            _refuse((*self.way, name))
        return value

    def get_or_none(self, name: str, kind: type[_Value]) -> _Value | None:
        return None if name in self.members and self.members[name] is None else self.get(name, kind)


def _mapping(value: object, *way: str) -> dict[str, object]:
    if not isinstance(value, dict):
        _refuse(way)
    return value


def _cidr(value: object, *way: str) -> str | None:
    if value is None:
        return None
    try:
        return str(ipaddress.ip_network(str(value)))
    except ValueError:
        _refuse(way)


def _refuse(way: tuple[str, ...]) -> NoReturn:
    raise CommandError(
        f"{way[0]}: {' → '.join(map(visible, way[1:]))} is not what AccessOutputs of this version puts out. Deploy the "
        "stack with this version of dflow-cdktf, and ask for the outputs again."
    )
