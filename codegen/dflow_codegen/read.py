"""The output of `terraform providers schema -json` → the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dflow_codegen.errors import CodegenError
from dflow_codegen.model import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Collection,
    CollectionKind,
    Element,
    ElementKind,
    Exposure,
    Field,
    Object,
    ObjectForm,
    Presence,
    Provider,
    Tuple,
    Type,
)

_ADDRESS = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*")
_DEFAULT_REGISTRY = "registry.terraform.io/"
_PRIMITIVES = {"string": STRING, "number": NUMBER, "bool": BOOL, "dynamic": DYNAMIC}
_COLLECTIONS = {"list": CollectionKind.LIST, "set": CollectionKind.SET, "map": CollectionKind.MAP}
_SECTIONS = (
    ("resource_schemas", ElementKind.RESOURCE),
    ("data_source_schemas", ElementKind.DATA_SOURCE),
    ("ephemeral_resource_schemas", ElementKind.EPHEMERAL_RESOURCE),
)

_META_ARGUMENTS = frozenset({"count", "depends_on", "for_each", "lifecycle", "provider"})
_PROVISIONING = frozenset({"connection", "provisioner"})
_TAKEN_BY_TERRAFORM = {
    ElementKind.PROVIDER: frozenset({"alias", "version"}),
    ElementKind.RESOURCE: _META_ARGUMENTS | _PROVISIONING,
    ElementKind.DATA_SOURCE: _META_ARGUMENTS,
    ElementKind.EPHEMERAL_RESOURCE: _META_ARGUMENTS | _PROVISIONING,
}
"""Terraform keeps these arguments for itself: attributes of such a name can be neither given nor read."""

_Where = tuple[str, ...]


def read_provider(document: Mapping[str, Any], provider: str) -> Provider:
    """Find one provider in a document and read all its schemas. Functions and anything newer are left aside.

    Args:
        document: the parsed JSON.
        provider: a source address (`dflow-cdktf/dflow`, with or without registry) or its last part (`dflow`).

    Raises:
        CodegenError: the document is something else, of a format not known here, lacks the provider, or holds a
            schema that makes no sense; the detail says where.
    """
    schemas = _provider_schemas(document)
    address = _address(schemas, provider)
    schema = _mapping(schemas[address], (address,))
    elements = [_element(ElementKind.PROVIDER, _name(address), schema.get("provider", {}), (address, "provider"))]
    for section, kind in _SECTIONS:
        types = _mapping(schema.get(section) or {}, (address, section))
        elements.extend(_element(kind, name, types[name], (address, section, name)) for name in sorted(types))
    return Provider(source=address.removeprefix(_DEFAULT_REGISTRY), name=_name(address), elements=tuple(elements))


def _provider_schemas(document: object) -> Mapping[str, Any]:
    remedy = "run `terraform providers schema -json` in an initialized directory and pass what it prints"
    if not isinstance(document, Mapping) or "format_version" not in document:
        raise CodegenError("Not a provider schema", f"there is no format_version at the top; {remedy}")
    if "planned_values" in document or "values" in document:
        raise CodegenError("Not a provider schema", f"this is a plan or a state as JSON; {remedy}")
    version = document["format_version"]
    if not isinstance(version, str) or version.partition(".")[0] != "1":
        raise CodegenError(
            "Unknown schema format",
            f"format_version is {version!r}, and only 1.x is known; use a Terraform or OpenTofu that writes it, "
            "or a newer dflow-cdktf",
        )
    schemas = document.get("provider_schemas")
    if not schemas:
        raise CodegenError("No provider in the schema", f"provider_schemas is missing or empty; {remedy}")
    for address in _mapping(schemas, ("provider_schemas",)):
        if not _ADDRESS.fullmatch(address):
            raise CodegenError("Malformed provider schema", f"{address!r} is no source address of a provider; {remedy}")
    return _mapping(schemas, ("provider_schemas",))


def _address(schemas: Mapping[str, Any], provider: str) -> str:
    wanted = provider.lower().split("/")
    found = [address for address in sorted(schemas) if address.lower().split("/")[-len(wanted) :] == wanted]
    if len(found) == 1:
        return found[0]
    known = ", ".join(sorted(schemas))
    if not found:
        raise CodegenError("Provider not in the schema", f"there is no {provider!r}; the schema has {known}")
    raise CodegenError("Provider is ambiguous", f"{provider!r} may be {' or '.join(found)}; write the whole address")


def _name(address: str) -> str:
    return address.rpartition("/")[2]


def _element(kind: ElementKind, terraform_type: str, schema: object, where: _Where) -> Element:
    block = _mapping(_mapping(schema, where).get("block", {}), (*where, "block"))
    content = _block(block, (*where, "block"))
    fields = tuple(field for field in content.fields if field.name not in _TAKEN_BY_TERRAFORM[kind])
    return Element(
        kind=kind,
        terraform_type=terraform_type,
        block=Object(content.form, fields),
        description=_description(block),
        deprecated=bool(block.get("deprecated", False)),
    )


def _block(block: Mapping[str, Any], where: _Where) -> Object:
    attributes = _attributes(_mapping(block.get("attributes") or {}, (*where, "attributes")), where)
    blocks = _mapping(block.get("block_types") or {}, (*where, "block_types"))
    nested = [_nested_block(name, blocks[name], (*where, name)) for name in blocks]
    return Object(ObjectForm.BLOCK, _sorted([*attributes, *nested]))


def _attributes(attributes: Mapping[str, Any], where: _Where) -> list[Field]:
    return [_attribute(name, _mapping(attributes[name], (*where, name)), (*where, name)) for name in attributes]


def _attribute(name: str, attribute: Mapping[str, Any], where: _Where) -> Field:
    if "nested_type" in attribute:
        type_ = _nested_type(_mapping(attribute["nested_type"], where), where)
    elif "type" in attribute:
        type_ = _type(attribute["type"], where)
    else:
        raise _malformed(where, "has neither type nor nested_type")
    return Field(
        name=name,
        type=type_,
        presence=_presence(attribute, where),
        description=_description(attribute),
        exposure=_exposure(attribute),
        deprecated=bool(attribute.get("deprecated", False)),
    )


def _presence(attribute: Mapping[str, Any], where: _Where) -> Presence:
    match bool(attribute.get("required")), bool(attribute.get("optional")), bool(attribute.get("computed")):
        case True, False, _:
            return Presence.REQUIRED
        case False, True, False:
            return Presence.OPTIONAL
        case False, True, True:
            return Presence.OPTIONAL_COMPUTED
        case False, False, True:
            return Presence.COMPUTED
        case _:
            raise _malformed(where, "is neither required, optional nor computed, or is several that exclude each other")


def _exposure(attribute: Mapping[str, Any]) -> Exposure:
    if attribute.get("write_only"):
        return Exposure.WRITE_ONLY
    return Exposure.SENSITIVE if attribute.get("sensitive") else Exposure.PLAIN


def _nested_type(nested: Mapping[str, Any], where: _Where) -> Type:
    attributes = _mapping(nested.get("attributes") or {}, (*where, "attributes"))
    item = Object(ObjectForm.ATTRIBUTES, _sorted(_attributes(attributes, where)))
    return _nesting(nested.get("nesting_mode"), item, where)


def _nested_block(name: str, schema: object, where: _Where) -> Field:
    nested = _mapping(schema, where)
    block = _mapping(nested.get("block", {}), where)
    type_ = _nesting(nested.get("nesting_mode"), _block(block, where), where)
    if isinstance(type_, Collection) and type_.kind is not CollectionKind.MAP:
        type_ = Collection(type_.kind, type_.element, at_most_one=nested.get("max_items") == 1)
    return Field(
        name=name,
        type=type_,
        presence=Presence.REQUIRED if nested.get("min_items", 0) > 0 else Presence.OPTIONAL,
        description=_description(block),
        deprecated=bool(block.get("deprecated", False)),
    )


def _nesting(mode: object, item: Object, where: _Where) -> Type:
    if mode in {"single", "group"}:
        return item
    if isinstance(mode, str) and mode in _COLLECTIONS:
        return Collection(_COLLECTIONS[mode], item)
    raise _malformed(where, f"has the nesting mode {mode!r}, and only single, group, list, set and map are known")


def _type(notation: object, where: _Where) -> Type:
    match notation:
        case "string" | "number" | "bool" | "dynamic":
            return _PRIMITIVES[str(notation)]
        case ["list" | "set" | "map" as kind, element]:
            return Collection(_COLLECTIONS[kind], _type(element, where))
        case ["tuple", [*elements]]:
            return Tuple(tuple(_type(element, where) for element in elements))
        case ["object", Mapping() as attributes] | ["object", Mapping() as attributes, _]:
            fields = [
                Field(name=name, type=_type(attributes[name], (*where, name)), presence=Presence.OPTIONAL)
                for name in attributes
            ]
            return Object(ObjectForm.TYPE, _sorted(fields))
        case _:
            raise _malformed(where, f"has the type {notation!r}, which is not in Terraform's notation")


def _sorted(fields: Iterable[Field]) -> tuple[Field, ...]:
    return tuple(sorted(fields, key=lambda field: field.name))


def _description(block: Mapping[str, Any]) -> str:
    description = block.get("description", "")
    return description.strip() if isinstance(description, str) else ""


def _mapping(value: object, where: _Where) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _malformed(where, f"is of type {type(value).__name__} where a JSON object belongs")
    return value


def _malformed(where: _Where, problem: str) -> CodegenError:
    return CodegenError("Malformed provider schema", f"{' / '.join(where)} {problem}")
