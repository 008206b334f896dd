"""Schemas of a Terraform provider's resource types, from the bindings that CDKTF or its successor generated from it.

A package holds the generated TypeScript in the source maps of its JavaScript. Behind every attribute stands what the
provider's schema says: `// cluster_id - computed: false, optional: false, required: true`.
"""

from __future__ import annotations

import base64
import json
import re
import tarfile
from typing import TYPE_CHECKING, Any

from schemareading.attribute import nested, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MAP = "sourceMappingURL=data:application/json;base64,"
_CLASS = re.compile(
    r"^export class (?P<name>\w+) extends cdkt[fn]\.(?P<base>\w+) \{(?P<body>.*?)^\}", re.MULTILINE | re.DOTALL
)
_ATTRIBUTE = re.compile(
    r"^  // (?P<name>\w+) - computed: (?P<computed>\w+), optional: (?P<optional>\w+), required: (?P<required>\w+)\n"
    r"(?P<code>.*?)(?=^  // \w+ - computed|^  // =====|\Z)",
    re.MULTILINE | re.DOTALL,
)
_GETTER = re.compile(r"get(?P<of>String|Number|Boolean|Any)?(?P<what>List|Map|)Attribute\('")
_INNER = re.compile(r"= new (?P<name>\w+?)(?P<how>OutputReference|List|Map)\(this,")
_BLOCK = re.compile(
    r'^\s*(?P<name>\w+): \{\s*value: [^\n]*\n\s*isBlock: (?P<block>\w+),\s*type: "(?P<type>\w+)"', re.MULTILINE
)
_FUNCTION = re.compile(r"^export function (?P<name>\w+)ToHclTerraform\(.*?^\}", re.MULTILINE | re.DOTALL)
_TYPE = re.compile(r"tfResourceType = \"(\w+)\"")
_OF = {"String": "string", "Number": "number", "Boolean": "bool", "Any": "any", None: "string"}


def schemas_in(package: Path, types: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the attributes of some resource types.

    Args:
        package: the package as npm packs it.
        types: Terraform's names of them.

    Raises:
        KeyError: the package has no such type.
    """
    wanted = {kind: _folder(kind) for kind in types}
    sources = _sources(package, set(wanted.values()))
    return {kind: _resource(kind, "\n".join(sources[folder])) for kind, folder in wanted.items()}


def provider_version(package: Path) -> str:
    """Return the version of the provider that the bindings were generated from."""
    with tarfile.open(package) as tar:
        for member in tar:
            if member.name == "package/package.json":
                return str(json.loads(_read(tar, member))["cdktf"]["provider"]["version"])
    raise KeyError(f"{package.name} has no package.json")


def _folder(kind: str) -> str:
    return kind.partition("_")[2].replace("_", "-")


def _sources(package: Path, folders: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {folder: [] for folder in folders}
    with tarfile.open(package) as tar:
        for member in tar:
            parts = member.name.split("/")
            if parts[:2] == ["package", "lib"] and len(parts) > 3 and parts[2] in folders and parts[-1].endswith(".js"):
                text = _read(tar, member).decode("utf-8")
                encoded = text[text.rindex(_MAP) + len(_MAP) :]
                found[parts[2]] += json.loads(base64.b64decode(encoded))["sourcesContent"]
    return found


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    assert file is not None, member.name
    return file.read()


def _resource(kind: str, source: str) -> dict[str, Any]:
    classes = {found["name"]: found for found in _CLASS.finditer(source)}
    structs = {found["name"].lower(): _blocks(found[0]) for found in _FUNCTION.finditer(source)}

    def attributes(body: str, blocks: dict[str, tuple[bool, str]]) -> dict[str, Any]:
        return {
            found["name"]: attribute(found, blocks.get(found["name"], (False, "")))
            for found in _ATTRIBUTE.finditer(body)
        }

    def attribute(found: re.Match[str], said: tuple[bool, str]) -> Any:
        is_block, nesting = said
        presence = _presence(found)
        inner = _INNER.search(found["code"])
        if inner is not None:
            name = inner["name"]
            holds = attributes(classes[f"{name}OutputReference"]["body"], structs.get(name.lower(), {}))
            is_one = inner["how"] == "OutputReference"
            return nested(
                presence, nesting or ("struct" if is_one else "list"), holds, is_block=is_block, is_one=is_one
            )
        getter = _GETTER.search(found["code"])
        if getter is None:
            return plain(presence, "any")
        return plain(presence, _kind(getter, nesting if nesting in ("list", "set", "map") else ""))

    for each in classes.values():
        if each["base"] == "TerraformResource" and _TYPE.findall(each["body"]) == [kind]:
            found = attributes(each["body"], _blocks(each["body"]))
            if not found:
                raise KeyError(f"{kind}: no attributes where they stood in other packages; its form has changed")
            return found
    raise KeyError(f"{kind}: no such resource in the package")


def _kind(getter: re.Match[str], nesting: str) -> str:
    element = _OF[getter["of"]]
    if getter["what"]:
        return f"{nesting or getter['what'].lower()} of {element}"
    return element


def _presence(found: re.Match[str]) -> str:
    if found["required"] == "true":
        return "required"
    return "optional" if found["optional"] == "true" else "computed"


def _blocks(code: str) -> dict[str, tuple[bool, str]]:
    return {found["name"]: (found["block"] == "true", found["type"]) for found in _BLOCK.finditer(code)}
