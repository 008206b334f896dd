"""The one place where Terraform's names become Python's.

| Terraform | Python |
|---|---|
| attribute `apiVersion`, `api-version` | `api_version` |
| attribute `class` (a keyword) | `class_` |
| attribute `node` (a member of every construct) | `node_attribute` |
| type `dflow_app_service` of the provider `dflow` | class `AppService`, module `app_service` |

Two names that would become one are an error that shows both.
"""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, NewType

from dflow_codegen.errors import CodegenError
from dflow_codegen.model import ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Identifier = NewType("Identifier", str)
"""A name that Python takes, and that means nothing else where it is used."""

_WORD_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATOR = re.compile(r"\W+")
_CLASS_SEPARATOR = re.compile(r"[\W_]+")

_USED_IN_CLASS_BODIES = frozenset({"bool", "float", "list", "property", "self", "str", "super"})
_GETTERS = frozenset(
    f"get_{kind}_attribute"
    for kind in (
        "any_map",
        "boolean",
        "boolean_map",
        "list",
        "number",
        "number_list",
        "number_map",
        "string",
        "string_map",
    )
)
_CONSTRUCT_MEMBERS = frozenset(
    {
        "add_override",
        "cdktf_stack",
        "fqn",
        "friendly_unique_id",
        "is_construct",
        "is_terraform_element",
        "node",
        "override_logical_id",
        "reset_override_logical_id",
        "terraform_generator_metadata",
        "terraform_meta_arguments",
        "terraform_resource_type",
        "to_hcl_terraform",
        "to_metadata",
        "to_string",
        "to_terraform",
        "with_",
    }
)
_OWN_MEMBERS = frozenset({"generate_config_for_import", "id_", "inputs", "scope"})
_ADDRESSABLE_MEMBERS = _GETTERS | {
    "count",
    "depend_on",
    "depends_on",
    "for_each",
    "interpolation_for_attribute",
    "lifecycle",
    "provider",
}
_RESOURCE_MEMBERS = frozenset(
    {
        "add_move_target",
        "connection",
        "has_resource_move",
        "import_from",
        "is_terraform_resource",
        "move_from_id",
        "move_to",
        "move_to_id",
        "provisioners",
    }
)

_ELEMENT_MEMBERS = _USED_IN_CLASS_BODIES | _CONSTRUCT_MEMBERS | _OWN_MEMBERS
RESERVED: Mapping[ElementKind, frozenset[str]] = {
    ElementKind.PROVIDER: _ELEMENT_MEMBERS
    | {"alias", "is_terraform_provider", "meta_attributes", "terraform_provider_source"},
    ElementKind.RESOURCE: _ELEMENT_MEMBERS | _ADDRESSABLE_MEMBERS | _RESOURCE_MEMBERS,
    ElementKind.DATA_SOURCE: _ELEMENT_MEMBERS | _ADDRESSABLE_MEMBERS | {"is_terraform_data_source"},
    ElementKind.EPHEMERAL_RESOURCE: _ELEMENT_MEMBERS | _ADDRESSABLE_MEMBERS | _RESOURCE_MEMBERS,
}
"""Names an attribute cannot have in Python, because the class it becomes a member of has them already."""

RESERVED_NESTED = (
    _USED_IN_CLASS_BODIES
    | _GETTERS
    | {
        "compute_fqn",
        "creation_stack",
        "fqn",
        "get",
        "interpolation_for_attribute",
        "resolve",
        "to_string",
        "to_terraform",
    }
)
"""The same for the attributes of nested objects and of references to them."""


def members(terraform_names: Iterable[str], reserved: frozenset[str], where: str) -> dict[str, Identifier]:
    """Name the attributes of one class; the keys are Terraform's names.

    Raises:
        CodegenError: two attributes would have one name, or one has no letter or digit in it.
    """
    return unique({name: _member(name, reserved, where) for name in terraform_names}, where)


def unique(names: Mapping[str, Identifier], where: str) -> dict[str, Identifier]:
    """Return the names if no two are the same.

    Raises:
        CodegenError: two are; the detail shows what they were made from.
    """
    origin: dict[Identifier, str] = {}
    for terraform_name, identifier in names.items():
        other = origin.setdefault(identifier, terraform_name)
        if other != terraform_name:
            raise CodegenError(
                "Names collide in Python",
                f"{where}: {other!r} and {terraform_name!r} would both be {identifier!r}; "
                "rename one of them in the provider, or leave it out of the schema you pass",
            )
    return dict(names)


def class_name(*parts: str) -> Identifier:
    """Write the parts as one PascalCase name."""
    words = [word for part in parts for word in _CLASS_SEPARATOR.split(part) if word]
    name = "".join(word[0].upper() + word[1:] for word in words)
    return _identifier(f"{name}_" if keyword.iskeyword(name) else name, " ".join(parts))


def element_class_name(kind: ElementKind, terraform_type: str, provider: str) -> Identifier:
    """Name the class of a resource, data source, ephemeral resource or provider."""
    if kind is ElementKind.PROVIDER:
        return class_name(provider, "provider")
    own = _without_provider(terraform_type, provider)
    if own[0].isdigit() and kind is ElementKind.RESOURCE:
        return class_name(provider, own)
    return class_name(_PREFIXES[kind], own)


def module_name(kind: ElementKind, terraform_type: str, provider: str) -> Identifier:
    """Name the module that holds the class."""
    if kind is ElementKind.PROVIDER:
        return Identifier("provider")
    own = _without_provider(terraform_type, provider)
    if own[0].isdigit() and kind is ElementKind.RESOURCE:
        own = f"{provider}_{own}"
    return _member(f"{_PREFIXES[kind]}_{own}" if _PREFIXES[kind] else own, frozenset(), terraform_type)


_PREFIXES = {ElementKind.RESOURCE: "", ElementKind.DATA_SOURCE: "data", ElementKind.EPHEMERAL_RESOURCE: "ephemeral"}


def _without_provider(terraform_type: str, provider: str) -> str:
    return terraform_type.removeprefix(f"{provider}_") or terraform_type


def _member(terraform_name: str, reserved: frozenset[str], where: str) -> Identifier:
    name = _SEPARATOR.sub("_", _WORD_BOUNDARY.sub("_", terraform_name)).lower()
    if not name.strip("_"):
        raise CodegenError("Name without letters", f"{where}: {terraform_name!r} cannot become a Python name")
    if name[0] == "_" or name[0].isdigit():
        name = f"attribute_{name.lstrip('_')}"
    if keyword.iskeyword(name):
        name = f"{name}_"
    if name in reserved:
        name = f"{name}_attribute"
    return _identifier(name, where)


def _identifier(name: str, where: str) -> Identifier:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise CodegenError("Name is no identifier", f"{where}: {name!r} cannot be a name in Python")
    return Identifier(name)
