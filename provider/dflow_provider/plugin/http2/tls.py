"""TLS between a connection's bytes and its socket."""

from __future__ import annotations

import os
import ssl

from dflow_provider.plugin.http2.plain import CHUNK, HungUpError

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from dflow_provider.plugin.certificate import Certificate

PROTOCOL = "h2"


class Secured:
    """TLS with a client that shows the certificate its context demands."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._trusted = False
        self._waiting: list[bytes] = []

    def receive(self, data: bytes) -> bytes:
        """Return what is in received bytes.

        Raises:
            HungUpError: the client has said goodbye, or is not the one that may connect.
        """
        self._incoming.write(data)
        found = []
        try:
            if not self._trusted:
                self._shake_hands()
            while part := self._tls.read(CHUNK):
                found.append(part)
        except ssl.SSLWantReadError:
            return b"".join(found)
        except ssl.SSLError as error:
            raise HungUpError from error
        raise HungUpError

    def _shake_hands(self) -> None:
        self._tls.do_handshake()
        if self._tls.selected_alpn_protocol() != PROTOCOL:
            raise HungUpError
        self._trusted = True
        for data in self._waiting:
            self._tls.write(data)
        self._waiting.clear()

    def send(self, data: bytes) -> None:
        """Take bytes to send; nothing leaves before the client is known."""
        if self._trusted:
            self._tls.write(data)
        else:
            self._waiting.append(data)

    def take_output(self) -> bytes:
        """Return what the socket is to send."""
        return self._outgoing.read()


def tls_context(certificate: Certificate, client_certificate: str, folder: str) -> ssl.SSLContext:
    """Return a context for clients that have one certificate (PEM), and for no others.

    OpenSSL reads keys from files only; the file is in `folder` for as long as that takes.

    Raises:
        ValueError: the client's certificate cannot be read.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.num_tickets = 0  # nobody resumes a session with a process that lives for one command
    context.set_alpn_protocols([PROTOCOL])
    context.verify_mode = ssl.CERT_REQUIRED
    try:
        context.load_verify_locations(cadata=client_certificate)
    except ssl.SSLError as error:
        raise ValueError(f"PLUGIN_CLIENT_CERT cannot be read as a certificate: {error}") from error
    path = f"{folder}/key"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(certificate.key_pem + certificate.pem)
    try:
        context.load_cert_chain(path)
    finally:
        os.unlink(path)  # noqa: PTH108  # pathlib would cost 5 ms at the start
    return context
