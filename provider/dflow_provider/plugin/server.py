"""A gRPC server on a unix socket, for a table of calls."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import grpc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dflow_provider.plugin.certificate import Certificate

MOST_THREADS = 1024
"""Threads are made on demand. There must be more of them than `-parallelism`, or StopProvider would wait in line."""

_OPTIONS = (
    ("grpc.max_receive_message_length", -1),  # Terraform's own side has no limit either
    ("grpc.max_send_message_length", -1),
    ("grpc.so_reuseport", 0),
)
_EMPTY = b""
_SERVING = b"\x08\x01"
"""A HealthCheckResponse with status SERVING."""


class Server:
    """A server for one socket."""

    def __init__(self, socket: str, certificate: Certificate | None) -> None:
        self._server = grpc.server(ThreadPoolExecutor(MOST_THREADS), options=_OPTIONS)
        address = f"unix:{socket}"
        if certificate is None:
            self._server.add_insecure_port(address)
        else:
            # Terraform's client certificate is on P-521, for which gRPC's TLS library offers no signature scheme, so
            # it cannot be asked for. Who may connect is up to the directory of the socket.
            credentials = grpc.ssl_server_credentials([(certificate.key_pem, certificate.pem)])
            self._server.add_secure_port(address, credentials)

    def start(self, calls: Mapping[str, Callable[[bytes], bytes]], ended: Callable[[], None]) -> None:
        """Serve until the process ends; `ended` is called once Terraform has its answer to Shutdown."""
        handlers = {path: _unary(call) for path, call in calls.items()}

        def shut_down(_: bytes, context: grpc.ServicerContext) -> bytes:
            context.add_callback(ended)
            return _EMPTY

        def nothing(_: object, __: grpc.ServicerContext) -> Iterator[bytes]:
            return iter(())  # a handler that waits would hold a thread for as long as the process lives

        handlers["/plugin.GRPCController/Shutdown"] = grpc.unary_unary_rpc_method_handler(shut_down)
        handlers["/plugin.GRPCStdio/StreamStdio"] = grpc.unary_stream_rpc_method_handler(nothing)
        handlers["/plugin.GRPCBroker/StartStream"] = grpc.stream_stream_rpc_method_handler(nothing)
        handlers["/grpc.health.v1.Health/Check"] = _unary(lambda _: _SERVING)
        self._server.add_generic_rpc_handlers((_Table(handlers),))
        self._server.start()

    def close(self) -> None:
        """Stop listening and cut every connection; calls that run are left to finish unheard."""
        self._server.stop(None)


class _Table(grpc.GenericRpcHandler):  # type: ignore[misc]  # grpc has no types
    """Looks calls up by path."""

    def __init__(self, handlers: Mapping[str, grpc.RpcMethodHandler]) -> None:
        self._handlers = handlers

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        return self._handlers.get(handler_call_details.method)


def _unary(call: Callable[[bytes], bytes]) -> grpc.RpcMethodHandler:
    def handle(raw: bytes, _: grpc.ServicerContext) -> bytes:
        return call(raw)

    return grpc.unary_unary_rpc_method_handler(handle)
