"""What strangers and broken clients send to a provider process, on either transport, harms nobody else's calls."""

from __future__ import annotations

import base64
import os
import random
import re
import socket
import ssl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import grpc
import msgpack
import pytest

from dflow_provider.plugin.handshake import COOKIE
from dflow_provider.plugin.messages import pb

pytestmark = pytest.mark.parametrize("transport", ["http2", "grpcio"], indirect=True)

PROGRAM = Path(__file__).with_name("shelf_provider.py")
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
MOST_GROWTH_KIB = 48 * 1024


@dataclass
class Served:
    """A provider process and the way to it."""

    process: subprocess.Popen[str]
    socket: str
    channel: grpc.Channel

    def call(self, name: str, raw: bytes = b"") -> object:
        answer = self.channel.unary_unary(f"/tfplugin6.Provider/{name}")(raw, timeout=30)
        return getattr(pb, name).Response.FromString(answer)

    def resident_kib(self) -> int:
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())[1])

    def threads(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))

    def stranger(self) -> socket.socket:
        """Somebody who connects and has not said anything yet."""
        made = socket.socket(socket.AF_UNIX)
        made.settimeout(20)
        made.connect(self.socket)
        return made


@pytest.fixture
def served(request, identity, transport, tmp_path_factory):
    """A provider process: with TLS where the test asks for it."""
    folder = tmp_path_factory.mktemp("t")  # short: sockets are made in it
    secure = getattr(request, "param", False)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "PLUGIN_", "DFLOW_"))}
    environment = {
        **kept,
        "TF_PLUGIN_MAGIC_COOKIE": COOKIE,
        "PLUGIN_PROTOCOL_VERSIONS": "6",
        "TMPDIR": str(folder),
        "DFLOW_PROVIDER_TRANSPORT": transport,
        **({"PLUGIN_CLIENT_CERT": identity.certificate} if secure else {}),
    }
    said = folder / "said"
    with said.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM)], env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        _, _, _, path, _, certificate = process.stdout.readline().strip().split("|")
        options = [("grpc.use_local_subchannel_pool", 1), ("grpc.default_authority", "localhost")]
        if secure:
            pem = ssl.DER_cert_to_PEM_cert(base64.b64decode(certificate + "=" * (-len(certificate) % 4))).encode()
            credentials = grpc.ssl_channel_credentials(pem, identity.key.encode(), identity.certificate.encode())
            options.append(("grpc.ssl_target_name_override", "localhost"))
            channel = grpc.secure_channel(f"unix:{path}", credentials, options=options)
        else:
            channel = grpc.insecure_channel(f"unix:{path}", options=options)
        with channel:
            yield Served(process, path, channel)
            channel.unary_unary("/plugin.GRPCController/Shutdown")(b"", timeout=30)
            assert process.wait(timeout=30) == 0
        assert "Traceback" not in said.read_text()
    finally:
        process.kill()
        process.communicate()


def garbage(chance: random.Random) -> bytes:
    """Random bytes, some of which start as HTTP/2 or as TLS does, and some of which claim to be very long."""
    start = chance.choice([b"", b"", PREFACE, PREFACE + b"\0\0\0\x04\0\0\0\0\0", b"\x16\x03\x01", PREFACE[:10]])
    frame = chance.choice([b"", b"\xff\xff\xff\0\0\0\0\0\x01", b"\0\x40\0" + chance.randbytes(6)])
    return start + frame + chance.randbytes(chance.choice([0, 1, 9, 100, 5_000, 70_000]))


@pytest.mark.parametrize("served", [False, True], indirect=True, ids=["plain", "tls"])
def test_random_bytes_end_their_own_connection_alone(served, until):
    """Said at once or left hanging: calls are answered meanwhile and after, and nothing piles up."""
    chance = random.Random(20261122)  # noqa: S311  # the same garbage each time
    served.call("GetMetadata")
    before, threads = served.resident_kib(), served.threads()
    hanging = []
    for number in range(120):
        stranger = served.stranger()
        try:
            stranger.sendall(garbage(chance))
            if number % 3 == 0:
                stranger.shutdown(socket.SHUT_WR)
                while stranger.recv(65536):
                    pass
        except ConnectionError:
            pass  # it was told to go before it had finished
        if number % 3 == 1:
            hanging.append(stranger)
        else:
            stranger.close()
        if number % 20 == 0:
            assert served.call("GetMetadata").resources

    assert served.call("GetMetadata").resources
    for stranger in hanging:
        stranger.close()

    assert until(lambda: served.threads() <= threads + 8), (threads, served.threads())
    assert served.resident_kib() - before < MOST_GROWTH_KIB
    assert served.call("GetMetadata").resources


@pytest.mark.parametrize("served", [True], indirect=True, ids=["tls"])
def test_what_cannot_be_read_is_answered_and_the_next_call_served(served):
    """A few of what every field of every call is tried with elsewhere, all the way over the socket."""
    deep = b"\x80"
    for _ in range(1500):
        deep = b"\xc9" + len(deep).to_bytes(4) + b"\x0c" + deep
    malformed = [b"\xc1", b"\xdd\xff\xff\xff\xff", b"\x91" * 100_000, deep, msgpack.packb({"name": float("nan")})]
    for raw in malformed:
        validate = pb.ValidateResourceConfig.Request(type_name="shelf_object")
        validate.config.msgpack = raw
        (found,) = served.call("ValidateResourceConfig", validate.SerializeToString()).diagnostics
        assert found.detail.startswith("ValidateResourceConfig: config cannot be read or written: ")
        function = pb.CallFunction.Request(name="join", arguments=[pb.DynamicValue(msgpack=raw)])
        assert served.call("CallFunction", function.SerializeToString()).error.text.startswith("between cannot be read")

    for name in ("GetMetadata", "PlanResourceChange", "ApplyResourceChange", "UpgradeResourceState", "CallFunction"):
        answer = served.call(name, b"\x0a\x02\xff\xfe\xff")
        assert "cannot be read" in str(answer) or "DecodeError" in str(answer)

    assert served.call("GetMetadata").resources
