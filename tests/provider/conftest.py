"""What the tests of the client and of the resources share."""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
import urllib3

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dflow_sandbox import Sandbox


@pytest.fixture(scope="session")
def operator(sandbox: Sandbox) -> Callable[..., dict[str, Any]]:
    """Send one request as the operator and return its JSON."""
    pool = urllib3.PoolManager()

    def send(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"users API-Key {sandbox.api_key}", "Content-Type": "application/json"}
        if body is not None and "tenant" in body:
            headers["Cookie"] = f"payload-tenant={body['tenant']}"
        content = None if body is None else json.dumps(body).encode()
        answer = pool.request(method, f"{sandbox.endpoint}/api/{path}", body=content, headers=headers)
        document = json.loads(answer.data)
        assert answer.status < 300, document
        return document

    return send


@pytest.fixture
def web_server():
    """Serve one fixed answer on 127.0.0.1, as programs that are not dFlow do."""
    running: list[ThreadingHTTPServer] = []

    def serve(
        body: bytes, *, status: int = 200, headers: dict[str, str] | None = None, context: ssl.SSLContext | None = None
    ) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        server = QuietServer(("127.0.0.1", 0), Handler)
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        running.append(server)
        return f"{'http' if context is None else 'https'}://127.0.0.1:{server.server_port}"

    yield serve
    for server in running:
        server.shutdown()
        server.server_close()


class QuietServer(ThreadingHTTPServer):
    """Says nothing about clients that hang up, as they do when they distrust a certificate."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1 and its key."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


@pytest.fixture
def server_context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context
