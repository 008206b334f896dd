"""What somebody is told whose settings do not lead to dFlow: what was found, where, and what to do."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from dflow_acceptance.kinds import ENVIRONMENT_KIND
from dflow_acceptance.place import Place
from dflow_acceptance.run import Diagnostic

from dflow_sandbox import Sandbox

ADDRESS = ENVIRONMENT_KIND.address


@pytest.fixture
def refused(place: Place, new_workspace):
    """Apply an Environment with other settings, which has to fail without any effect, and return the error."""

    def apply(provider: dict[str, str] | None = None, **settings: str) -> Diagnostic:
        workspace = new_workspace(**settings)
        resource = {ENVIRONMENT_KIND.type: {"it": ENVIRONMENT_KIND.declared(place)}}
        workspace.configure(resource=resource, provider={"dflow": provider or {}})
        before = place.picture()
        error = workspace.apply().only_error
        assert place.picture() == before
        assert workspace.state() == {}
        assert error.address == ADDRESS
        return error

    return apply


def test_an_endpoint_where_nobody_listens(refused):
    error = refused(DFLOW_ENDPOINT="http://127.0.0.1:1")

    assert error.title == "dFlow cannot be reached"
    assert "No connection to http://127.0.0.1:1" in error.detail
    assert "Check DFLOW_ENDPOINT, whether the control plane runs, and the way to it" in error.detail


def test_an_endpoint_where_something_else_answers(refused, sandbox: Sandbox):
    error = refused(DFLOW_ENDPOINT=sandbox.aws_endpoint)

    assert error.title == "Endpoint is not dFlow's API"
    assert f"GET {sandbox.aws_endpoint}/api/tenants was answered by something else: HTTP 4" in error.detail
    assert "Set DFLOW_ENDPOINT to the address of the dashboard" in error.detail


def test_an_endpoint_without_a_scheme(refused):
    error = refused(provider={"endpoint": "dflow.example.com"})

    assert error.title == "Endpoint is not an address"
    assert error.detail == (
        "The endpoint is 'dflow.example.com' and has no scheme. Write https://dflow.example.com instead."
    )


@pytest.mark.parametrize(
    ("attribute", "variable", "what"),
    [
        ("endpoint", "DFLOW_ENDPOINT", "the address of the control plane"),
        ("api_key", "DFLOW_API_KEY", "the API key of a dFlow administrator"),
        ("tenant", "DFLOW_TENANT", "the slug of the organisation"),
    ],
)
def test_a_setting_that_is_missing(refused, attribute: str, variable: str, what: str):
    error = refused(**{variable: ""})

    assert error.title == "Provider setting is missing"
    assert error.detail == (
        f"The dflow provider needs {what}. Set the attribute `{attribute}` of the provider block or the environment "
        f"variable {variable}."
    )


def test_an_api_key_that_nobody_has(refused, sandbox: Sandbox):
    error = refused(DFLOW_API_KEY="5c0ffee5-0000-4000-8000-000000000000")

    assert error.title == "API key is not accepted"
    assert f"dFlow at {sandbox.endpoint} answers as if nobody were logged in" in error.detail
    assert "Take the key from the dashboard's admin area" in error.detail
    assert "5c0ffee5" not in error.detail


def test_an_api_key_of_somebody_who_is_no_administrator(refused, sandbox: Sandbox):
    error = refused(DFLOW_API_KEY=sandbox.user_api_key)

    assert error.title == "API key's user is no administrator"
    assert "its user lacks the role `admin`" in error.detail
    assert "Use the key of an administrator, or have one give the user that role" in error.detail


def test_an_organisation_that_does_not_exist(refused, sandbox):
    error = refused(DFLOW_TENANT="acmee")

    assert error.title == "Organisation does not exist"
    assert "dFlow has no organisation with the slug 'acmee'. It has " in error.detail
    assert f" {sandbox.tenant}, " in error.detail
    assert "Set DFLOW_TENANT to one of them" in error.detail


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that no authority has signed, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


@pytest.fixture
def tls_endpoint(certificate: tuple[Path, Path]) -> Iterator[str]:
    """A web server with that certificate; it is not dFlow."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b"<title>Intranet</title>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Clients hang up when they distrust the certificate."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with Server(("127.0.0.1", 0), Page) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_certificate_that_nobody_vouches_for(refused, tls_endpoint: str):
    error = refused(DFLOW_ENDPOINT=tls_endpoint)

    assert error.title == "TLS certificate is not trusted"
    assert f"The certificate of {tls_endpoint} cannot be verified" in error.detail
    assert "set DFLOW_CA_FILE to its PEM file; verification cannot be turned off" in error.detail


def test_a_certificate_that_ca_file_vouches_for_is_no_obstacle(
    refused, tls_endpoint: str, certificate: tuple[Path, Path]
):
    error = refused(DFLOW_ENDPOINT=tls_endpoint, DFLOW_CA_FILE=str(certificate[0]))

    assert error.title == "Endpoint is not dFlow's API"
    assert "a page titled 'Intranet'" in error.detail
