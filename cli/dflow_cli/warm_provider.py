"""A provider process that serves several Terraform commands, or several phases of one, instead of one each."""

from __future__ import annotations

import os
import signal
import socket
import sys
from contextlib import contextmanager

from dflow_cli import launcher
from dflow_cli.failure import CommandError

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "TF_REATTACH_PROVIDERS"
END_SECONDS = 120
"""How long to wait for a change under way before the provider is ended by force."""

PROGRAM = "import sys; from dflow_provider.plugin.main import main; sys.exit(main())"
"""What `python -m` would run, without the 5 ms that it takes to find it."""


@contextmanager
def warm_provider() -> Iterator[dict[str, str]]:
    """Start the provider, and give the variable that makes Terraform and OpenTofu use it. Ends it afterwards.

    Its socket is open before it runs, so nobody waits for it: whoever connects meanwhile is answered once it is there.
    Without TLS: the socket lies in a directory that only this user can enter.

    Raises:
        CommandError: the provider refuses to serve, or has ended by itself.
    """
    from dflow_provider.plugin.attachment import attachment  # noqa: PLC0415  # an extra; this module is always there
    from dflow_provider.plugin.socket_directory import SocketDirectory  # noqa: PLC0415  # as above

    _refuse_what_cannot_work()
    directory = SocketDirectory.create(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108  # it is private
    try:
        provider = _started(directory.socket)
        try:
            import json  # noqa: PLC0415  # while the provider starts

            described = attachment(provider, directory.socket)
            yield {VARIABLE: json.dumps({f"{host}/{launcher.SOURCE}": described for host in launcher.HOSTS})}
        finally:
            ended = _ended(provider)
            if ended is None:
                _end(provider)
    finally:
        directory.remove()
    if ended is not None:
        raise CommandError(f"the provider ended before it was told to, with exit code {ended}; why, it may say above")


def _refuse_what_cannot_work() -> None:
    """Say what the provider itself would say, who has nobody to say it to."""
    from dflow_provider.plugin.handshake import missing_package  # noqa: PLC0415  # as above
    from dflow_provider.plugin.transport import transport_refusal  # noqa: PLC0415  # as above

    reason = transport_refusal(os.environ) or missing_package()
    if reason is not None:
        raise CommandError(reason)


def _started(path: str) -> int:
    """Start the provider on a socket that listens already, and return its process id.

    Without `subprocess`, which takes longer to import than the provider needs to be under way.
    """
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(128)
        listener.set_inheritable(True)
        return os.posix_spawn(
            sys.executable,
            [sys.executable, "-P", "-c", PROGRAM, "--serve", str(listener.fileno())],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            ],
            setpgroup=0,  # a terminal's Ctrl-C is for Terraform, and could come before the provider ignores it
        )


def _ended(provider: int) -> int | None:
    """Return the exit code of a provider that has ended by itself; nothing while it runs."""
    pid, status = os.waitpid(provider, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


def _end(provider: int) -> None:
    """Let the provider finish what it is doing, then make sure that it is gone."""
    from threading import Timer  # noqa: PLC0415  # needed last

    os.kill(provider, signal.SIGTERM)
    # Waiting with a time-out would be waiting by looking every now and then.
    deadline = Timer(END_SECONDS, os.kill, (provider, signal.SIGKILL))
    deadline.daemon = True
    deadline.start()
    os.waitpid(provider, 0)
    deadline.cancel()
