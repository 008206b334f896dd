"""Downloads: from a server on 127.0.0.1 with a certificate of the test's own."""

from __future__ import annotations

import hashlib
import socket
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.allowlists.listing import TryLaterError
from dflow_provider.authorities.download import LARGEST_DOWNLOAD, download
from dflow_provider.schema import ProviderError
from dflow_sandbox.vendors.authority import AUTHORITY

if TYPE_CHECKING:
    import ssl
    from pathlib import Path


@pytest.fixture
def serve(web_server: Any, server_context: ssl.SSLContext) -> Any:
    """Serve one answer by https."""
    return partial(web_server, context=server_context)


@pytest.fixture(autouse=True)
def trust(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the system trust the server."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def fetched(url: str) -> bytes:
    return download(url, ("url",))


def test_certificates_are_downloaded_and_pinned(serve, question):
    url = f"{serve(AUTHORITY.encode())}/ca.pem?version=2"

    found = question.read(url=url)

    assert found["pem"] == AUTHORITY
    assert found["sha256"] == hashlib.sha256(AUTHORITY.encode()).hexdigest()
    assert question.read(url=url, sha256=found["sha256"]) == found
    with pytest.raises(ProviderError, match=f"SHA-256 {found['sha256']}, and {'0' * 64} is configured"):
        question.read(url=url, sha256="0" * 64)


def test_a_server_that_nobody_trusts_is_refused(serve, monkeypatch, tmp_path: Path):
    (tmp_path / "none.pem").write_text(AUTHORITY)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))

    with pytest.raises(ProviderError, match="Download cannot be trusted") as refused:
        fetched(serve(b""))

    assert not isinstance(refused.value, TryLaterError)
    assert "self-signed certificate" in refused.value.detail
    assert refused.value.path == ("url",)


def test_a_certificate_for_another_host_is_refused(serve):
    with pytest.raises(ProviderError, match=r"(?i)cannot be trusted.*mismatch"):
        fetched(serve(b"").replace("127.0.0.1", "localhost"))


def test_redirects_are_followed_to_https(serve):
    last = serve(AUTHORITY.encode())
    first = serve(b"", status=302, headers={"Location": f"{last}/new.pem"})

    assert fetched(first) == AUTHORITY.encode()


def test_redirects_to_anything_else_are_refused(serve, web_server):
    plain = web_server(AUTHORITY.encode())

    for target in (plain, "ftp://127.0.0.1/ca.pem", "https://user:pw@127.0.0.1/ca.pem", "https://[::1"):
        with pytest.raises(ProviderError, match=r"Download leads elsewhere: .* which is no https address: whoever"):
            fetched(serve(b"", status=301, headers={"Location": target}))


def test_redirects_without_an_end_are_refused(serve):
    with pytest.raises(ProviderError, match="was redirected more than 5 times"):
        fetched(serve(b"", status=302, headers={"Location": "/again"}))


def test_a_file_that_is_too_large_is_not_read_to_its_end(serve):
    assert len(fetched(serve(b"x" * LARGEST_DOWNLOAD))) == LARGEST_DOWNLOAD

    with pytest.raises(ProviderError, match=r"Download is too large: .* with more than 1024 KiB"):
        fetched(serve(b"x" * (LARGEST_DOWNLOAD + 1)))


def test_a_file_that_is_not_there_is_told_as_such(serve):
    with pytest.raises(ProviderError, match=r"Download was refused: .* was answered with 404\. Check the") as gone:
        fetched(serve(b"", status=404))

    assert not isinstance(gone.value, TryLaterError)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_may_be_asked_again_when_it_says(serve, status: int):
    with pytest.raises(TryLaterError, match=f"was answered with {status}") as busy:
        fetched(serve(b"", status=status, headers={"Retry-After": "7"}))

    assert busy.value.after_s == 7.0


def test_a_server_that_is_not_there_may_be_asked_again():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]

    with pytest.raises(TryLaterError, match=r"Download failed: .* Check the address, and this machine's way to"):
        fetched(f"https://127.0.0.1:{port}/ca.pem")
