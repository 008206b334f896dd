"""Answers kept from one provider process for the next: never one of another program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dflow_provider.plugin.calls import provider_calls
from dflow_provider.plugin.in_flight import InFlight
from dflow_provider.plugin.kept_answers import KEPT, KeptAnswers
from dflow_provider.plugin.service import Service
from dflow_provider.plugin.session import Session
from dflow_provider.provider import DflowProvider

SCHEMA = "/tfplugin6.Provider/GetProviderSchema"
PACKAGES = ("dflow_provider", "dflow_vendors")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A program of one package with one module."""
    folder = tmp_path / "kept_program"
    (folder / "inner").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "inner" / "module.py").write_text("one = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


@pytest.fixture
def writable(tmp_path, monkeypatch):
    """A cache directory of the user's, and no other place to write."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}


class InCache(KeptAnswers):
    """Keeps in the user's cache directory alone, as where the program's own cannot be written."""

    def __init__(self, packages, environment):
        super().__init__(packages, environment)
        self._folders = self._folders[-1:]


def kept(program, writable) -> KeptAnswers:
    return InCache((program.name,), writable)


def test_what_is_kept_is_found_by_the_next_process(program, writable):
    kept(program, writable).keep(SCHEMA, b"answer")

    assert kept(program, writable).get(SCHEMA) == b"answer"


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "inner" / "module.py").write_text("one = 11\n"),
        lambda folder: os.utime(folder / "inner" / "module.py", ns=(1, 1)),
        lambda folder: (folder / "inner" / "other.py").write_text(""),
        lambda folder: (folder / "inner" / "module.py").rename(folder / "module.py"),
        lambda folder: (folder / "inner" / "module.py").unlink(),
    ],
    ids=["another size", "another time", "another module", "moved", "removed"],
)
def test_another_program_does_not_get_it(program, writable, change):
    kept(program, writable).keep(SCHEMA, b"answer")
    change(program)

    assert kept(program, writable).get(SCHEMA) is None


def test_an_answer_of_a_program_that_changed_meanwhile_is_not_kept(program, writable):
    answers = kept(program, writable)
    answers.note()
    (program / "inner" / "module.py").write_text("two = 22\n")

    answers.keep(SCHEMA, b"answer")

    assert kept(program, writable).get(SCHEMA) is None


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:10], lambda _: b"", lambda d: d + b"x"])
def test_a_damaged_file_counts_as_none(program, writable, damage):
    kept(program, writable).keep(SCHEMA, b"answer")
    (file,) = Path(writable["XDG_CACHE_HOME"]).rglob("*.answer")
    file.write_bytes(damage(file.read_bytes()))

    assert kept(program, writable).get(SCHEMA) is None


def test_the_answer_to_one_call_is_not_that_to_another(program, writable):
    kept(program, writable).keep(SCHEMA, b"answer")
    (file,) = Path(writable["XDG_CACHE_HOME"]).rglob("*.answer")
    file.rename(file.with_name("GetMetadata.answer"))

    assert kept(program, writable).get("/tfplugin6.Provider/GetMetadata") is None


def test_calls_that_are_not_about_the_program_are_not_kept(program, writable):
    kept(program, writable).keep("/tfplugin6.Provider/ReadResource", b"answer")

    assert not Path(writable["XDG_CACHE_HOME"]).exists()


def test_where_nothing_can_be_written_nothing_is_kept(program, writable, tmp_path):
    (tmp_path / "cache").write_text("a file where the directory would be")

    kept(program, writable).keep(SCHEMA, b"answer")

    assert kept(program, writable).get(SCHEMA) is None


def test_python_told_to_write_no_bytecode_keeps_nothing(program, writable, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    kept(program, writable).keep(SCHEMA, b"answer")

    assert not Path(writable["XDG_CACHE_HOME"]).exists()


def test_a_program_that_is_not_there_keeps_nothing(writable):
    answers = InCache(("no_such_package",), writable)

    answers.keep(SCHEMA, b"answer")

    assert answers.get(SCHEMA) is None


def test_answers_lie_beside_compiled_modules_and_else_in_the_cache_directory():
    compiled, cache = KeptAnswers(PACKAGES, {"HOME": "/home/me"})._folders

    assert compiled.endswith("__pycache__") or sys.pycache_prefix
    assert cache == "/home/me/.cache/dflow-cdktf"
    assert len(KeptAnswers(PACKAGES, {"XDG_CACHE_HOME": "relative"})._folders) == 1


def test_a_service_answers_what_is_kept_before_its_provider_is_loaded(program, writable):
    kept(program, writable).keep(SCHEMA, b"answer")

    assert Service(kept=kept(program, writable)).answer(SCHEMA, b"") == b"answer"


@pytest.mark.parametrize("path", sorted(KEPT))
def test_an_answer_of_the_dflow_provider_is_kept_as_it_was_given(path, writable):
    given = provider_calls(Session(DflowProvider()), InFlight(), InCache(PACKAGES, writable))[path](b"")

    assert InCache(PACKAGES, writable).get(path) == given
    assert provider_calls(Session(DflowProvider()), InFlight())[path](b"") == given


def test_a_failure_is_not_kept(program, writable):
    provider = DflowProvider()
    provider.resources = {"dflow_broken": object()}

    answer = provider_calls(Session(provider), InFlight(), kept(program, writable))[SCHEMA](b"")

    assert b"Bug in the dflow provider" in answer
    assert kept(program, writable).get(SCHEMA) is None


def test_what_the_dflow_provider_keeps_in_this_checkout_is_what_it_would_build():
    """Whatever was kept by the processes that ran before: it is this program's, or not used."""
    found = KeptAnswers(PACKAGES, {}).get(SCHEMA)

    assert found in {None, provider_calls(Session(DflowProvider()), InFlight())[SCHEMA](b"")}


def test_a_kept_schema_is_told_without_importing_what_it_describes(writable):
    """The first process of every command has no other call."""
    InCache(PACKAGES, writable).keep(SCHEMA, b"answer")
    code = """
import sys
from dflow_provider.plugin.kept_answers import KeptAnswers
from dflow_provider.plugin.service import Service

kept = KeptAnswers(("dflow_provider", "dflow_vendors"), {"XDG_CACHE_HOME": sys.argv[1]})
assert Service(kept=kept).answer("/tfplugin6.Provider/GetProviderSchema", b"")
print(sorted({"google", "msgpack", "typing", "dataclasses", "json", "dflow_vendors"} & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, writable["XDG_CACHE_HOME"]], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
