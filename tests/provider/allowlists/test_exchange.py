"""Single exchanges with a vendor: which way they take, who is trusted, and what is known when there is no answer."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.allowlists.exchange import (
    AnswerLostError,
    AnswerTooLargeError,
    NotReachedError,
    NotTrustedError,
    exchange,
)

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def hanging_up() -> Iterator[str]:
    """A server that takes a request and closes the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def test_an_answer_comes_with_its_status_and_headers_in_small_letters(web_server: Any):
    received = exchange("GET", web_server(b"no", status=404, headers={"X-Reason": "Gone"}), {}, most=100)

    assert (received.status, received.headers["x-reason"], received.body) == (404, "Gone", b"no")


def test_the_proxy_of_the_environment_is_used_unless_the_host_is_excepted(web_server: Any, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", web_server(b"from the proxy"))
    direct = web_server(b"from the vendor")

    assert exchange("GET", "http://vendor.example.com/v1", {}, most=100).body == b"from the proxy"
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert exchange("GET", direct, {}, most=100).body == b"from the vendor"


def test_redirects_are_for_the_caller_to_judge(web_server: Any):
    received = exchange("GET", web_server(b"", status=302, headers={"Location": "http://127.0.0.1:1/"}), {}, most=100)

    assert received.headers["location"] == "http://127.0.0.1:1/"


def test_a_server_that_nobody_vouches_for_gets_no_request(
    web_server: Any, server_context: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch
):
    url = web_server(b"yes", context=server_context)

    with pytest.raises(NotTrustedError, match="self-signed certificate"):
        exchange("GET", url, {}, most=100)

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert exchange("GET", url, {}, most=100).body == b"yes"


def test_where_nobody_listens_nothing_was_sent():
    with pytest.raises(NotReachedError, match="refused"):
        exchange("GET", "http://127.0.0.1:1/", {}, most=100)


def test_a_connection_that_ends_early_leaves_open_what_happened(hanging_up: str):
    with pytest.raises(AnswerLostError):
        exchange("POST", hanging_up, {}, body=b"{}", most=100)


def test_more_than_was_wanted_is_not_read(web_server: Any):
    url = web_server(b"x" * 2049)

    assert len(exchange("GET", url, {}, most=2049).body) == 2049
    with pytest.raises(AnswerTooLargeError, match="more than 2 KiB"):
        exchange("GET", url, {}, most=2048)
