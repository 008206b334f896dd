"""The server on its socket: gRPC's own client, TLS, rude clients, and calls that take their time."""

from __future__ import annotations

import os
import random
import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import grpc
import pytest

from dflow_provider.plugin.certificate import self_signed
from dflow_provider.plugin.http2 import frames
from dflow_provider.plugin.http2.frames import END_HEADERS, END_STREAM, PREFACE, frame
from dflow_provider.plugin.http2.server import Server
from dflow_provider.plugin.http2.tls import tls_context

PATH = "/tfplugin6.Provider/"
OPTIONS = [
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    ("grpc.ssl_target_name_override", "localhost"),
    ("grpc.default_authority", "localhost"),
]
MIB = 1 << 20


class Service:
    """Answers with what it was asked, later if that is wanted."""

    def __init__(self):
        self.go = threading.Event()
        self.ended = threading.Event()
        self.waiting = threading.Semaphore(0)

    def answer(self, path, request):
        name = path.removeprefix(PATH)
        if name == "Wait":
            self.waiting.release()
            self.go.wait(60)
        elif name == "Fail":
            raise RuntimeError("hunter22")
        elif name == "Large":
            return request * MIB
        elif name not in {"Echo", "StopProvider", "GetProviderSchema"}:
            return None
        return request


@pytest.fixture
def service():
    made = Service()
    yield made
    made.go.set()


@pytest.fixture
def folder(tmp_path_factory):
    """Short enough for a socket."""
    return tmp_path_factory.mktemp("t")


@pytest.fixture(params=["plain", "tls"])
def served(request, service, folder, identity):
    """A running server: `connect` opens a channel of gRPC's client, `dial` a socket."""
    path = f"{folder}/socket"
    certificate = self_signed() if request.param == "tls" else None
    context = tls_context(certificate, identity.certificate, str(folder)) if certificate else None
    server = Server(path, context)
    server.start(service.answer, service.ended.set)
    channels = []

    def connect():
        if certificate is None:
            channel = grpc.insecure_channel(f"unix:{path}", options=OPTIONS)
        else:
            key = (identity.key.encode(), identity.certificate.encode())
            channel = grpc.secure_channel(
                f"unix:{path}", grpc.ssl_channel_credentials(certificate.pem, *key), options=OPTIONS
            )
        channels.append(channel)
        return channel

    def dial():
        raw = socket.socket(socket.AF_UNIX)
        try:
            raw.connect(path)  # without a timeout: one that has it does not wait where many connect at once
        except OSError:
            raw.close()
            raise
        raw.settimeout(30)
        if certificate is None:
            return raw
        return client_context(certificate, identity, folder).wrap_socket(raw, server_hostname="localhost")

    yield SimpleNamespace(connect=connect, dial=dial, path=path, certificate=certificate, server=server)
    for channel in channels:
        channel.close()
    server.close()


def client_context(certificate, identity, folder, protocols=("h2",)):
    """TLS as a client with an identity, or with none."""
    context = ssl.create_default_context(cadata=certificate.pem.decode())
    context.set_alpn_protocols(list(protocols))
    if identity is not None:
        file = folder / "identity.pem"
        file.write_text(identity.key + identity.certificate)
        context.load_cert_chain(file)
    return context


def open_files():
    return len(list(Path("/dev/fd").iterdir()))


def call(channel, name, request=b"", **options):
    return channel.unary_unary(f"{PATH}{name}")(request, timeout=60, **options)


@pytest.mark.parametrize("size", [0, 1, 16_379, 16_380, 65_531, 200_000, 6 * MIB])
def test_grpc_gets_back_what_it_sent(served, size):
    """Around every limit of frames and windows, up to more than gRPC allows by default."""
    content = os.urandom(size)
    assert call(served.connect(), "Echo", content) == content


def test_a_small_question_may_have_a_large_answer(served):
    """Seven MiB, with all the widening of windows that gRPC does."""
    assert call(served.connect(), "Large", b"1234567") == b"1234567" * MIB


def test_a_hundred_calls_at_once_each_get_their_own_answer(served):
    """On one connection, of very different sizes."""
    channel = served.connect()
    contents = [bytes((at,)) * (at * 997) for at in range(100)]
    answers = [channel.unary_unary(f"{PATH}Echo").future(content, timeout=60) for content in contents]

    assert [answer.result() for answer in answers] == contents


def test_stop_does_not_wait_behind_a_thousand_calls(served, service):
    """As many as `-parallelism` may ask for."""
    channel = served.connect()
    answers = [channel.unary_unary(f"{PATH}Wait").future(b"%d" % at, timeout=60) for at in range(1000)]
    for _ in range(1000):
        assert service.waiting.acquire(timeout=60)
    assert call(channel, "StopProvider", b"now") == b"now"
    assert not any(answer.done() for answer in answers)
    service.go.set()

    assert [answer.result() for answer in answers] == [b"%d" % at for at in range(1000)]


def test_what_go_plugin_asks_of_any_plugin(served, service):
    """Health, two streams on which there is nothing to say, and the end."""
    channel = served.connect()
    assert channel.unary_unary("/grpc.health.v1.Health/Check")(b"") == b"\x08\x01"
    assert list(channel.unary_stream("/plugin.GRPCStdio/StreamStdio")(b"")) == []
    never = threading.Event()
    assert list(channel.stream_stream("/plugin.GRPCBroker/StartStream")(iter(never.wait, True))) == []
    never.set()
    assert not service.ended.is_set()
    assert channel.unary_unary("/plugin.GRPCController/Shutdown")(b"") == b""
    assert service.ended.wait(10)


def test_grpc_understands_our_refusals(served):
    """Unknown paths, broken handlers, compressed requests; the details of an error stay here."""
    channel = served.connect()
    with pytest.raises(grpc.RpcError, match=r"no call /tfplugin6\.Provider/F%ly") as unknown:
        call(channel, "F%ly")
    assert unknown.value.code() is grpc.StatusCode.UNIMPLEMENTED
    with pytest.raises(grpc.RpcError, match="RuntimeError in") as failed:
        call(channel, "Fail")
    assert failed.value.code() is grpc.StatusCode.INTERNAL
    assert "hunter22" not in failed.value.details()
    with pytest.raises(grpc.RpcError, match="compressed") as compressed:
        call(channel, "Echo", b"x" * 10_000, compression=grpc.Compression.Gzip)
    assert compressed.value.code() is grpc.StatusCode.UNIMPLEMENTED
    assert call(channel, "Echo", b"still well") == b"still well"


def test_a_call_that_runs_out_of_time_harms_no_other(served, service):
    """It resets its stream; the late answer goes nowhere."""
    channel = served.connect()
    with pytest.raises(grpc.RpcError) as late:
        channel.unary_unary(f"{PATH}Wait")(b"", timeout=0.2)
    assert late.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    service.go.set()

    assert call(channel, "Echo", b"on time") == b"on time"


def test_clients_come_and_go(served, until):
    """Two hundred that say nothing, a little, or a whole call; no thread and no file stays behind them."""
    channel = served.connect()
    assert call(channel, "Echo", b"x") == b"x"
    files, threads = open_files(), threading.active_count()
    for at in range(200):
        with served.dial() as one:
            one.sendall((PREFACE + frame(frames.SETTINGS, 0, 0))[: at % 40])

    assert until(lambda: open_files() <= files)
    assert until(lambda: threading.active_count() <= threads)
    assert call(channel, "Echo", b"y") == b"y"


def test_rude_clients_disturb_nobody(served):
    """Nonsense after the preface, or instead of it; their connection ends, and the others live on."""
    channel = served.connect()
    noise = random.Random(9113)  # noqa: S311  # to be the same each time
    for at in range(40):
        with served.dial() as rude, suppress(OSError):
            rude.sendall((PREFACE + frame(frames.SETTINGS, 0, 0) if at % 2 else b"") + noise.randbytes(70_000))
            while rude.recv(65_536):
                pass
        assert call(channel, "Echo", b"%d" % at) == b"%d" % at


def test_a_client_that_does_not_read_holds_up_nobody(served, headers_of, message_of):
    """Six MiB wait for it; another client is answered meanwhile, and at last so is this one."""
    with served.dial() as slow:
        slow.sendall(
            PREFACE
            + frame(frames.SETTINGS, 0, 0, b"\0\x04\x7f\xff\xff\xff")
            + frame(frames.WINDOW_UPDATE, 0, 0, b"\x7f\xff\x00\x00")
            + frame(frames.HEADERS, END_HEADERS, 1, headers_of(f"{PATH}Large"))
            + frame(frames.DATA, END_STREAM, 1, message_of(b"123456"))
        )
        assert call(served.connect(), "Large", b"1") == b"1" * MIB
        heard = b""
        while not heard.endswith(b"\x0bgrpc-status\x010"):
            heard += slow.recv(1 << 20)
    assert len(heard) > 6 * MIB


def test_many_connections_at_once(served):
    """Each with a client of its own."""

    def ask(at):
        return call(served.connect(), "Echo", b"%d" % at)

    with ThreadPoolExecutor(20) as threads:
        assert list(threads.map(ask, range(20))) == [b"%d" % at for at in range(20)]


def test_a_closed_server_cuts_its_connections(served):
    """And takes no more."""
    with served.dial() as one:
        one.sendall(PREFACE + frame(frames.SETTINGS, 0, 0))
        assert one.recv(1)
        served.server.close()
        with suppress(OSError):
            while one.recv(65_536):
                pass
    with pytest.raises(OSError, match=r"refused|No such file|closed"):
        served.dial()


@pytest.mark.parametrize("served", ["tls"], indirect=True)
@pytest.mark.parametrize("who", ["nobody", "somebody else", "no TLS", "another protocol"])
def test_only_terraform_may_connect(served, identity, folder, tmp_path, who):
    """Whoever else tries is turned away, and is no trouble."""
    channel = served.connect()
    assert call(channel, "Echo", b"before") == b"before"
    shown = {"nobody": None, "somebody else": type(identity).made(tmp_path)}.get(who, identity)
    context = client_context(served.certificate, shown, folder, ("http/1.1",) if who == "another protocol" else ("h2",))
    heard = b""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as raw:
        raw.settimeout(30)
        raw.connect(served.path)
        with raw if who == "no TLS" else context.wrap_socket(raw, server_hostname="localhost") as one:
            one.sendall(PREFACE + frame(frames.SETTINGS, 0, 0))
            heard = one.recv(65_536)

    assert frame(frames.SETTINGS, frames.ACK, 0) not in heard
    assert frame(frames.SETTINGS, 0, 0)[3:] not in heard
    assert call(channel, "Echo", b"after") == b"after"


@pytest.mark.parametrize("served", ["tls"], indirect=True)
def test_nothing_is_said_to_a_stranger(served, folder):
    """TLS 1.3 lets a client send before the server has seen its certificate; it hears an alert and no HTTP/2."""
    context = client_context(served.certificate, None, folder)
    with socket.socket(socket.AF_UNIX) as raw:
        raw.connect(served.path)
        with (
            context.wrap_socket(raw, server_hostname="localhost") as one,
            pytest.raises(ssl.SSLError, match=r"(?i)certificate.required"),
        ):
            one.recv(65_536)


def test_a_key_on_p521_like_terraforms_is_accepted(service, folder, identity, tmp_path):
    """The client of gRPC has no such keys; OpenSSL does. The key file of the server is gone again."""
    terraform = type(identity).made(tmp_path, "P-521")
    certificate = self_signed()
    server = Server(f"{folder}/socket", tls_context(certificate, terraform.certificate, str(folder)))
    assert [entry.name for entry in folder.iterdir()] == ["socket"]
    server.start(service.answer, service.ended.set)
    context = client_context(certificate, terraform, tmp_path)
    with socket.socket(socket.AF_UNIX) as raw:
        raw.settimeout(30)
        raw.connect(f"{folder}/socket")
        with context.wrap_socket(raw, server_hostname="localhost") as one:
            assert one.selected_alpn_protocol() == "h2"
            one.sendall(PREFACE + frame(frames.SETTINGS, 0, 0))
            heard = b""
            while not heard.endswith(frame(frames.SETTINGS, frames.ACK, 0)):
                heard += one.recv(65_536)
    server.close()


def test_a_client_certificate_that_is_none_is_refused(folder):
    """Before anything listens; no key is left behind."""
    with pytest.raises(ValueError, match="PLUGIN_CLIENT_CERT cannot be read"):
        tls_context(self_signed(), "a certificate", str(folder))
    assert list(folder.iterdir()) == []
