"""A provider process as Terraform sees it: handshake, TLS, shutdown, and no orphans."""

from __future__ import annotations

import base64
import json
import os
import signal
import ssl
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import grpc
import pytest

from dflow_provider.plugin.handshake import COOKIE
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.msgpack_values import decode, encode
from dflow_provider.schema import UNKNOWN

pytestmark = pytest.mark.parametrize("transport", ["http2", "grpcio"], indirect=True)

PROGRAM = Path(__file__).with_name("shelf_provider.py")
OPTIONS = [
    ("grpc.use_local_subchannel_pool", 1),  # or two channels to one address would share a connection
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    ("grpc.ssl_target_name_override", "localhost"),
    ("grpc.default_authority", "localhost"),
]


def gone(pid):
    """Say whether a process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.fixture
def folder(tmp_path_factory):
    """A folder for sockets, with a short path."""
    return tmp_path_factory.mktemp("t")


@pytest.fixture
def environment(folder, identity, transport):
    """What Terraform sets."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "PLUGIN_", "DFLOW_"))}
    return {
        **kept,
        "TF_PLUGIN_MAGIC_COOKIE": COOKIE,
        "PLUGIN_PROTOCOL_VERSIONS": "6,5",
        "PLUGIN_CLIENT_CERT": identity.certificate,
        "TMPDIR": str(folder),
        "DFLOW_PROVIDER_TRANSPORT": transport,
    }


@pytest.fixture
def started():
    """Start processes, and end those that are left."""
    running = []

    def start(environment, *arguments):
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM), *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


class Connection:
    """A gRPC client for a handshake line."""

    def __init__(self, line: str, identity=None) -> None:
        _, _, _, socket, _, certificate = line.strip().split("|")
        self.socket = Path(socket)
        self.certificate = certificate
        if certificate:
            der = base64.b64decode(certificate + "=" * (-len(certificate) % 4))
            pem = ssl.DER_cert_to_PEM_cert(der).encode()
            credentials = grpc.ssl_channel_credentials(pem, identity.key.encode(), identity.certificate.encode())
            self.channel = grpc.secure_channel(f"unix:{socket}", credentials, options=OPTIONS)
        else:
            self.channel = grpc.insecure_channel(f"unix:{socket}", options=OPTIONS)

    def raw(self, path, request=b""):
        return self.channel.unary_unary(path)(request, timeout=30)

    def start(self, name, request):
        """Make a call and return its future."""
        message = getattr(pb, name)
        return self.channel.unary_unary(
            f"/tfplugin6.Provider/{name}",
            request_serializer=lambda one: one.SerializeToString(),
            response_deserializer=message.Response.FromString,
        ).future(request, timeout=60)

    def call(self, name, request):
        return self.start(name, request).result()


def configure(connection, shelf, directory):
    """Configure the shelf provider."""
    request = pb.ConfigureProvider.Request()
    request.config.msgpack = encode(shelf.ShelfProvider.schema.value_type, {"directory": str(directory), "token": None})
    assert not connection.call("ConfigureProvider", request).diagnostics


def creation(shelf, **values):
    """Return a request that creates an object."""
    type_ = shelf.ShelfObject.schema.value_type
    config = {**dict.fromkeys(type_.attributes), "name": "one", **values}
    request = pb.ApplyResourceChange.Request(type_name="shelf_object")
    request.prior_state.msgpack = encode(type_, None)
    learnt = {"id": UNKNOWN, "weight": UNKNOWN, "secret_length": UNKNOWN}
    request.planned_state.msgpack = encode(type_, {**config, **learnt, "color": "blue"})
    request.config.msgpack = encode(type_, config)
    return request


def test_terraform_connects_over_tls_and_ends_the_process(environment, started, folder, identity):
    """Handshake, a call, Shutdown; nothing is left behind."""
    process = started(environment)
    connection = Connection(process.stdout.readline(), identity)

    assert stat.S_IMODE(connection.socket.parent.stat().st_mode) == 0o700
    answer = connection.call("GetProviderSchema", pb.GetProviderSchema.Request())
    assert list(answer.resource_schemas) == ["shelf_object"]
    assert connection.raw("/grpc.health.v1.Health/Check") == b"\x08\x01"
    assert list(connection.channel.unary_stream("/plugin.GRPCStdio/StreamStdio")(b"")) == []
    with pytest.raises(grpc.RpcError, match=r"no call /tfplugin6\.Provider/Fly"):
        connection.raw("/tfplugin6.Provider/Fly")

    began = time.monotonic()
    assert connection.raw("/plugin.GRPCController/Shutdown") == b""
    assert process.wait(10) == 0
    assert time.monotonic() - began < 2  # Terraform kills what takes longer
    assert list(folder.iterdir()) == []
    assert process.stdout.read() == ""


def test_what_is_printed_while_loading_does_not_reach_terraform(environment, started, identity):
    """The shelf provider prints when it is loaded; the line is the only thing on stdout all the same."""
    process = started(environment)
    connection = Connection(process.stdout.readline(), identity)
    connection.call("GetProviderSchema", pb.GetProviderSchema.Request())
    connection.raw("/plugin.GRPCController/Shutdown")
    out, err = process.communicate(timeout=10)

    assert out == ""
    assert "printed while the provider is loaded" in err
    assert "written past Python while the provider is loaded" in err


def test_without_a_client_certificate_there_is_no_tls(environment, started, identity):
    """As under TF_DISABLE_PLUGIN_TLS."""
    del environment["PLUGIN_CLIENT_CERT"]
    connection = Connection(started(environment).stdout.readline(), identity)

    assert connection.certificate == ""
    assert "join" in connection.call("GetFunctions", pb.GetFunctions.Request()).functions


def test_a_message_may_be_larger_than_grpc_likes(environment, started, shelf, tmp_path, identity):
    """8 MiB there and back; the default limit is 4 MiB."""
    connection = Connection(started(environment).stdout.readline(), identity)
    configure(connection, shelf, tmp_path)
    answer = connection.call("ApplyResourceChange", creation(shelf, note="x" * (8 << 20)))

    assert not answer.diagnostics
    assert len(decode(shelf.ShelfObject.schema.value_type, answer.new_state.msgpack)["note"]) == 8 << 20


def test_ctrl_c_does_not_reach_the_provider(environment, started, shelf, tmp_path, until, identity):
    """SIGINT is ignored; StopProvider is what counts, and it is answered while everything is busy."""
    process = started(environment)
    connection = Connection(process.stdout.readline(), identity)
    configure(connection, shelf, tmp_path)
    busy = [connection.start("ApplyResourceChange", creation(shelf, behavior="wait")) for _ in range(80)]
    assert until((tmp_path / "waiting").exists)
    assert until(lambda: len(list(tmp_path.glob("*.json"))) == 80)

    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert connection.call("StopProvider", pb.StopProvider.Request()).Error == ""
    assert time.monotonic() - began < 2

    for answer in busy:
        assert not answer.result().diagnostics
        assert answer.result().new_state.msgpack != b"\xc0"
    assert connection.socket.exists()
    connection.raw("/plugin.GRPCController/Shutdown")
    assert process.wait(10) == 0


def test_a_shutdown_waits_for_what_is_being_changed(environment, started, shelf, tmp_path, until, identity):
    """The hook is asked to come back, and its answer still arrives."""
    process = started(environment)
    connection = Connection(process.stdout.readline(), identity)
    configure(connection, shelf, tmp_path)
    busy = connection.start("ApplyResourceChange", creation(shelf, behavior="wait"))
    assert until((tmp_path / "waiting").exists)
    connection.raw("/plugin.GRPCController/Shutdown")

    assert process.wait(10) == 0
    assert len(list(tmp_path.glob("*.json"))) == 1
    del busy


MIDDLEMAN = textwrap.dedent("""
    import subprocess, sys
    provider = subprocess.Popen([sys.executable, sys.argv[1]])
    print(provider.pid, file=sys.stderr, flush=True)
    provider.wait()
""")


@pytest.fixture
def orphaned(environment):
    """A provider whose parent can be killed: (parent, pid of the provider, handshake line)."""
    parent = subprocess.Popen(
        [sys.executable, "-c", MIDDLEMAN, str(PROGRAM)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    pid = int(parent.stderr.readline())
    yield parent, pid, parent.stdout.readline()
    parent.kill()
    if not gone(pid):
        os.kill(pid, signal.SIGKILL)
    parent.communicate()


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks processes up in /proc")
def test_a_provider_ends_when_terraform_is_killed(orphaned, folder, until, identity):
    """Nobody else would ever end it."""
    parent, pid, line = orphaned
    Connection(line, identity).call("GetFunctions", pb.GetFunctions.Request())
    parent.kill()

    assert until(lambda: gone(pid))
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks processes up in /proc")
def test_a_change_under_way_is_finished_when_terraform_is_killed(orphaned, shelf, tmp_path, until, identity):
    """The hook is asked to come back, and does so in its own time."""
    parent, pid, line = orphaned
    connection = Connection(line, identity)
    configure(connection, shelf, tmp_path)
    busy = connection.start("ApplyResourceChange", creation(shelf, behavior="stubborn"))
    assert until((tmp_path / "waiting").exists)
    parent.kill()
    assert until(lambda: parent.poll() is not None)

    assert until((tmp_path / "heard").exists)  # the provider has noticed, and still runs
    assert not gone(pid)
    (tmp_path / "go").touch()

    assert until(lambda: gone(pid))
    (stored,) = tmp_path.glob("*.json")
    assert json.loads(stored.read_text())["name"] == "one"
    del busy


def test_one_process_serves_many_connections_with_their_own_configurations(environment, started, shelf, tmp_path):
    """Reattached, with two aliases at once; a goodbye from one leaves the other alone."""
    process = started(environment, "--serve")
    described = json.loads(process.stdout.readline())["registry.terraform.io/dflow-cdktf/shelf"]
    assert described["ProtocolVersion"] == 6
    assert described["Pid"] == process.pid
    address = described["Addr"]["String"]
    one, two = (Connection(f"1|6|unix|{address}|grpc|") for _ in range(2))
    for connection, name in ((one, "a"), (two, "b")):
        (tmp_path / name).mkdir()
        configure(connection, shelf, tmp_path / name)
    for connection in (one, two, two):
        assert not connection.call("ApplyResourceChange", creation(shelf, note="x" * (5 << 20))).diagnostics
    one.raw("/plugin.GRPCController/Shutdown")
    one.channel.close()
    assert not two.call("ApplyResourceChange", creation(shelf)).diagnostics

    assert len(list((tmp_path / "a").glob("*.json"))) == 1
    assert len(list((tmp_path / "b").glob("*.json"))) == 3
    process.terminate()
    assert process.wait(10) == 0
    assert not Path(address).parent.exists()
