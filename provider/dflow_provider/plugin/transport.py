"""What carries the calls: grpcio, or HTTP/2 of our own. Only the one that is used is loaded."""

from __future__ import annotations

from enum import Enum

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Protocol

    from dflow_provider.plugin.certificate import Certificate
    from dflow_provider.plugin.socket_directory import SocketDirectory

    class RunningServer(Protocol):
        """A server on a unix socket."""

        def start(
            self,
            answer: Callable[[str, bytes], bytes | None],
            ended: Callable[[], None],
            begin: Callable[[str], Callable[[], None] | None] = ...,
        ) -> None:
            """Serve; `ended` is called when the answer to Shutdown has left, and what `begin` returns likewise."""

        def close(self) -> None:
            """Stop listening and cut every connection."""

# ruff: noqa: PLC0415  # an import costs up to 80 ms of each start

VARIABLE = "DFLOW_PROVIDER_TRANSPORT"
"""Environment variable that chooses; unset or empty is the default."""


class Transport(Enum):
    """What can be chosen."""

    HTTP2 = "http2"
    """Python's own `ssl`, and the part of HTTP/2 that Terraform uses."""

    GRPCIO = "grpcio"
    """The package grpcio, which cannot ask for Terraform's client certificate."""


DEFAULT = Transport.HTTP2


def transport_in(environment: Mapping[str, str]) -> Transport:
    """Return the transport that the environment chooses.

    Raises:
        ValueError: there is no such transport.
    """
    chosen = environment.get(VARIABLE)
    return Transport(chosen) if chosen else DEFAULT


def transport_refusal(environment: Mapping[str, str]) -> str | None:
    """Say why not to serve, in one line for Terraform to show; nothing if all is well."""
    try:
        transport_in(environment)
    except ValueError:
        known = " or ".join(one.value for one in Transport)
        return f"{VARIABLE} is {environment[VARIABLE]!r}, which is no transport. Set it to {known}, or unset it."
    return None


def open_server(
    transport: Transport, directory: SocketDirectory, certificate: Certificate | None, client_certificate: str
) -> RunningServer:
    """Return a server for the socket in a directory, with TLS if there is a certificate.

    Args:
        transport: which one.
        directory: where its socket goes.
        certificate: the server's own.
        client_certificate: that of the one client who may connect, as PEM.

    Raises:
        OSError: the socket cannot be made.
        ValueError: the client's certificate cannot be read.
    """
    if transport is Transport.GRPCIO:
        from dflow_provider.plugin.server import Server as GrpcioServer

        return GrpcioServer(directory.socket, certificate)

    from dflow_provider.plugin.http2.server import Server
    from dflow_provider.plugin.http2.tls import tls_context

    context = tls_context(certificate, client_certificate, directory.path) if certificate else None
    return Server(directory.socket, context)
