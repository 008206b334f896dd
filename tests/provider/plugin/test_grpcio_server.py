"""The server on gRPC's library: a change is under way until its answer has left, or nobody waits for it."""

from __future__ import annotations

import threading

import grpc
import pytest

from dflow_provider.plugin.server import Server
from dflow_provider.plugin.service import CHANGING, Service


@pytest.fixture
def service():
    """Only counts; the answers are the test's."""
    return Service()


@pytest.fixture
def channel(service, tmp_path_factory):
    """A client of a server whose answer is how many changes were under way; `Wait` waits for the client to give up."""
    path = f"{tmp_path_factory.mktemp('t')}/socket"
    gave_up = threading.Event()

    def answer(_, request):
        if request == b"wait":
            gave_up.wait(30)
        return str(service.in_flight.count).encode()

    server = Server(path, None)
    server.start(answer, lambda: None, service.begin)
    options = [("grpc.use_local_subchannel_pool", 1), ("grpc.default_authority", "localhost")]
    with grpc.insecure_channel(f"unix:{path}", options=options) as made:
        made.gave_up = gave_up
        yield made
    gave_up.set()
    server.close()


def test_a_change_counts_while_it_runs_and_not_once_it_is_answered(channel, service, until):
    assert channel.unary_unary(CHANGING)(b"", timeout=30) == b"1"
    assert until(lambda: service.in_flight.count == 0)


def test_a_change_that_its_client_gave_up_counts_no_more(channel, service, until):
    """The layer counts the handler's own run besides."""
    asked = channel.unary_unary(CHANGING).future(b"wait", timeout=30)
    assert until(lambda: service.in_flight.count == 1)

    asked.cancel()

    assert until(lambda: service.in_flight.count == 0)


def test_a_question_never_counts(channel):
    assert channel.unary_unary("/tfplugin6.Provider/ReadResource")(b"", timeout=30) == b"0"
