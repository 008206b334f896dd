"""Imports that several calls begin at once."""

from __future__ import annotations

import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_provider.importing import imported

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    import pytest

LOCKS = {("<frozen importlib._bootstrap>", "acquire"), ("importing.py", "imported")}
"""Where a thread stands that waits for another one's import: in Python's lock of a module, or in ours."""


class Meeting:
    """Lets a package come into being no sooner than another thread waits for it."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self._other = threading.Event()
        self._thread = 0

    def wait(self) -> None:
        self.begun.set()
        assert self._other.wait(10)
        deadline = time.monotonic() + 10
        while not self._other_waits() and time.monotonic() < deadline:
            os.sched_yield()
        assert self._other_waits()

    def _other_waits(self) -> bool:
        code = sys._current_frames()[self._thread].f_code
        return (Path(code.co_filename).name, code.co_name) in LOCKS

    def import_too(self, name: str) -> ModuleType:
        """Import something in another thread."""
        self._thread = threading.get_ident()
        self._other.set()
        return imported(name)


class LateLoader(SourceFileLoader):
    """Begins with a package that is found, and not yet among the modules."""

    meeting: Meeting

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        self.meeting.wait()
        return None


class LateFinder:
    """Finds one package for a meeting."""

    def __init__(self, name: str, meeting: Meeting) -> None:
        self._name = name
        self._meeting = meeting

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name == self._name else None
        if spec is not None and spec.origin is not None:
            loader = LateLoader(name, spec.origin)
            loader.meeting = self._meeting
            spec.loader = loader
        return spec


def test_a_package_is_imported_from_both_ends_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Python's own locks let one of the two fail."""
    package = tmp_path / "both_ends"
    package.mkdir()
    (package / "__init__.py").write_text("from both_ends.inner import WORD\n")
    (package / "inner.py").write_text("WORD = 'arrived'\n")
    monkeypatch.syspath_prepend(tmp_path)
    meeting = Meeting()
    monkeypatch.setattr(sys, "meta_path", [LateFinder("both_ends", meeting), *sys.meta_path])

    with ThreadPoolExecutor(2) as both:
        whole = both.submit(imported, "both_ends")
        assert meeting.begun.wait(10)
        inner = both.submit(meeting.import_too, "both_ends.inner")

        assert whole.result(20).WORD == inner.result(20).WORD == "arrived"
