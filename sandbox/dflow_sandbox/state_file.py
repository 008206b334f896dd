"""What a detached sandbox leaves for the commands that come later."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_sandbox.access import SandboxAccess
from dflow_sandbox.process_identity import ProcessIdentity

if TYPE_CHECKING:
    from pathlib import Path

STATE_FILE = "sandbox.json"


@dataclass(frozen=True)
class SandboxState:
    """The supervising process, the servers it looks after, and how to reach them."""

    supervisor: ProcessIdentity
    servers: tuple[ProcessIdentity, ...]
    access: SandboxAccess

    def write(self, directory: Path) -> None:
        """Stores the state readable by its owner alone, at once or not at all."""
        document = {
            "supervisor": dataclasses.asdict(self.supervisor),
            "servers": [dataclasses.asdict(server) for server in self.servers],
            "access": self.access.to_document(),
        }
        draft = directory / f"{STATE_FILE}.new"
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(document, file, indent=2)
        draft.replace(directory / STATE_FILE)


def read_state(directory: Path) -> SandboxState | None:
    """The state found in `directory`, of a running sandbox or one that died; None when there is none."""
    try:
        document = json.loads((directory / STATE_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return SandboxState(
        supervisor=ProcessIdentity(**document["supervisor"]),
        servers=tuple(ProcessIdentity(**server) for server in document["servers"]),
        access=SandboxAccess.from_document(document["access"]),
    )


def remove_state(directory: Path) -> None:
    """Forgets the sandbox of `directory`."""
    (directory / STATE_FILE).unlink(missing_ok=True)
