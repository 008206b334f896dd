"""One case for each resource type of the vendors' own providers that holds allowlist entries.

Their providers cannot be run here: a plan is put together from what the vendors' rows say of the arguments, which a
test holds against what the providers publish. Every such plan says so itself, in its `provider_not_run`.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from planmaking.machine import write_json
from planmaking.owned import ADDRESSES

from dflow_vendors import all_vendors
from dflow_vendors.official import (
    Block,
    BlockForEach,
    EveryCidr,
    Fixed,
    Given,
    GivenNumbers,
    Holds,
    JustTheCidr,
    Name,
    OfList,
    Part,
    Port,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Set
    from pathlib import Path

    from planmaking.machine import Machine

    from dflow_vendors import Vendor
    from dflow_vendors.official import Argument, OfficialResource

NOT_RUN = "made from the provider's documented arguments; the provider was not run"
PORT = 5432
_LIST = "4711"
"""The id of a resource that holds a list, which every provider keeps as a text."""
_NUMBERED = frozenset({"hcloud_firewall_attachment"})
"""Resources that name their lists by a number."""
Side = dict[str, dict[str, Any]]
"""Addresses of resources and their attributes."""


@dataclass(frozen=True)
class Id:
    """The id of a resource, as an expression that refers to it.

    Args:
        of: its address.
        value: what it is once the resource is there.
    """

    of: str
    value: str | int


@dataclass(frozen=True)
class _Entries:
    fields: Mapping[str, str]
    cidrs: Mapping[str, str]
    list: Id
    """The resource that holds all of them, if one does."""

    def filled(self, arguments: tuple[Argument, ...], node: str | None) -> dict[str, Any]:
        return {argument.name: self._value(argument, node) for argument in arguments}

    def _value(self, argument: Argument, node: str | None) -> Any:  # noqa: PLR0911, PLR0912  # one for each form
        network = ipaddress.ip_network(self.cidrs[node]) if node else None
        match argument.filling:
            case Given(template):
                return template.format_map(self.fields)
            case GivenNumbers(field):
                return [int(number) for number in self.fields[field].split(",")]
            case Fixed(value):
                return value
            case Name() as form:
                return _fitting(form, form.separator.join(("orders", *([node] if node else []), "shop")))
            case Text() as form:
                return _fitting(form, f"dflow: orders from {node or ', '.join(self.cidrs)} (shop/orders)")
            case EveryCidr.AS_SET:
                return list(self.cidrs.values())
            case EveryCidr.WITH_COMMAS:
                return ",".join(self.cidrs.values())
            case Port.AS_NUMBER:
                return PORT
            case Port.AS_TEXT:
                return str(PORT)
            case Block(arguments):
                return [self.filled(arguments, node)]
            case BlockForEach(arguments):
                return [self.filled(arguments, each) for each in self.cidrs]
            case OfList():
                return self.list
            case JustTheCidr():
                return [str(network)]
            case Part.CIDR | Part.IPV4_CIDR:
                return str(network)
            case Part.IPV6_CIDR | Part.EXPIRES_AT:
                return None
            case Part.FIRST_ADDRESS | Part.LAST_ADDRESS:
                return str(network[0 if argument.filling is Part.FIRST_ADDRESS else -1])
            case Part.PREFIX_LENGTH:
                return network.prefixlen
            case Part.FAMILY:
                return "v4"
        raise NotImplementedError(argument.filling)


def official_cases(_: Machine) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Yield `official/<type>`: the same life as an owned list has."""
    for vendor in all_vendors():
        for resource in vendor.official:
            yield f"official/{resource.type}", partial(_write, vendor, resource)


def _write(vendor: Vendor, resource: OfficialResource, directory: Path) -> None:
    few = _resources(vendor, resource, ("fra-1", "fra-2"))
    write_life(directory, resource.provider.source, few, _resources(vendor, resource, tuple(ADDRESSES)))


def _resources(vendor: Vendor, resource: OfficialResource, nodes: tuple[str, ...]) -> Side:
    locators = (*(vendor.owned.locators if vendor.owned else ()), *resource.fields)
    fields = {each.name: each.example for each in locators}
    cidrs = {node: ADDRESSES[node] for node in nodes}
    entries = _Entries(fields, cidrs, Id(f"{resource.type}.orders", _LIST))
    if resource.holds is Holds.ONE_ENTRY:
        return {
            f'{resource.type}.orders["{node}"]': {"id": f"entry-{node}", **entries.filled(resource.arguments, node)}
            for node in nodes
        }
    found = {f"{resource.type}.orders": {"id": _LIST, **entries.filled(resource.arguments, None)}}
    for attachment in resource.attachments:
        listed = Id(entries.list.of, int(_LIST)) if attachment.type in _NUMBERED else entries.list
        attached = _Entries(fields, cidrs, listed)
        found[f"{attachment.type}.orders"] = {"id": "attached", **attached.filled(attachment.arguments, None)}
    return found


def write_life(directory: Path, provider: str, before: Side, after: Side) -> None:
    """Write the four plans of a list's life."""
    for name, (left, right) in {
        "create": ({}, before),
        "unchanged": (before, before),
        "change": (before, after),
        "destroy": (before, {}),
    }.items():
        write_json(directory / f"{name}.json", plan_of(provider, left, right))


def plan_of(provider: str, before: Side, after: Side) -> dict[str, Any]:
    """Return a plan in Terraform's form."""
    addresses = sorted({*before, *after})
    new = after.keys() - before.keys()
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "provider_not_run": NOT_RUN,
        "resource_changes": [_change(provider, each, before.get(each), after.get(each), new) for each in addresses],
        "configuration": {"root_module": {"resources": _blocks({**before, **after})}},
        "complete": True,
        "errored": False,
    }


def _blocks(resources: Side) -> list[dict[str, Any]]:
    blocks: dict[str, dict[str, Any]] = {}
    for address, attributes in sorted(resources.items()):
        expressions: dict[str, Any] = {}
        for name, value in attributes.items():
            ids = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, Id)]
            if ids:
                expressions[name] = {"references": [text for each in ids for text in (f"{each.of}.id", each.of)]}
        block = address.partition("[")[0]
        kind, _, name = block.partition(".")
        blocks[block] = {"address": block, "mode": "managed", "type": kind, "name": name, "expressions": expressions}
    return list(blocks.values())


def _change(provider: str, address: str, before: Any, after: Any, new: Set[str]) -> dict[str, Any]:
    kind, _, name = address.partition(".")
    unknown: dict[str, Any] = {}
    old = None if before is None else {each: _known(value) for each, value in before.items()}
    planned = None
    if after is not None:
        unknown = {each: True for each, value in after.items() if _is_unknown(value, new)}
        unknown |= {"id": True} if before is None else {}
        planned = {each: _known(value) for each, value in after.items() if each not in unknown}
    if before is None:
        actions = ["create"]
    else:
        actions = ["delete"] if after is None else ["no-op"] if old == planned else ["update"]
    plain, _, key = name.partition("[")
    return {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": plain,
        **({"index": key.strip('"]')} if key else {}),
        "provider_name": f"registry.terraform.io/{provider}",
        "change": {
            "actions": actions,
            "before": old,
            "after": planned,
            "after_unknown": unknown,
            "before_sensitive": {} if old is not None else False,
            "after_sensitive": {} if planned is not None else False,
        },
    }


def _known(value: Any) -> Any:
    if isinstance(value, list):
        return [_known(each) for each in value]
    return value.value if isinstance(value, Id) else value


def _is_unknown(value: Any, new: Set[str]) -> bool:
    if isinstance(value, list):
        return any(_is_unknown(each, new) for each in value)
    return isinstance(value, Id) and value.of in new


def _fitting(form: Name | Text, text: str) -> str:
    separator = form.separator if isinstance(form, Name) else "-"
    return "".join(each if form.allowed.fullmatch(each) else separator for each in text)[: form.longest]
