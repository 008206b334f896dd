"""What people write beside the schema: an example of each type, how to import it, and what it does not do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dflow_codegen.errors import CodegenError
from dflow_codegen.model import Element, ElementKind
from dflow_codegen.reference.import_line import ImportLine, import_lines
from dflow_codegen.reference.place import FOLDERS, FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
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


@dataclass(frozen=True)
class Sources:
    """Where examples are.

    Attributes:
        directory: holds `provider`, `resources/<type>`, `data-sources/<type>`, `ephemeral-resources/<type>` and
            `functions/<name>`.
        written: further files as text by their path in the directory, for examples that a program writes.
    """

    directory: Path
    written: Mapping[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """Return the text of a file, without the space around it; empty if there is none."""
        if path in self.written:
            return self.written[path].strip()
        file = self.directory / path
        return file.read_text(encoding="utf-8").strip() if file.is_file() else ""

    def folders(self) -> list[str]:
        """Return the folders of examples, by their paths."""
        found = {path.rpartition("/")[0] for path in self.written}
        for folder in (*FOLDERS.values(), FUNCTIONS):
            found |= {
                path.relative_to(self.directory).as_posix()
                for path in (self.directory / folder).glob("*")
                if path.is_dir()
            }
        return sorted(found)


def read_examples(
    provider: Provider, functions: tuple[Function, ...], importable: frozenset[str], sources: Sources
) -> dict[Element | Function, Example]:
    """Read the example of every element and function.

    Args:
        provider: whose elements.
        functions: its functions.
        importable: the resource types that `terraform import` adopts.
        sources: where the examples are.

    Raises:
        CodegenError: a file is missing or empty, an import line is none, or a folder belongs to nothing; the detail
            names every one of them.
    """
    subjects: tuple[Element | Function, ...] = (*provider.elements, *functions)
    files = [f"{folder_of(one)}/{name}" for one in subjects for name in _needed(one, importable)]
    wrong = [f"{file} is missing or empty" for file in files if not sources.text(file)]
    wrong += [
        f"{folder} is an example of nothing that the provider has"
        for folder in sources.folders()
        if folder not in {folder_of(one) for one in subjects}
    ]
    if wrong:
        raise CodegenError("Examples are not complete", f"in {sources.directory}: {'; '.join(wrong)}")
    return {one: _example(one, importable, sources) for one in subjects}


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


def _example(subject: Element | Function, importable: frozenset[str], sources: Sources) -> Example:
    folder = folder_of(subject)
    needed = _needed(subject, importable)
    commands = ""
    lines: tuple[ImportLine, ...] = ()
    if isinstance(subject, Element) and _IMPORT in needed:
        commands = sources.text(f"{folder}/{_IMPORT}")
        lines = import_lines(commands, subject.terraform_type, f"{folder}/{_IMPORT}")
    return Example(
        configuration=sources.text(f"{folder}/{needed[0]}"),
        import_commands=commands,
        import_lines=lines,
        limits=sources.text(f"{folder}/{_LIMITS}"),
        waiting=sources.text(f"{folder}/{_WAITING}"),
    )
