"""The life of a provider process: open a socket, tell Terraform, serve, end with it, but not within a change."""

from __future__ import annotations

import base64
import os
import threading

from dflow_provider.plugin.certificate import self_signed
from dflow_provider.plugin.ending import WATCH_S, Ending, wait_for_the_end
from dflow_provider.plugin.handshake import CLIENT_CERTIFICATE, handshake_line
from dflow_provider.plugin.service import Service
from dflow_provider.plugin.socket_directory import SocketDirectory, sweep
from dflow_provider.plugin.transport import open_server, transport_in

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.plugin.kept_answers import KeptAnswers
    from dflow_provider.schema import Provider


def serve(
    load: Callable[[], Provider],
    environment: Mapping[str, str],
    say: Callable[[str], None],
    kept: KeptAnswers | None = None,
) -> None:
    """Serve one Terraform process, and return when it has said goodbye or died.

    `say` takes the handshake line; the provider is loaded after that. A change that is under way is finished first.
    Answers of earlier processes are taken from `kept`.
    """
    parent = os.getppid()
    ending = Ending()

    folder = environment.get("TMPDIR") or "/tmp"  # noqa: S108  # only the parent of a private directory
    client_certificate = environment.get(CLIENT_CERTIFICATE, "")
    certificate = self_signed() if client_certificate else None
    directory = SocketDirectory.create(folder)
    try:
        service = Service(kept=kept)
        server = open_server(transport_in(environment), directory, certificate, client_certificate)
        server.start(service.answer, ending.set, service.begin)
        der = base64.b64encode(certificate.der).decode().rstrip("=") if certificate else ""
        say(handshake_line(directory.socket, der))
        # Not on this thread: Terraform may have heard all it wants, and waits for the end of this process.
        threading.Thread(target=service.prepare_first, args=(load,), daemon=True).start()
        if not ending.wait(WATCH_S):
            sweep(directory.parent)
        wait_for_the_end(ending, parent)
        service.stop()
        service.in_flight.wait_until_idle()
    finally:
        directory.remove()
