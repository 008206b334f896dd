"""A change is over when Terraform has its answer, not when there is one."""

from __future__ import annotations

import socket
import threading

import pytest

from dflow_provider.plugin.http2 import frames
from dflow_provider.plugin.http2.frames import END_HEADERS, END_STREAM, PREFACE, frame
from dflow_provider.plugin.http2.server import Dispatcher
from dflow_provider.plugin.service import CHANGING, Service

ANSWER = b"x" * (1 << 20)
"""More than the window that a client starts with."""


@pytest.fixture
def service():
    """Only counts; the answers are the test's."""
    return Service()


@pytest.fixture
def client(service):
    """A client's end of a connection that is served."""
    near, far = socket.socketpair()
    near.settimeout(30)
    answers = {CHANGING: ANSWER, "/tfplugin6.Provider/ReadResource": ANSWER}
    dispatcher = Dispatcher(lambda path, _: answers.get(path), lambda: None, service.begin)
    serving = threading.Thread(target=dispatcher.serve, args=(far, None))
    serving.start()
    yield near
    near.close()
    serving.join()
    dispatcher.close()


def ask(client, headers_of, path):
    client.sendall(PREFACE + frame(frames.SETTINGS, 0, 0))
    client.sendall(frame(frames.HEADERS, END_HEADERS | END_STREAM, 1, headers_of(path)))


def hear(client, count):
    """Read as many bytes of the answer."""
    found = 0
    data = b""
    while found < count:
        data += client.recv(1 << 16)
        while len(data) >= 9 and len(data) >= 9 + int.from_bytes(data[:3], "big"):
            size = int.from_bytes(data[:3], "big")
            found += size if data[3] == frames.DATA else 0
            data = data[9 + size :]


def test_a_change_counts_until_its_answer_has_left(client, service, headers_of, until):
    ask(client, headers_of, CHANGING)
    hear(client, 65_535)

    assert service.in_flight.count == 1

    more = len(ANSWER).to_bytes(4, "big")
    client.sendall(frame(frames.WINDOW_UPDATE, 0, 0, more) + frame(frames.WINDOW_UPDATE, 0, 1, more))
    hear(client, len(ANSWER) + 5 - 65_535)

    assert until(lambda: service.in_flight.count == 0)


def test_a_change_whose_client_is_gone_counts_no_more(client, service, headers_of, until):
    ask(client, headers_of, CHANGING)
    hear(client, 65_535)

    client.shutdown(socket.SHUT_RDWR)

    assert until(lambda: service.in_flight.count == 0)


def test_a_change_without_an_answer_counts_no_more(service, headers_of, until):
    """Its handler raised, which none should."""
    near, far = socket.socketpair()
    dispatcher = Dispatcher(lambda *_: {}["no"], lambda: None, service.begin)
    serving = threading.Thread(target=dispatcher.serve, args=(far, None))
    serving.start()
    ask(near, headers_of, CHANGING)

    heard = b""
    while b"grpc-status" not in heard:
        heard += near.recv(1 << 16) or b"grpc-status: the connection ended"

    assert b"the connection ended" not in heard
    assert until(lambda: service.in_flight.count == 0)
    near.close()
    serving.join()
    dispatcher.close()


def test_a_question_never_counts(client, service, headers_of):
    ask(client, headers_of, "/tfplugin6.Provider/ReadResource")
    hear(client, 65_535)

    assert service.in_flight.count == 0
