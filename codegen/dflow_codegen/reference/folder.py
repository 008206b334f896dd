"""The directory that reference pages are kept in, which has one more level than a Python package of bindings."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from dflow_codegen.reference.place import FOLDERS, FUNCTIONS
from dflow_codegen.tree import Difference, differences, write_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_SUFFIX = ".md"


def reference_differences(files: Mapping[str, str], directory: Path) -> list[Difference]:
    """Compare a directory with what was generated, sorted by path; nothing is written.

    Pages that no generator wrote are left out.
    """
    found = [
        Difference(posixpath.join(folder, one.path), one.change)
        for folder, pages in _by_folder(files)
        for one in differences(pages, directory / folder, _SUFFIX)
    ]
    return sorted(found, key=lambda difference: difference.path)


def write_reference(files: Mapping[str, str], directory: Path) -> list[Difference]:
    """Make a directory hold what was generated, and return what had to change; pages of other origin stay.

    Raises:
        CodegenError: a page of other origin stands where a generated one belongs. Its folder is as it was.
    """
    found = [
        Difference(posixpath.join(folder, one.path), one.change)
        for folder, pages in _by_folder(files)
        for one in write_tree(pages, directory / folder, _SUFFIX)
    ]
    return sorted(found, key=lambda difference: difference.path)


def _by_folder(files: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    for folder in ("", *FOLDERS.values(), FUNCTIONS):
        yield (
            folder,
            {posixpath.basename(path): text for path, text in files.items() if posixpath.dirname(path) == folder},
        )
