"""The control plane's client against the sandbox, in organisations of its own."""

import ssl
import subprocess
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dflow_provider.control_plane.client import ControlPlane
from dflow_provider.control_plane.endpoint import Endpoint
from dflow_provider.control_plane.patience import Patience
from dflow_provider.control_plane.session import Session
from dflow_provider.control_plane.transport import Transport
from dflow_sandbox import FaultProxy, Sandbox


@dataclass
class Waits:
    """Stands in for sleeping: remembers for how long, and may ask for a stop."""

    seconds: list[float] = field(default_factory=list)
    stop_at: int | None = None

    def __call__(self, seconds: float) -> bool:
        self.seconds.append(seconds)
        return self.stop_at is not None and len(self.seconds) >= self.stop_at


@dataclass(frozen=True)
class Organisation:
    """A tenant of its own with one Worker Node, made through the operator's REST."""

    slug: str
    id: str
    node_id: str


@pytest.fixture
def organisation(operator) -> Organisation:
    slug = f"t{uuid.uuid4().hex[:12]}"
    tenant = operator("POST", "tenants?depth=0", {"name": slug, "slug": slug, "subdomain": slug})["doc"]
    node = operator(
        "POST",
        "servers?depth=0",
        {
            "name": "node-1",
            "tenant": tenant["id"],
            "preferConnectionType": "tailscale",
            "hostname": "node-1",
            "username": "root",
            "publicIp": "203.0.113.9",
        },
    )["doc"]
    return Organisation(slug, tenant["id"], node["id"])


@pytest.fixture
def proxy(sandbox: Sandbox) -> Iterator[FaultProxy]:
    with FaultProxy(sandbox.endpoint) as running:
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def connected(sandbox: Sandbox, organisation: Organisation, waits: Waits):
    """Build a client; every part can be another one than the good one."""

    def build(
        endpoint: str | None = None,
        *,
        api_key: str | None = None,
        tenant: str | None = None,
        ca_file: str | None = None,
        read_seconds: float = 30.0,
        patience: Patience | None = None,
    ) -> ControlPlane:
        transport = Transport(Endpoint.parse(endpoint or sandbox.endpoint), ca_file=ca_file, read_seconds=read_seconds)
        return ControlPlane(
            Session(transport, api_key or sandbox.api_key, tenant or organisation.slug, waits, patience or Patience())
        )

    return build


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
