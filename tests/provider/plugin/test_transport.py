"""Which transport carries the calls."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dflow_provider.plugin.handshake import COOKIE
from dflow_provider.plugin.transport import DEFAULT, Transport, transport_in, transport_refusal

PROGRAM = Path(__file__).with_name("shelf_provider.py")


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, DEFAULT),
        ({"DFLOW_PROVIDER_TRANSPORT": ""}, DEFAULT),
        ({"DFLOW_PROVIDER_TRANSPORT": "http2"}, Transport.HTTP2),
        ({"DFLOW_PROVIDER_TRANSPORT": "grpcio"}, Transport.GRPCIO),
    ],
)
def test_the_environment_chooses(environment, chosen):
    """Nothing chosen is the default."""
    assert transport_in(environment) is chosen
    assert transport_refusal(environment) is None


@pytest.mark.parametrize("arguments", [[], ["--serve"]])
def test_a_transport_nobody_knows_is_refused_with_those_that_are(arguments):
    """On stdout, from where Terraform shows it."""
    environment = {**os.environ, "TF_PLUGIN_MAGIC_COOKIE": COOKIE, "DFLOW_PROVIDER_TRANSPORT": "pigeon"}
    environment.pop("PLUGIN_PROTOCOL_VERSIONS", None)
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *arguments], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "DFLOW_PROVIDER_TRANSPORT is 'pigeon', which is no transport. Set it to http2 or grpcio" in done.stdout


def test_our_own_transport_loads_nothing_large():
    """What it is for."""
    code = "import sys; from dflow_provider.plugin.http2 import server; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"grpc", "asyncio", "logging", "cryptography", "http", "google"} & set(done.stdout.split())
