"""Single exchanges: who is trusted, and what is known about a request whose answer is missing."""

import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from dflow_provider.control_plane.endpoint import Endpoint
from dflow_provider.control_plane.errors import AnswerLost, NotDflow, SettingInvalid, TlsFailed, Unreachable
from dflow_provider.control_plane.transport import LARGEST_ANSWER, Transport
from dflow_sandbox import Hang, Moment, Reset, Truncate


def a_transport(endpoint: str, **settings: object) -> Transport:
    return Transport(Endpoint.parse(endpoint), **settings)  # type: ignore[arg-type]


def a_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_an_unknown_certificate_is_refused_with_the_remedy(web_server, server_context: ssl.SSLContext):
    endpoint = web_server(b"{}", context=server_context)

    with pytest.raises(TlsFailed, match="self-signed certificate") as caught:
        a_transport(endpoint).exchange("GET", "/api/tenants", headers={})

    assert caught.value.title == "TLS certificate is not trusted"
    assert "DFLOW_CA_FILE" in caught.value.detail
    assert "cannot be turned off" in caught.value.detail


def test_a_ca_file_adds_to_who_is_trusted(web_server, server_context, certificate: tuple[Path, Path]):
    endpoint = web_server(b"{}", context=server_context)

    answer = a_transport(endpoint, ca_file=str(certificate[0])).exchange("GET", "/api/tenants", headers={})

    assert answer.status == 200


def test_a_certificate_for_another_host_is_refused(web_server, server_context, certificate: tuple[Path, Path]):
    endpoint = web_server(b"{}", context=server_context).replace("127.0.0.1", "localhost")

    with pytest.raises(TlsFailed, match=r"(?i)hostname mismatch"):
        a_transport(endpoint, ca_file=str(certificate[0])).exchange("GET", "/", headers={})


def test_https_to_a_plain_server_says_so(sandbox):
    with pytest.raises(TlsFailed, match=r"does not speak TLS; perhaps the endpoint must start with http://"):
        a_transport(sandbox.endpoint.replace("http://", "https://")).exchange("GET", "/", headers={})


def test_a_ca_file_must_exist_and_hold_a_certificate(tmp_path: Path):
    with pytest.raises(SettingInvalid, match="No such file") as missing:
        a_transport("https://127.0.0.1", ca_file=str(tmp_path / "none.pem"))
    (tmp_path / "empty.pem").write_text("hello")
    with pytest.raises(SettingInvalid, match="not a PEM file") as empty:
        a_transport("https://127.0.0.1", ca_file=str(tmp_path / "empty.pem"))

    assert missing.value.title == "CA file cannot be read"
    assert empty.value.title == "CA file holds no certificate"


def test_where_nobody_listens_nothing_was_sent():
    endpoint = f"http://127.0.0.1:{a_free_port()}"

    with pytest.raises(Unreachable) as caught:
        a_transport(endpoint).exchange("POST", "/api/services", headers={}, body=b"{}")

    assert f"No connection to {endpoint}: connection refused" in caught.value.detail


def test_a_host_that_does_not_exist_is_unreachable():
    with pytest.raises(Unreachable, match=r"No connection to http://nowhere.invalid: \S+"):
        a_transport("http://nowhere.invalid").exchange("GET", "/", headers={})


@pytest.mark.parametrize("fault", [Reset(Moment.BEFORE), Reset(Moment.AFTER), Truncate(after_bytes=20)])
def test_an_answer_that_breaks_off_is_lost(proxy, fault):
    proxy.script(fault, path="^/api/users/me")

    with pytest.raises(AnswerLost, match="was sent, but no answer came back"):
        a_transport(proxy.endpoint).exchange("GET", "/api/users/me", headers={})


def test_a_silent_server_is_given_up(proxy):
    proxy.script(Hang(), path="^/api/users/me")

    with pytest.raises(AnswerLost, match="stayed silent for too long"):
        a_transport(proxy.endpoint, read_seconds=0.2).exchange("GET", "/api/users/me", headers={})


def test_an_endless_answer_is_not_dflows(web_server):
    endpoint = web_server(b"x" * (LARGEST_ANSWER + 1))

    with pytest.raises(NotDflow, match="more than 32 MiB"):
        a_transport(endpoint).exchange("GET", "/", headers={})


def test_a_redirect_is_not_followed(web_server):
    endpoint = web_server(b"", status=307, headers={"Location": "https://elsewhere.example.com/"})

    answer = a_transport(endpoint).exchange("GET", "/api/tenants", headers={"Authorization": "users API-Key k"})

    assert (answer.status, answer.headers["location"]) == (307, "https://elsewhere.example.com/")


def test_the_clock_of_the_other_side_is_read(sandbox):
    answer = a_transport(sandbox.endpoint).exchange("GET", "/api/users/me", headers={})

    assert answer.server_time is not None
    assert answer.server_time.utcoffset() is not None


def test_every_post_has_a_connection_of_its_own_even_if_the_server_would_keep_the_last_one():
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:

        def answer_one_request_each(connections: int) -> None:
            with ExitStack() as kept_open:
                for _ in range(connections):
                    connection = kept_open.enter_context(listener.accept()[0])
                    assert connection.recv(65_536).startswith(b"POST /api/services")
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

        serving = pool.submit(answer_one_request_each, 2)
        transport = a_transport(f"http://127.0.0.1:{listener.getsockname()[1]}", read_seconds=20)
        answers = [transport.exchange("POST", "/api/services", headers={}).status for _ in range(2)]
        serving.result()

    assert answers == [200, 200]
