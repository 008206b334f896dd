"""One provider process for many Terraform commands: Terraform is told to reattach to it instead of starting its own.

Starting Python is most of what a small plan costs, and `terraform test` starts a provider three times per run. A
process that is there already answers at once. Terraform means this for debugging: versions and the lock file are
ignored, and there is no TLS, so all protection is the directory of the socket.

Each alias and each walk of Terraform opens a connection of its own and configures it. Our own HTTP/2 serves each by
itself; gRPC in Python does not tell connections on a unix socket apart, so there each is passed on to a server of its
own.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from dflow_provider.plugin.in_flight import InFlight
from dflow_provider.plugin.service import Service
from dflow_provider.plugin.serving import wait_for_the_end
from dflow_provider.plugin.socket_directory import SocketDirectory, sweep
from dflow_provider.plugin.transport import Transport, transport_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.plugin.kept_answers import KeptAnswers
    from dflow_provider.schema import Provider

SOURCE = "registry.terraform.io/dflow-cdktf"
CHUNK = 1 << 16
"""Bytes passed on at a time."""


def serve_reattached(
    load: Callable[[], Provider],
    environment: Mapping[str, str],
    say: Callable[[str], None],
    kept: KeptAnswers | None = None,
) -> None:
    """Serve any number of Terraform commands, until SIGTERM or the end of the process that started this one.

    `say` takes the value for the environment variable TF_REATTACH_PROVIDERS.
    """
    parent = os.getppid()
    transport = transport_in(environment)
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    folder = environment.get("TMPDIR") or "/tmp"  # noqa: S108  # only the parent of a private directory
    provider = load()
    directory = SocketDirectory.create(folder)
    in_flight = InFlight()
    services: list[Service] = []
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(directory.socket)
            listener.listen(128)
            threading.Thread(
                target=_accept,
                args=(listener, directory, transport, lambda: _service(provider, in_flight, services, kept)),
                daemon=True,
            ).start()
            say(_description(provider, directory))
            sweep(directory.parent)
            wait_for_the_end(ending, parent)
            for service in services:
                service.stop()
            in_flight.wait_until_idle()
    finally:
        directory.remove()


def _description(provider: Provider, directory: SocketDirectory) -> str:
    described = {
        "Protocol": "grpc",
        "ProtocolVersion": 6,
        "Pid": os.getpid(),
        "Test": True,  # Terraform ends a provider that it is reattached to, unless it is one under test
        "Addr": {"Network": "unix", "String": directory.socket},
    }
    return json.dumps({f"{SOURCE}/{provider.name}": described})


def _service(provider: Provider, in_flight: InFlight, services: list[Service], kept: KeptAnswers | None) -> Service:
    service = Service(in_flight, kept)
    service.prepare(lambda: provider)
    services.append(service)
    return service


def _accept(
    listener: socket.socket, directory: SocketDirectory, transport: Transport, service: Callable[[], Service]
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


def _serve_connection(connection: socket.socket, service: Service) -> None:
    """Serve one connection until either side hangs up."""
    from dflow_provider.plugin.http2.server import Dispatcher  # noqa: PLC0415  # only one transport is loaded

    dispatcher = Dispatcher(service.answer, lambda: None)  # a goodbye ends the connection, not the process
    dispatcher.serve(connection, None)
    dispatcher.close()
    service.stop()


def _serve_through_grpcio(connection: socket.socket, path: str, service: Service) -> None:
    """Pass one connection on to a server of its own until either side hangs up."""
    from dflow_provider.plugin.server import Server  # noqa: PLC0415  # only one transport is loaded

    server = Server(path, None)
    server.start(service.answer, lambda: None)  # a goodbye ends the connection, not the process
    with connection, socket.socket(socket.AF_UNIX) as inner:
        inner.connect(path)
        back = threading.Thread(target=_pass_on, args=(inner, connection), daemon=True)
        back.start()
        _pass_on(connection, inner)
        back.join()
    server.close()
    service.stop()
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108  # pathlib would cost 5 ms at the start


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(CHUNK):
            target.sendall(chunk)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
