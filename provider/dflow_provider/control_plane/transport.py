"""One HTTP exchange with the control plane: no retries, no redirects, no meaning."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from dflow_provider.control_plane.errors import AnswerLost, NotDflow, SettingInvalid, TlsFailed, Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from dflow_provider.control_plane.endpoint import Endpoint

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
LARGEST_ANSWER = 32 * 1024 * 1024
CONNECTIONS = 16


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are lower case."""

    request: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def server_time(self) -> datetime | None:
        """What the other side's clock said, to the second."""
        return http_date(self.headers.get("date", ""))


class Transport:
    """A pool of connections to one control plane.

    Args:
        endpoint: where it is.
        ca_file: PEM file of certificate authorities to trust besides the system's.
        read_seconds: how long the other side may be silent before an exchange is given up.

    Raises:
        SettingInvalid: the CA file cannot be read or holds no certificate.
    """

    def __init__(self, endpoint: Endpoint, *, ca_file: str | None = None, read_seconds: float = READ_SECONDS) -> None:
        self.endpoint = endpoint
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=read_seconds)
        trust = None if endpoint.scheme == "http" else _trust(ca_file)
        self._new_pool = partial(_pool, endpoint, trust, timeout)
        self._kept_open = self._new_pool()

    def exchange(
        self, method: str, path: str, *, headers: Mapping[str, str], query: str = "", body: bytes | None = None
    ) -> Answer:
        """Send one request and read the whole answer, whatever its status.

        Raises:
            Unreachable: no connection came about; nothing was sent.
            TlsFailed: the other side could not prove who it is; nothing was sent.
            AnswerLost: the request went out and no complete answer came back.
            NotDflow: the answer is larger than any of dFlow's.
        """
        target = f"{self.endpoint.path}{path}"
        request = f"{method} {self.endpoint}{path}"
        # A connection kept open may die just as it is used again. For a request that must not be repeated that would be
        # an answer lost for nothing, so those get a connection of their own, whatever the other side does with it.
        alone = method == "POST"
        pool = self._new_pool() if alone else self._kept_open
        try:
            response = pool.urlopen(
                method,
                f"{target}?{query}" if query else target,
                body=body,
                headers={**headers, "Connection": "close"} if alone else headers,
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
            )
            content = _content(response)
        except SSLError as error:
            raise TlsFailed(str(self.endpoint), _tls_reason(error)) from None
        except (NewConnectionError, ConnectTimeoutError, ProxyError) as error:
            raise Unreachable(str(self.endpoint), _reason(error)) from None
        except ReadTimeoutError:
            raise AnswerLost(request, "the other side stayed silent for too long") from None
        except (ProtocolError, HTTPError) as error:
            raise AnswerLost(request, _reason(error)) from None
        finally:
            if alone:
                pool.close()
        if content is None:
            raise NotDflow(request, f"an answer of more than {LARGEST_ANSWER // 1024 // 1024} MiB")
        return Answer(
            request, response.status, {name.lower(): value for name, value in response.headers.items()}, content
        )


def _content(response: urllib3.BaseHTTPResponse) -> bytes | None:
    """Read the body to its end, or nothing if it is larger than any of dFlow's."""
    content = bytearray()
    while piece := response.read(64 * 1024):
        content += piece
        if len(content) > LARGEST_ANSWER:
            response.close()
            return None
    response.release_conn()
    return bytes(content)


def http_date(text: str) -> datetime | None:
    """Read a date as HTTP headers write it; nothing if it is none."""
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _pool(endpoint: Endpoint, trust: ssl.SSLContext | None, timeout: urllib3.Timeout) -> urllib3.HTTPConnectionPool:
    if trust is None:
        return urllib3.HTTPConnectionPool(
            endpoint.host, endpoint.port, timeout=timeout, maxsize=CONNECTIONS, block=False
        )
    return urllib3.HTTPSConnectionPool(
        endpoint.host, endpoint.port, timeout=timeout, maxsize=CONNECTIONS, block=False, ssl_context=trust
    )


def _trust(ca_file: str | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file is None:
        return context
    try:
        context.load_verify_locations(cafile=ca_file)
    except ssl.SSLError:
        raise SettingInvalid(
            "CA file holds no certificate",
            f"{ca_file!r} is not a PEM file with certificates. Set DFLOW_CA_FILE to the certificate of the authority "
            f"that signed the control plane's, starting with -----BEGIN CERTIFICATE-----.",
        ) from None
    except OSError as error:
        raise SettingInvalid(
            "CA file cannot be read",
            f"{ca_file!r}: {error.strerror or error}. Set DFLOW_CA_FILE to a PEM file that exists, or leave it out.",
        ) from None
    return context


def _tls_reason(error: SSLError) -> str:
    cause = error.args[0] if error.args else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message or str(cause)
    if isinstance(cause, ssl.SSLError) and "WRONG_VERSION_NUMBER" in str(cause):
        return "the other side does not speak TLS; perhaps the endpoint must start with http://"
    return str(cause)


def _reason(error: BaseException) -> str:
    """Say what the operating system or the wire said, without the library's object names."""
    if isinstance(error, ConnectTimeoutError) and not isinstance(error, NewConnectionError):
        return f"no answer to the connection attempt within {CONNECT_SECONDS:.0f} s"
    cause: BaseException = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror[0].lower() + cause.strerror[1:]
    if isinstance(error, ProtocolError) and len(error.args) > 1:
        return str(error.args[1])
    return str(cause).rsplit(": ", 1)[-1]
