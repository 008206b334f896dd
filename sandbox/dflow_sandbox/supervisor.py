"""The process a detached sandbox lives in: it starts the servers, keeps them, and ends with them.

Run by `detached.py` as `python -m dflow_sandbox.supervisor <directory> <ports as JSON> <report file descriptor>`.
It leaves its caller's session at once, writes `ready` or the error to the report descriptor, and stops on SIGTERM.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path

from dflow_sandbox.detached import READY
from dflow_sandbox.errors import SandboxError
from dflow_sandbox.process_identity import ProcessIdentity
from dflow_sandbox.sandbox import Sandbox
from dflow_sandbox.state_file import SandboxState, remove_state

_LOOK_AFTER_SECONDS = 1.0


def main() -> None:
    """Becomes a process of its own and supervises one sandbox until told to stop."""
    directory, ports, report = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
    if os.fork() > 0:
        os._exit(0)  # the caller waits for this one only, and never has to reap the other
    os.setsid()
    told_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told_to_stop.set())
    with os.fdopen(report, "w", encoding="utf-8") as answer:
        try:
            sandbox = Sandbox.start(directory, **ports)
        except (SandboxError, OSError) as error:
            answer.write(str(error))
            raise SystemExit(1) from error
        with sandbox:
            _identify(sandbox).write(directory)
            answer.write(READY)
            answer.close()
            while sandbox.is_running() and not told_to_stop.wait(_LOOK_AFTER_SECONDS):
                pass
            remove_state(directory)


def _identify(sandbox: Sandbox) -> SandboxState:
    identities = [ProcessIdentity.of(pid) for pid in (os.getpid(), *sandbox.pids)]
    supervisor, *servers = [identity for identity in identities if identity is not None]
    return SandboxState(supervisor=supervisor, servers=tuple(servers), access=sandbox)


if __name__ == "__main__":
    main()
