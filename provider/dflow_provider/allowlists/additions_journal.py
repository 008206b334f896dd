"""Notes of entries that are about to be added, for vendors whose entries cannot say whose they are.

Terraform learns what was added only from the provider's answer. A process that is killed between the vendor's write and
that answer would leave entries that look like somebody else's and would stay for ever. So they are noted in a file
first. Notes hold addresses and the object's id, never a secret.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from typing import TYPE_CHECKING

from dflow_provider import log

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class AdditionsJournal:
    """The notes of one working directory. A directory that cannot be written is logged and otherwise no matter.

    Args:
        data_directory: Terraform's own data directory (`.terraform` or TF_DATA_DIR); used only if it exists.
    """

    def __init__(self, data_directory: Path) -> None:
        self._data_directory = data_directory
        self._directory = data_directory / "dflow-provider" / "adding"

    def find(self, identity: str) -> frozenset[str]:
        """Return the addresses noted for an object."""
        try:
            note = json.loads(self._path(identity).read_text(encoding="utf-8"))
            return frozenset(map(str, note["cidrs"])) if note["format"] == 1 and note["id"] == identity else frozenset()
        except (OSError, ValueError, KeyError, TypeError):
            return frozenset()

    def note(self, identity: str, cidrs: Iterable[str]) -> None:
        """Note the addresses of an object, in place of what was noted before."""
        if not self._data_directory.is_dir():
            return
        path = self._path(identity)
        unfinished = path.with_suffix(f".{os.urandom(4).hex()}")
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump({"format": 1, "id": identity, "cidrs": sorted(cidrs)}, file)
            unfinished.replace(path)
        except OSError as error:
            log.debug("Could not note entries", directory=str(self._directory), reason=str(error))

    def settle(self, identity: str) -> None:
        """Drop the note of an object whose entries Terraform's state knows, or that is gone."""
        with contextlib.suppress(OSError):
            self._path(identity).unlink()

    def _path(self, identity: str) -> Path:
        return self._directory / f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}.json"
