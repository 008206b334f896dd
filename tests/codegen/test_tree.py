"""Writing generated files, and seeing whether they are as generated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dflow_codegen import Change, CodegenError, differences, write_tree

if TYPE_CHECKING:
    from pathlib import Path

MARK = "# Generated from the schema of the Terraform provider acme/shop; do not edit.\n"
FILES = {"__init__.py": MARK, "thing.py": f"{MARK}A = 1\n", "py.typed": ""}


def test_a_written_tree_does_not_differ(tmp_path: Path):
    write_tree(FILES, tmp_path / "shop_bindings")

    assert differences(FILES, tmp_path / "shop_bindings") == []
    assert (tmp_path / "shop_bindings" / "thing.py").read_bytes() == FILES["thing.py"].encode()


def test_what_writing_would_do_is_told_without_writing(tmp_path: Path):
    write_tree(FILES, tmp_path)
    (tmp_path / "thing.py").write_text(f"{MARK}A = 2\n")
    (tmp_path / "old.py").write_text(MARK)
    (tmp_path / "py.typed").unlink()
    before = sorted(path.name for path in tmp_path.iterdir())

    found = differences(FILES, tmp_path)

    assert [(difference.path, difference.change) for difference in found] == [
        ("old.py", Change.REMOVE),
        ("py.typed", Change.ADD),
        ("thing.py", Change.REPLACE),
    ]
    assert [str(difference) for difference in found] == [
        "old.py: no longer generated",
        "py.typed: missing",
        "thing.py: different",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_writing_returns_what_changed_and_leaves_the_rest_untouched(tmp_path: Path):
    write_tree(FILES, tmp_path)
    (tmp_path / "old.py").write_text(MARK)
    untouched = (tmp_path / "thing.py").stat().st_mtime_ns

    changes = write_tree(FILES, tmp_path)

    assert [difference.path for difference in changes] == ["old.py"]
    assert not (tmp_path / "old.py").exists()
    assert (tmp_path / "thing.py").stat().st_mtime_ns == untouched


def test_files_of_other_origin_stay(tmp_path: Path):
    (tmp_path / "by_hand.py").write_text("A = 1\n")
    (tmp_path / "notes.md").write_text("notes\n")

    write_tree(FILES, tmp_path)

    assert (tmp_path / "by_hand.py").read_text() == "A = 1\n"
    assert (tmp_path / "notes.md").exists()
    assert differences(FILES, tmp_path) == []


def test_a_file_written_by_hand_is_not_overwritten(tmp_path: Path):
    (tmp_path / "thing.py").write_text("A = 'mine'\n")

    with pytest.raises(CodegenError, match=r"thing\.py does not begin with the generator's mark"):
        write_tree(FILES, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["thing.py"]
    assert (tmp_path / "thing.py").read_text() == "A = 'mine'\n"


def test_line_ends_are_the_same_everywhere(tmp_path: Path):
    write_tree(FILES, tmp_path)
    (tmp_path / "thing.py").write_bytes(FILES["thing.py"].replace("\n", "\r\n").encode())

    assert [difference.path for difference in differences(FILES, tmp_path)] == ["thing.py"]
