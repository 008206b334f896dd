"""The directory of the socket is private, and does not pile up."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from dflow_provider.plugin.socket_directory import PREFIX, SocketDirectory, sweep


@pytest.fixture
def parent(tmp_path_factory):
    """A folder with a path short enough for a socket."""
    return tmp_path_factory.mktemp("s")


def aged(directory):
    """Make a directory look as if it had been there for an hour."""
    hour_ago = directory.stat().st_mtime - 3600
    os.utime(directory, (hour_ago, hour_ago))
    return directory


def test_nobody_else_may_enter_it(parent):
    """Mode 0700, whatever the umask."""
    before = os.umask(0)
    try:
        made = SocketDirectory.create(str(parent))
    finally:
        os.umask(before)

    assert stat.S_IMODE(Path(made.path).stat().st_mode) == 0o700
    made.remove()
    assert not Path(made.path).exists()
    made.remove()


def test_two_are_never_the_same(parent):
    """Also within a process."""
    assert SocketDirectory.create(str(parent)) != SocketDirectory.create(str(parent))


def test_a_path_too_long_for_a_socket_is_left_for_tmp(parent):
    """The kernel has a limit of about a hundred bytes."""
    deep = parent / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    made = SocketDirectory.create(str(deep))
    try:
        assert made.path.startswith(f"/tmp/{PREFIX}")
    finally:
        made.remove()


def test_what_a_killed_provider_left_behind_is_swept(parent):
    """With or without a dead socket in it."""
    empty, dead = parent / f"{PREFIX}1-a", parent / f"{PREFIX}2-b"
    empty.mkdir()
    dead.mkdir()
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(str(dead / "socket"))
    aged(empty)
    aged(dead)

    sweep(str(parent))

    assert list(parent.iterdir()) == []


def test_a_directory_in_use_a_young_one_and_a_stranger_stay(parent):
    """Somebody listens, or may be about to; and what is not ours is nobody's business."""
    used, young, strange, file = (parent / name for name in (f"{PREFIX}1-a", f"{PREFIX}2-b", "other", f"{PREFIX}file"))
    for directory in (used, young, strange):
        directory.mkdir()
    file.touch()
    aged(strange)
    aged(file)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(used / "socket"))
        listening.listen()
        aged(used)

        sweep(str(parent))

    assert {path.name for path in parent.iterdir()} == {used.name, young.name, strange.name, file.name}


def test_a_folder_that_does_not_exist_needs_no_sweeping(parent):
    """TMPDIR may be wrong."""
    sweep(str(parent / "nothing"))
