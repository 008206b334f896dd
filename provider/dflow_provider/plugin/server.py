"""A gRPC server on a unix socket."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import grpc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        self._threads = ThreadPoolExecutor(MOST_THREADS)
        self._server = grpc.server(self._threads, options=_OPTIONS)
        address = f"unix:{socket}"
        if certificate is None:
            self._server.add_insecure_port(address)
        else:
            # Terraform's client certificate is on P-521, for which gRPC's TLS library offers no signature scheme, so
            # it cannot be asked for. Who may connect is up to the directory of the socket.
            credentials = grpc.ssl_server_credentials([(certificate.key_pem, certificate.pem)])
            self._server.add_secure_port(address, credentials)

    def start(
        self,
        answer: Callable[[str, bytes], bytes | None],
        ended: Callable[[], None],
        begin: Callable[[str], Callable[[], None] | None] = lambda _: None,
    ) -> None:
        """Serve until the process ends; `ended` is called once Terraform has its answer to Shutdown.

        `answer` takes the path of a call and the request, and returns nothing for a call it does not know. `begin`
        takes the path before that, and may return a function, which is called when the answer has left.
        """
        self._server.add_generic_rpc_handlers((_Plugin(ended), _Provider(answer, begin)))
        self._server.start()

    def close(self) -> None:
        """Stop listening and cut every connection; calls that run are left to finish unheard."""
        self._server.stop(None)
        self._threads.shutdown(wait=False)


class _Plugin(grpc.GenericRpcHandler):  # type: ignore[misc]  # grpc has no types
    """What go-plugin, which Terraform starts providers with, asks of any plugin."""

    def __init__(self, ended: Callable[[], None]) -> None:
        def shut_down(_: bytes, context: grpc.ServicerContext) -> bytes:
            context.add_callback(ended)
            return _EMPTY

        def nothing(_: object, __: grpc.ServicerContext) -> Iterator[bytes]:
            return iter(())  # a handler that waits would hold a thread for as long as the process lives

        self._handlers = {
            "/plugin.GRPCController/Shutdown": grpc.unary_unary_rpc_method_handler(shut_down),
            "/plugin.GRPCStdio/StreamStdio": grpc.unary_stream_rpc_method_handler(nothing),
            "/plugin.GRPCBroker/StartStream": grpc.stream_stream_rpc_method_handler(nothing),
            "/grpc.health.v1.Health/Check": grpc.unary_unary_rpc_method_handler(lambda _, __: _SERVING),
        }

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        return self._handlers.get(handler_call_details.method)


class _Provider(grpc.GenericRpcHandler):  # type: ignore[misc]  # grpc has no types
    """Every other call."""

    def __init__(
        self, answer: Callable[[str, bytes], bytes | None], begin: Callable[[str], Callable[[], None] | None]
    ) -> None:
        self._answer = answer
        self._begin = begin

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        path = handler_call_details.method

        def handle(request: bytes, context: grpc.ServicerContext) -> bytes:
            over = self._begin(path)
            if over is not None and not context.add_callback(over):
                over()  # nobody waits for it any more
            answer = self._answer(path, request)
            if answer is None:
                context.abort(grpc.StatusCode.UNIMPLEMENTED, f"no call {path}")
            return answer or _EMPTY

        return grpc.unary_unary_rpc_method_handler(handle)
