"""A proxy that stands in for hosts of the internet: who connects to one by TLS reaches a server on 127.0.0.1."""

from __future__ import annotations

import selectors
import socket
import ssl
import subprocess
from contextlib import suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dflow_acceptance.listening import Listening

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dflow_acceptance.local_http import LocalHttp


class TlsProxy(Listening):
    """Hosts that it has no server for cannot be reached by it.

    Args:
        directory: where its certificate is written.
        servers: the servers by the names of the hosts they stand in for.
    """

    def __init__(self, directory: Path, servers: Mapping[str, LocalHttp]) -> None:
        self._certificate, key = directory / "proxy.pem", directory / "proxy-key.pem"
        names = ",".join(f"DNS:{host}" for host in servers)
        request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        about = ["-days", "2", "-subj", "/CN=proxy", "-addext", f"subjectAltName={names}"]
        subprocess.run([*request, *about, "-keyout", key, "-out", self._certificate], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._certificate, key)
        ports = {host: urlsplit(server.endpoint).port for host, server in servers.items()}

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                method, place, _ = self.rfile.readline().decode().split(" ", 2)
                while self.rfile.readline().strip():
                    pass
                port = ports.get(place.rpartition(":")[0])
                if method != "CONNECT" or port is None:
                    self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
                    return
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                with (
                    suppress(OSError),  # either side may hang up at any time
                    context.wrap_socket(self.connection, server_side=True) as client,
                    socket.create_connection(("127.0.0.1", port)) as server,
                ):
                    _relay(client, server)

        server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.block_on_close = False
        super().__init__(server)

    def environment(self) -> dict[str, str]:
        """What has a program written in Go use the proxy and believe it."""
        return {"HTTPS_PROXY": self.endpoint, "SSL_CERT_FILE": str(self._certificate)}


def _relay(client: ssl.SSLSocket, server: socket.socket) -> None:
    """Pass on what comes from either side, until one of them ends."""
    with selectors.DefaultSelector() as ready:
        ready.register(client, selectors.EVENT_READ, server)
        ready.register(server, selectors.EVENT_READ, client)
        while True:
            for key, _ in ready.select():
                piece = key.fileobj.recv(65_536)
                while client.pending():
                    piece += client.recv(65_536)
                if not piece:
                    return
                key.data.sendall(piece)
