"""One provider process for many Terraform commands: Terraform is told to reattach to it instead of starting its own.

Starting Python is most of what a small plan costs, and `terraform test` starts a provider three times per run. A
process that is there already answers at once. Terraform means this for debugging: versions and the lock file are
ignored, and there is no TLS, so all protection is the directory of the socket.

Each alias and each walk of Terraform opens a connection of its own and configures it. Our own HTTP/2 serves each by
itself; gRPC in Python does not tell connections on a unix socket apart, so there each is passed on to a server of its
own.
"""

from __future__ import annotations

import os
import socket
import threading
from contextlib import contextmanager, suppress
from itertools import count

from dflow_provider.plugin.attachment import attachment
from dflow_provider.plugin.ending import Ending, wait_for_the_end
from dflow_provider.plugin.in_flight import InFlight
from dflow_provider.plugin.service import Service
from dflow_provider.plugin.socket_directory import SocketDirectory, sweep
from dflow_provider.plugin.transport import Transport, transport_in

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from dflow_provider.plugin.kept_answers import KeptAnswers
    from dflow_provider.schema import Provider

SOURCE = "registry.terraform.io/dflow-cdktf"
BACKLOG = 128
CHUNK = 1 << 16
"""Bytes passed on at a time."""


def serve_reattached(
    load: Callable[[], Provider],
    environment: Mapping[str, str],
    say: Callable[[str], None],
    kept: KeptAnswers | None = None,
    listener: int | None = None,
) -> None:
    """Serve any number of Terraform commands, until SIGTERM or the end of the process that started this one.

    Args:
        load: returns the provider; it is loaded once.
        environment: the environment variables of this process.
        say: takes the value for the environment variable TF_REATTACH_PROVIDERS.
        kept: answers of earlier processes.
        listener: the descriptor of a socket that listens already, alone in its directory, which is removed at the end.
            Whoever made it knows what to tell Terraform, so nothing is said.
    """
    parent = os.getppid()
    transport = transport_in(environment)
    ending = Ending()
    once = _Once(load)
    in_flight = InFlight()
    services: set[Service] = set()

    @contextmanager
    def service() -> Iterator[Service]:
        """Make what serves one connection, and forget it afterwards with everything it was configured with."""
        made = Service(in_flight, kept)
        services.add(made)
        threading.Thread(target=made.prepare, args=(once.load,), daemon=True).start()
        try:
            yield made
        finally:
            made.stop()
            services.discard(made)

    listening, directory = _opened(environment) if listener is None else _taken_over(listener)
    try:
        with listening:
            threading.Thread(target=_accept, args=(listening, directory, transport, service), daemon=True).start()
            if listener is None:
                import json  # noqa: PLC0415  # nobody waits for this one

                say(json.dumps({f"{SOURCE}/{once.load().name}": attachment(os.getpid(), directory.socket)}))
            _load(transport)
            Service(kept=kept).prepare_first(once.load)  # so that the first connection finds everything imported
            sweep(directory.parent)
            wait_for_the_end(ending, parent)
            for each in list(services):
                each.stop()
            in_flight.wait_until_idle()
    finally:
        directory.remove()


class _Once:
    """A provider for all connections."""

    def __init__(self, load: Callable[[], Provider]) -> None:
        self._load = load
        self._loading = threading.Lock()
        self._loaded: Provider | None = None

    def load(self) -> Provider:
        """Return the provider; if it cannot be loaded, whoever asks next tries again."""
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded


def _opened(environment: Mapping[str, str]) -> tuple[socket.socket, SocketDirectory]:
    directory = SocketDirectory.create(environment.get("TMPDIR") or "/tmp")  # noqa: S108  # it is private
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(directory.socket)
    listening.listen(BACKLOG)
    return listening, directory


def _taken_over(listener: int) -> tuple[socket.socket, SocketDirectory]:
    listening = socket.socket(fileno=listener)
    listening.set_inheritable(False)
    path: str = listening.getsockname()
    return listening, SocketDirectory(path.rpartition("/")[0])


def _load(transport: Transport) -> None:
    """Import what carries the calls before what answers them: the first calls need nothing else."""
    if transport is Transport.HTTP2:
        import dflow_provider.plugin.http2.server  # noqa: PLC0415  # only one transport is loaded
    else:
        import dflow_provider.plugin.server  # noqa: F401, PLC0415  # as above


def _accept(
    listener: socket.socket,
    directory: SocketDirectory,
    transport: Transport,
    service: Callable[[], AbstractContextManager[Service]],
) -> None:
    for number in count():
        try:
            connection, _ = listener.accept()
        except OSError:  # closed: the process ends
            return
        if transport is Transport.HTTP2:
            threading.Thread(target=_serve_connection, args=(connection, service()), daemon=True).start()
        else:
            path = f"{directory.path}/{number}"
            threading.Thread(target=_serve_through_grpcio, args=(connection, path, service()), daemon=True).start()


def _serve_connection(connection: socket.socket, service: AbstractContextManager[Service]) -> None:
    """Serve one connection until either side hangs up."""
    from dflow_provider.plugin.http2.server import Dispatcher  # noqa: PLC0415  # only one transport is loaded

    with service as serving:
        # A goodbye ends the connection, not the process.
        dispatcher = Dispatcher(serving.answer, lambda: None, serving.begin)
        dispatcher.serve(connection, None)
        dispatcher.close()


def _serve_through_grpcio(connection: socket.socket, path: str, service: AbstractContextManager[Service]) -> None:
    """Pass one connection on to a server of its own until either side hangs up."""
    from dflow_provider.plugin.server import Server  # noqa: PLC0415  # only one transport is loaded

    with service as serving:
        server = Server(path, None)
        server.start(serving.answer, lambda: None, serving.begin)  # as above
        with connection, socket.socket(socket.AF_UNIX) as inner:
            inner.connect(path)
            back = threading.Thread(target=_pass_on, args=(inner, connection), daemon=True)
            back.start()
            _pass_on(connection, inner)
            back.join()
        server.close()
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108  # pathlib would cost 5 ms at the start


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(CHUNK):
            target.sendall(chunk)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
