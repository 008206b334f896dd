"""What people write beside the schema: an example of each type, how to import it, and what it does not do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_codegen.errors import CodegenError
from dflow_codegen.model import ElementKind
from dflow_codegen.reference.import_line import ImportLine, import_lines
from dflow_codegen.reference.place import FOLDERS

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_codegen.model import Element, Provider

_CONFIGURATIONS = {
    ElementKind.PROVIDER: "provider.tf",
    ElementKind.RESOURCE: "resource.tf",
    ElementKind.DATA_SOURCE: "data-source.tf",
    ElementKind.EPHEMERAL_RESOURCE: "ephemeral-resource.tf",
}
_IMPORT = "import.sh"
_LIMITS = "not.md"
_WAITING = "timeouts.md"


@dataclass(frozen=True)
class Example:
    """The files of one type.

    Attributes:
        configuration: Terraform's language.
        import_commands: the text of `import.sh`; empty where nothing is imported.
        import_lines: the commands in it.
        limits: what the type does not do, in Markdown.
        waiting: how long it waits for what, in Markdown; empty where nothing is said.
    """

    configuration: str
    import_commands: str = ""
    import_lines: tuple[ImportLine, ...] = ()
    limits: str = ""
    waiting: str = ""


def read_examples(provider: Provider, importable: frozenset[str], directory: Path) -> dict[Element, Example]:
    """Read the example of every element.

    Args:
        provider: whose elements.
        importable: the resource types that `terraform import` adopts.
        directory: holds `provider`, `resources/<type>`, `data-sources/<type>` and `ephemeral-resources/<type>`.

    Raises:
        CodegenError: a file is missing or empty, an import line is none, or a folder belongs to no element; the detail
            names every one of them.
    """
    wrong = [f"{file} is missing or empty" for file in _missing(provider, importable, directory)]
    wrong += [f"{folder} is an example of nothing that the provider has" for folder in _strays(provider, directory)]
    if wrong:
        raise CodegenError("Examples are not complete", f"in {directory}: {'; '.join(wrong)}")
    return {element: _example(element, importable, directory) for element in provider.elements}


def folder_of(element: Element) -> str:
    """Return the folder of an element's example."""
    if element.kind is ElementKind.PROVIDER:
        return "provider"
    return f"{FOLDERS[element.kind]}/{element.terraform_type}"


def _needed(element: Element, importable: frozenset[str]) -> list[str]:
    names = [_CONFIGURATIONS[element.kind]]
    if element.kind is ElementKind.RESOURCE:
        names.append(_LIMITS)
        if element.terraform_type in importable:
            names.append(_IMPORT)
    return names


def _missing(provider: Provider, importable: frozenset[str], directory: Path) -> list[str]:
    files = [f"{folder_of(one)}/{name}" for one in provider.elements for name in _needed(one, importable)]
    return [file for file in files if not _text(directory / file)]


def _strays(provider: Provider, directory: Path) -> list[str]:
    known = {folder_of(element) for element in provider.elements}
    found = [path for folder in FOLDERS.values() for path in sorted((directory / folder).glob("*"))]
    names = [path.relative_to(directory).as_posix() for path in found if path.is_dir()]
    return [name for name in names if name not in known]


def _example(element: Element, importable: frozenset[str], directory: Path) -> Example:
    folder = directory / folder_of(element)
    commands = ""
    lines: tuple[ImportLine, ...] = ()
    if element.kind is ElementKind.RESOURCE and element.terraform_type in importable:
        commands = _text(folder / _IMPORT)
        lines = import_lines(commands, element.terraform_type, f"{folder_of(element)}/{_IMPORT}")
    return Example(
        configuration=_text(folder / _CONFIGURATIONS[element.kind]),
        import_commands=commands,
        import_lines=lines,
        limits=_text(folder / _LIMITS),
        waiting=_text(folder / _WAITING),
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
