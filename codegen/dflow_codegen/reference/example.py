"""What people write beside the schema: an example of each type, how to import it, and what it does not do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_codegen.errors import CodegenError
from dflow_codegen.model import Element, ElementKind
from dflow_codegen.reference.import_line import ImportLine, import_lines
from dflow_codegen.reference.place import FOLDERS, FUNCTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_codegen.model import Provider
    from dflow_codegen.reference.function import Function

_CONFIGURATIONS = {
    ElementKind.PROVIDER: "provider.tf",
    ElementKind.RESOURCE: "resource.tf",
    ElementKind.DATA_SOURCE: "data-source.tf",
    ElementKind.EPHEMERAL_RESOURCE: "ephemeral-resource.tf",
}
_CALL = "function.tf"
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


def read_examples(
    provider: Provider, functions: tuple[Function, ...], importable: frozenset[str], directory: Path
) -> dict[Element | Function, Example]:
    """Read the example of every element and function.

    Args:
        provider: whose elements.
        functions: its functions.
        importable: the resource types that `terraform import` adopts.
        directory: holds `provider`, `resources/<type>`, `data-sources/<type>`, `ephemeral-resources/<type>` and
            `functions/<name>`.

    Raises:
        CodegenError: a file is missing or empty, an import line is none, or a folder belongs to nothing; the detail
            names every one of them.
    """
    subjects: tuple[Element | Function, ...] = (*provider.elements, *functions)
    files = [f"{folder_of(one)}/{name}" for one in subjects for name in _needed(one, importable)]
    wrong = [f"{file} is missing or empty" for file in files if not _text(directory / file)]
    wrong += [
        f"{folder} is an example of nothing that the provider has"
        for folder in _folders(directory)
        if folder not in {folder_of(one) for one in subjects}
    ]
    if wrong:
        raise CodegenError("Examples are not complete", f"in {directory}: {'; '.join(wrong)}")
    return {one: _example(one, importable, directory) for one in subjects}


def folder_of(subject: Element | Function) -> str:
    """Return the folder of an example."""
    if not isinstance(subject, Element):
        return f"{FUNCTIONS}/{subject.name}"
    if subject.kind is ElementKind.PROVIDER:
        return "provider"
    return f"{FOLDERS[subject.kind]}/{subject.terraform_type}"


def _needed(subject: Element | Function, importable: frozenset[str]) -> list[str]:
    if not isinstance(subject, Element):
        return [_CALL]
    names = [_CONFIGURATIONS[subject.kind]]
    if subject.kind is ElementKind.RESOURCE:
        names.append(_LIMITS)
        if subject.terraform_type in importable:
            names.append(_IMPORT)
    return names


def _folders(directory: Path) -> list[str]:
    found = [path for folder in (*FOLDERS.values(), FUNCTIONS) for path in sorted((directory / folder).glob("*"))]
    return [path.relative_to(directory).as_posix() for path in found if path.is_dir()]


def _example(subject: Element | Function, importable: frozenset[str], directory: Path) -> Example:
    folder = directory / folder_of(subject)
    needed = _needed(subject, importable)
    commands = ""
    lines: tuple[ImportLine, ...] = ()
    if isinstance(subject, Element) and _IMPORT in needed:
        commands = _text(folder / _IMPORT)
        lines = import_lines(commands, subject.terraform_type, f"{folder_of(subject)}/{_IMPORT}")
    return Example(
        configuration=_text(folder / needed[0]),
        import_commands=commands,
        import_lines=lines,
        limits=_text(folder / _LIMITS),
        waiting=_text(folder / _WAITING),
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
