"""Entries that the vendor's own Terraform provider keeps.

They are one block each of Terraform's, however many entries there are: `for_each` goes through a table whose keys are
known when the stack is synthesized, so an address may still be unknown at plan.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dflow_cdk import cdk
from dflow_cdk.generic import GenericResource
from dflow_constructs.allowlists.entry_labels import EntryLabels
from dflow_constructs.allowlists.entry_table import EntryTable
from dflow_constructs.dflow_stack import DflowStack
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.expiry import latest
from dflow_constructs.tokens import has_token, is_token
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
    Repeats,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import constructs

    from dflow_constructs.allowlist import Access, AdmittedAddress
    from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist
    from dflow_vendors import OfficialResource
    from dflow_vendors.official import Argument, Filling

_FIELD = re.compile(r"\{(\w+)\}")
_PARTS = {
    Part.CIDR: "{entry}.cidr",
    Part.IPV4_CIDR: 'strcontains({entry}.cidr, ":") ? null : {entry}.cidr',
    Part.IPV6_CIDR: 'strcontains({entry}.cidr, ":") ? {entry}.cidr : null',
    Part.FIRST_ADDRESS: "cidrhost({entry}.cidr, 0)",
    Part.LAST_ADDRESS: "cidrhost({entry}.cidr, -1)",
    Part.PREFIX_LENGTH: 'tonumber(split("/", {entry}.cidr)[1])',
    Part.FAMILY: 'strcontains({entry}.cidr, ":") ? "v6" : "v4"',
    Part.EXPIRES_AT: "{entry}.expires_at",
}
# What the provider refuses in entries of its own, for addresses that only Terraform knows.
_NOT_OPEN = (
    'try(cidrhost({entry}.cidr, 0) != "" && tonumber(split("/", {entry}.cidr)[1]) > '
    '(strcontains({entry}.cidr, ":") ? 15 : 7), false)'
)
_ALL = "alltrue([for entry in values({table}) : {condition}])"
_FEW = 2
_DISTINCT = "length(distinct([for entry in values({table}) : entry.cidr])) == length({table})"


def needed_fields(resource: OfficialResource) -> set[str]:
    """Return the fields without which a resource cannot be written.

    A field that fills an argument alone may be left out, and the argument is, unless the provider asks for it.
    """
    required = {locator.name for locator in resource.fields if locator.is_required}
    for argument in _all_arguments(resource):
        match argument.filling:
            case Given(template) if argument.required or _FIELD.fullmatch(template) is None:
                required.update(_FIELD.findall(template))
            case GivenNumbers(field):
                required.add(field)
    return required


class OfficialEntries:
    """One stack's entries, as the vendor's own provider spells them."""

    def __init__(
        self,
        allowlist: VendorAllowlist,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        access: Access,
    ) -> None:
        self._allowlist = allowlist
        self._access = access
        self._spelling = allowlist.official()
        self._labels = EntryLabels(access.owner, access.database)
        stack = DflowStack.around(access.where, scope)
        self._check_provider(stack)
        if allowlist.provider is None:
            stack.official_provider(self._spelling.provider)
        self._resource = GenericResource(scope, id, terraform_type=self._spelling.type, provider=allowlist.provider)
        self._table = EntryTable(scope, f"{id}Entries")
        self._cidrs: set[str] = set()
        self._address = self._resource.address
        for number, attachment in enumerate(self._spelling.attachments):
            attached = GenericResource(
                scope, f"{id}Attachment{number or ''}", terraform_type=attachment.type, provider=allowlist.provider
            )
            attached.arguments.update(self._arguments(attachment.arguments, ""))
            self._address = attached.address

    @property
    def address(self) -> str:
        """The address of the block, or of what puts it in force."""
        return self._address

    def fill(self, addresses: Mapping[str, AdmittedAddress]) -> None:
        """Hold exactly these entries."""
        admitted = self._allowlist.admitted(self._access, addresses)
        self._table.fill(self._rows(admitted))
        self._cidrs = {address.cidr for address in admitted.values()}
        lifecycle: dict[str, Any] = {}
        one = self._spelling.holds is Holds.ONE_ENTRY
        if one:
            lifecycle["create_before_destroy"] = True
            self._resource.meta["for_each"] = f"${{{self._in_force}}}"
        if self._spelling.kept:
            lifecycle["ignore_changes"] = list(self._spelling.kept)
        conditions = list(self._conditions(admitted))
        if conditions:
            lifecycle["precondition"] = conditions
        self._resource.meta["lifecycle"] = lifecycle
        self._resource.arguments = self._arguments(self._spelling.arguments, "each.value" if one else "")

    def add(self, name: str, address: AdmittedAddress, count: int) -> bool:
        """Hold one more, if that needs no look at the others."""
        rows = self._table.value
        if (
            count <= _FEW  # up to here the conditions depend on how many there are
            or name in rows
            or address.cidr in self._cidrs
            or not self._allowlist.has_room(address, count)
        ):
            return False
        rows[name] = self._row({name: address}, [name])
        self._cidrs.add(address.cidr)
        return True

    @property
    def _in_force(self) -> str:
        # Where the vendor ends entries by itself, Terraform leaves them to it.
        return self._table.address if self._spelling.expires else self._table.in_force()

    def _check_provider(self, stack: DflowStack) -> None:
        provider = self._allowlist.provider
        if provider is None:
            return
        if provider.terraform_resource_type != self._spelling.provider.name:
            raise ConfigurationError(
                self._access.where,
                f"provider is a configuration of {provider.terraform_resource_type!r}, and {self._spelling.type} "
                f"belongs to {self._spelling.provider.name!r} ({self._spelling.provider.source}); pass one of that",
            )
        home = cdk.TerraformStack.of(provider).node.path
        if home != stack.node.path:
            raise ConfigurationError(
                self._access.where,
                f"provider is configured in {home!r}, and {stack.node.path!r} connects to the database with entries of "
                "its own; a configuration holds for one stack, so build an ExternalDatabase in each",
            )

    def _rows(self, admitted: Mapping[str, AdmittedAddress]) -> dict[str, dict[str, str | None]]:
        together: dict[str, list[str]] = {}
        for name, address in admitted.items():
            once = self._spelling.holds is Holds.EVERY_ENTRY or self._spelling.repeats is not Repeats.ALLOWED
            together.setdefault(address.cidr if once else name, []).append(name)
        return {names[0]: self._row(admitted, names) for names in together.values()}

    def _row(self, admitted: Mapping[str, AdmittedAddress], names: list[str]) -> dict[str, str | None]:
        ends = [admitted[name].expires_at for name in names]
        row: dict[str, str | None] = {"cidr": admitted[names[0]].cidr}
        if self._spelling.expires or any(ends):
            row["expires_at"] = latest(ends)
        for argument in _per_entry(self._spelling):
            match argument.filling:
                case Name() as form:
                    row["name"] = self._labels.name(form, names[0])
                case Text() as form:
                    row["note"] = self._labels.note(form, names)
        return row

    def _conditions(self, admitted: Mapping[str, AdmittedAddress]) -> Iterator[dict[str, str]]:
        # Literal addresses were looked at when they were declared.
        if not any(has_token(address.cidr) for address in admitted.values()):
            return
        name = self._allowlist.vendor.name
        table = self._table.address
        one = self._spelling.holds is Holds.ONE_ENTRY
        if self._allowlist.open_to_world is None:
            # Terraform asks this of each entry; asking it of all of them each time would take the square of the time.
            condition = _NOT_OPEN.format(entry="each.value" if one else "entry")
            yield {
                "condition": f"${{{condition if one else _ALL.format(table=table, condition=condition)}}}",
                "error_message": f"An address for {name} is no CIDR, or lets in a good part of the internet: "
                "look at what fills egress.",
            }
        if one and self._spelling.repeats is not Repeats.ALLOWED and len(admitted) > 1:
            yield {
                "condition": f"${{{_DISTINCT.format(table=table)}}}",
                "error_message": f"Two Worker Nodes leave from one address, and {name} takes an address once: "
                "declare it as egress under one name in their Environments.",
            }

    def _arguments(self, arguments: tuple[Argument, ...], entry: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for argument in arguments:
            if isinstance(argument.filling, BlockForEach):
                content = self._arguments(argument.filling.arguments, f"{argument.name}.value")
                every = {"for_each": f"${{{self._in_force}}}", "content": content}
                found.setdefault("dynamic", {})[argument.name] = [every]
                continue
            value = self._value(argument.filling, entry)
            if value is not None:
                found[argument.name] = value
        return found

    def _value(self, filling: Filling, entry: str) -> Any:  # noqa: PLR0911, PLR0912 - one line for each filling
        match filling:
            case Part():
                return f"${{{_PARTS[filling].format(entry=entry)}}}"
            case Given(template):
                return self._given(template)
            case GivenNumbers(field):
                text = str(self._allowlist.fields()[field])
                if has_token(text):
                    return cdk.Fn.split(",", text)
                return [int(number) for number in text.split(",")]
            case Fixed(value):
                return value
            case Name():
                return f"${{{entry}.name}}" if self._spelling.holds is Holds.ONE_ENTRY else self._labels.name(filling)
            case Text():
                return f"${{{entry}.note}}" if entry else self._labels.note(filling)
            case Port.AS_NUMBER:
                return self._access.port
            case Port.AS_TEXT:
                port = self._access.port
                return cdk.Token.as_string(port) if is_token(port) else str(port)
            case EveryCidr.AS_SET:
                return f"${{{self._table.for_each('entry.cidr')}}}"
            case EveryCidr.WITH_COMMAS:
                return f'${{join(",", distinct({self._table.for_each("entry.cidr")}))}}'
            case JustTheCidr():
                return [f"${{{entry}.cidr}}"]
            case OfList(attribute):
                return f"${{{self._resource.address}.{attribute}}}"
            case Block(arguments):
                return [self._arguments(arguments, entry)]
            case _:
                raise TypeError(f"{type(filling).__name__} fills no argument")

    def _given(self, template: str) -> str | None:
        fields = self._allowlist.fields()
        if any(fields[name] is None for name in _FIELD.findall(template)):
            return None
        return _FIELD.sub(lambda found: str(fields[found[1]]), template)


def _all_arguments(resource: OfficialResource) -> Iterator[Argument]:
    yield from _within(resource.arguments)
    for attachment in resource.attachments:
        yield from _within(attachment.arguments)


def _within(arguments: tuple[Argument, ...]) -> Iterator[Argument]:
    for argument in arguments:
        yield argument
        match argument.filling:
            case Block(inner) | BlockForEach(inner):
                yield from _within(inner)


def _per_entry(resource: OfficialResource) -> Iterator[Argument]:
    if resource.holds is Holds.ONE_ENTRY:
        yield from _within(resource.arguments)
        return
    for argument in resource.arguments:
        if isinstance(argument.filling, BlockForEach):
            yield from _within(argument.filling.arguments)
