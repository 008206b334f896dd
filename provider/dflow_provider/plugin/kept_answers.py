"""Answers that depend on nothing but the provider's program: its schema above all.

Every command of Terraform's begins with a provider process that only tells the schema. To build it, every resource has
to be imported; so what was built once lies beside Python's own compiled modules, and holds as long as those do: while
no file of the program has another size or another time of change. Where the directory cannot be written, it lies in the
user's cache directory.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SERVICE = "/tfplugin6.Provider/"
KEPT = frozenset(f"{SERVICE}{name}" for name in ("GetMetadata", "GetProviderSchema", "GetFunctions"))
"""Paths of the calls whose answers are kept."""

_DIGEST_BYTES = 32
_COMPILED = (".py", ".pyc")


class KeptAnswers:
    """Answers that an earlier process of the same program has built.

    Args:
        packages: what the program consists of; all of it counts, whatever an answer was built from.
        environment: the environment variables that say where the user's cache directory is.
    """

    def __init__(self, packages: tuple[str, ...], environment: Mapping[str, str]) -> None:
        self._packages = packages
        self._folders = _folders(environment)
        self._lock = threading.Lock()
        self._noted: bytes | None = None

    def note(self) -> bytes | None:
        """Note what the program looks like, before any of it is imported that answers are built from.

        Returns:
            What tells this program from every other; nothing where it does not consist of files.
        """
        with self._lock:
            if self._noted is None:
                self._noted = _look_of(self._packages)
            return self._noted

    def get(self, path: str) -> bytes | None:
        """Return the answer to a call; nothing if none is kept, or one of another program."""
        look = self.note() if path in KEPT else None
        if look is None:
            return None
        for folder in self._folders:
            try:
                with open(_file(folder, path), "rb", buffering=0) as file:  # noqa: PTH123  # pathlib costs 5 ms a start
                    kept = file.read()
            except OSError:
                continue
            answer = kept[_DIGEST_BYTES:]
            if kept[:_DIGEST_BYTES] == _digest(look, path, answer):
                return answer
        return None

    def keep(self, path: str, answer: bytes) -> None:
        """Keep an answer for later processes, unless the program has changed since; where that fails, do nothing."""
        look = self.note() if path in KEPT else None
        if look is None or sys.dont_write_bytecode or look != _look_of(self._packages):
            return
        for folder in self._folders:
            target = _file(folder, path)
            staged = f"{target}.{os.getpid()}"
            try:
                os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103  # see above
                with open(staged, "wb") as file:  # noqa: PTH123  # see above
                    file.write(_digest(look, path, answer) + answer)
                os.replace(staged, target)  # noqa: PTH105  # see above
            except OSError:
                continue
            return


def _folders(environment: Mapping[str, str]) -> list[str]:
    """Where answers may lie; the first that can be written is taken."""
    cached = __spec__.cached
    home = environment.get("HOME", "")
    cache = environment.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else "")
    return [
        *([os.path.dirname(cached)] if cached else []),  # noqa: PTH120  # pathlib costs 5 ms a start
        *([f"{cache}/dflow-cdktf"] if cache.startswith("/") else []),
    ]


def _file(folder: str, path: str) -> str:
    return f"{folder}/{path.rpartition('/')[2]}.answer"


def _digest(look: bytes, path: str, answer: bytes) -> bytes:
    return hashlib.blake2b(path.encode() + answer, digest_size=_DIGEST_BYTES, key=look).digest()


def _look_of(packages: tuple[str, ...]) -> bytes | None:
    """Digest name, size and time of change of every module, as Python does to know whether it has to compile one."""
    from importlib.machinery import PathFinder  # noqa: PLC0415  # not every process answers such a call

    seen = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    try:
        for package in packages:
            spec = PathFinder.find_spec(package)
            if spec is None or not spec.submodule_search_locations:
                return None
            for folder in spec.submodule_search_locations:
                for path, found in _modules(folder):
                    seen.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    except OSError:
        return None
    return seen.digest()


def _modules(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith(_COMPILED):
            yield entry.path, entry.stat()
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _modules(entry.path)
