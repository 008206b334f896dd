"""The rules of HTTP/2 and gRPC, frame by frame, without a socket."""

from __future__ import annotations

import struct

import pytest

from dflow_provider.plugin.http2 import settings
from dflow_provider.plugin.http2.connection import MOST_STREAMS, MOST_UNREAD_REPLIES, WINDOW
from dflow_provider.plugin.http2.faults import ErrorCode
from dflow_provider.plugin.http2.flow import MOST_WINDOW
from dflow_provider.plugin.http2.frames import (
    ACK,
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    GOAWAY,
    HEADERS,
    PADDED,
    PING,
    PREFACE,
    PRIORITIZED,
    PRIORITY,
    PUSH_PROMISE,
    RST_STREAM,
    SETTINGS,
    WINDOW_UPDATE,
    frame,
)
from dflow_provider.plugin.http2.grpc_messages import Status


def number(value):
    """Write four bytes."""
    return struct.pack(">L", value)


def test_a_call_is_answered_with_headers_a_message_and_trailers(client, message_of):
    """In this order, and the stream is over."""
    client.ask(1, b"question")
    (call,) = client.calls
    assert (call.path, call.request) == ("/tfplugin6.Provider/Echo", b"question")
    client.connection.answer(call, b"answer")

    assert [(one.kind, one.flags) for one in client.listen()] == [
        (HEADERS, END_HEADERS),
        (DATA, 0),
        (HEADERS, END_HEADERS | END_STREAM),
    ]
    assert client.data(1) == message_of(b"answer")
    assert client.headers(1) == [{":status": "200", "content-type": "application/grpc"}, {"grpc-status": "0"}]


def test_both_sides_say_hello_first(stranger):
    """Our settings come without being asked; theirs are acknowledged."""
    first, second = stranger.listen()
    assert (first.kind, second.kind) == (SETTINGS, WINDOW_UPDATE)
    assert dict(settings.read(first.payload))[settings.INITIAL_WINDOW_SIZE] == WINDOW
    stranger.greet()
    assert [(one.kind, one.flags) for one in stranger.heard[2:]] == [(SETTINGS, ACK)]


def test_bytes_may_arrive_one_by_one(stranger, headers_of, message_of):
    """Wherever the socket cuts."""
    said = PREFACE + frame(SETTINGS, 0, 0) + frame(HEADERS, END_HEADERS, 1, headers_of())
    for byte in said + frame(DATA, END_STREAM, 1, message_of(b"question")):
        stranger.say(bytes((byte,)))

    assert [call.request for call in stranger.calls] == [b"question"]


def test_headers_may_come_in_pieces_with_padding_and_priority(client, headers_of, message_of):
    """And data with padding, trailers at the end."""
    block = headers_of()
    padded = b"\x03" + number(0) + b"\x10" + block[:5] + b"\0\0\0"
    client.say(
        frame(HEADERS, PADDED | PRIORITIZED, 1, padded),
        frame(CONTINUATION, 0, 1, block[5:9]),
        frame(CONTINUATION, END_HEADERS, 1, block[9:]),
        frame(DATA, PADDED, 1, b"\x02" + message_of(b"padded") + b"\0\0"),
        frame(HEADERS, END_HEADERS | END_STREAM, 1, b"\x00\x01x\x01y"),
    )

    assert [call.request for call in client.calls] == [b"padded"]


def test_what_does_not_matter_is_ignored(client):
    """Priorities, kinds of frames and settings nobody knows, acknowledgements, a goodbye."""
    client.say(
        frame(PRIORITY, 0, 7, b"\0\0\0\0\x10"),
        frame(0xFA, 0xFF, 5, b"what is this"),
        frame(SETTINGS, 0, 0, struct.pack(">HL", 0xFAFA, 7)),
        frame(SETTINGS, ACK, 0),
        frame(PING, ACK, 0, b"12345678"),
        frame(GOAWAY, 0, 0, bytes(8)),
    )
    client.ask(1, b"still here")

    assert [call.request for call in client.calls] == [b"still here"]
    assert client.goodbye() is None


def test_a_ping_comes_back(client):
    """With its eight bytes."""
    (pong,) = client.say(frame(PING, 0, 0, b"abcdefgh"))

    assert (pong.kind, pong.flags, pong.stream, pong.payload) == (PING, ACK, 0, b"abcdefgh")


def test_a_stream_without_a_request_is_answered_at_once(client, headers_of):
    """Its client would wait for ever; it is told that nobody listens."""
    client.say(frame(HEADERS, END_HEADERS, 1, headers_of("/stream")))
    (call,) = client.calls
    client.connection.conclude(call, Status.OK)
    client.listen()
    client.say(frame(DATA, END_STREAM, 1, b"late"))

    assert client.headers(1)[0]["grpc-status"] == "0"
    assert client.reset(1) == ErrorCode.NO_ERROR
    assert client.goodbye() is None


@pytest.mark.parametrize("size", [5, 70_000, 6 << 20])
def test_a_request_may_be_larger_than_the_window(client, headers_of, message_of, size):
    """The windows are widened as it arrives."""
    body = message_of(b"x" * size)
    client.say(frame(HEADERS, END_HEADERS, 1, headers_of()))
    for at in range(0, len(body), 16_384):
        client.say(frame(DATA, 0, 1, body[at : at + 16_384]))
    client.say(frame(DATA, END_STREAM, 1))

    assert client.goodbye() is None
    assert len(client.calls[0].request) == size
    granted = sum(int.from_bytes(one.payload, "big") for one in client.of(WINDOW_UPDATE, 0)[1:])
    assert granted >= len(body) - WINDOW


def test_an_answer_waits_for_both_windows(client, message_of):
    """65,535 bytes, and not one more, until the connection and the stream may have more."""
    client.ask(1)
    client.connection.answer(client.calls[0], b"y" * (6 << 20))
    client.listen()
    assert len(client.data(1)) == 65_535
    assert client.connection.answering
    client.say(frame(WINDOW_UPDATE, 0, 1, number(10)))
    assert len(client.data(1)) == 65_535
    client.say(frame(WINDOW_UPDATE, 0, 0, number(4)))
    assert len(client.data(1)) == 65_539
    client.say(frame(WINDOW_UPDATE, 0, 0, number(10 << 20)), frame(WINDOW_UPDATE, 0, 1, number(10 << 20)))

    assert client.data(1) == message_of(b"y" * (6 << 20))
    assert max(len(one.payload) for one in client.of(DATA, 1)) == 16_384
    assert client.headers(1)[-1] == {"grpc-status": "0"}
    assert not client.connection.answering


def test_settings_change_the_windows_of_answers_under_way(client, message_of):
    """Below nothing and up again; and larger frames once they are welcome."""
    client.say(frame(WINDOW_UPDATE, 0, 0, number(10 << 20)))
    client.ask(1)
    client.connection.answer(client.calls[0], b"z" * 300_000)
    client.listen()
    assert len(client.data(1)) == 65_535

    def initial(size):
        return frame(SETTINGS, 0, 0, struct.pack(">HL", settings.INITIAL_WINDOW_SIZE, size))

    client.say(initial(0))
    client.say(frame(WINDOW_UPDATE, 0, 1, number(65_535)))
    assert len(client.data(1)) == 65_535
    client.say(initial(100))
    assert len(client.data(1)) == 65_635
    client.say(frame(SETTINGS, 0, 0, struct.pack(">HL", settings.MAX_FRAME_SIZE, 60_000)), initial(1 << 20))

    assert client.data(1) == message_of(b"z" * 300_000)
    assert max(len(one.payload) for one in client.of(DATA, 1)) == 60_000


def test_answers_take_turns(client):
    """A short one need not wait for a long one to be sent."""
    client.say(frame(WINDOW_UPDATE, 0, 0, number(10 << 20)))
    client.ask(1)
    client.ask(3)
    client.connection.answer(client.calls[0], b"l" * 200_000)
    client.connection.answer(client.calls[1], b"s")
    client.listen()

    assert client.headers(3)[-1] == {"grpc-status": "0"}
    assert client.connection.answering


def test_a_client_that_gave_up_gets_no_answer(client):
    """Before the answer, and in the middle of it."""
    client.ask(1)
    client.ask(3)
    client.say(frame(RST_STREAM, 0, 1, number(8)))
    client.connection.answer(client.calls[0], b"too late")
    client.connection.answer(client.calls[1], b"y" * 100_000)
    client.listen()
    client.say(frame(RST_STREAM, 0, 3, number(8)), frame(WINDOW_UPDATE, 0, 3, number(1000)))

    assert client.data(1) == b""
    assert not client.connection.answering
    assert client.goodbye() is None


def test_a_client_that_forgets_headers_is_told_that_we_do(client):
    """RFC 7541 wants it said when the table is made smaller."""
    client.say(frame(SETTINGS, 0, 0, struct.pack(">HL", settings.HEADER_TABLE_SIZE, 0)))
    client.ask(1)
    client.connection.answer(client.calls[0], b"")
    client.listen()

    first, last = client.of(HEADERS, 1)
    assert first.payload[0] == 0x20
    assert last.payload[0] != 0x20


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"\x01\0\0\0\x01x", "12", "the request is compressed"),
        (b"\0\0\0", "13", "within the prefix"),
        (b"\0\0\0\0\x05abc", "13", "has 3 bytes of message, and announces one of 5"),
        (b"\0\0\0\0\x01ab", "13", "has 2 bytes of message, and announces one of 1"),
    ],
)
def test_a_message_that_cannot_be_read_gets_a_status(client, headers_of, body, status, words):
    """And nobody is called."""
    client.say(frame(HEADERS, END_HEADERS, 1, headers_of()), frame(DATA, END_STREAM, 1, body))
    (headers,) = client.headers(1)

    assert headers["grpc-status"] == status
    assert words in headers["grpc-message"]
    assert client.calls == []


def test_a_reason_is_written_in_percent(client):
    """Everything but printable ASCII, and the percent sign."""
    client.ask(1)
    client.connection.conclude(client.calls[0], Status.INTERNAL, "100 % für\n~")
    client.listen()

    assert client.headers(1)[0]["grpc-message"] == "100 %25 f%C3%BCr%0A~"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({":method": "GET"}, "405"),
        ({"content-type": "text/html"}, "415"),
        ({"content-type": None}, "415"),
    ],
)
def test_what_is_not_grpc_gets_an_http_status(client, headers_of, changed, status):
    """A browser that lost its way."""
    client.say(frame(HEADERS, END_HEADERS | END_STREAM, 1, headers_of(**changed)))

    assert client.headers(1) == [{":status": status}]


@pytest.mark.parametrize(
    "changed",
    [{":path": None}, {":method": None}, {":scheme": None}, {":other": "x"}, {"Upper": "x"}, {"connection": "close"}],
)
def test_malformed_headers_end_their_call_alone(client, headers_of, changed):
    """The next call works."""
    client.say(frame(HEADERS, END_HEADERS | END_STREAM, 1, headers_of(**changed)))
    client.ask(3, b"well")

    assert client.reset(1) == ErrorCode.PROTOCOL_ERROR
    assert [call.stream for call in client.calls] == [3]


def test_more_calls_than_agreed_on_are_refused(client):
    """Those that run count, whether or not anyone still waits for them."""
    for at in range(MOST_STREAMS):
        client.ask(2 * at + 1)
        client.say(frame(RST_STREAM, 0, 2 * at + 1, number(8)))
        client.connection.output_is_sent()
    client.ask(2 * MOST_STREAMS + 1)

    assert client.reset(2 * MOST_STREAMS + 1) == ErrorCode.REFUSED_STREAM
    assert len(client.calls) == MOST_STREAMS
    client.connection.answer(client.calls[0], b"")
    client.ask(2 * MOST_STREAMS + 3)
    assert len(client.calls) == MOST_STREAMS + 1


HELLO = PREFACE + frame(SETTINGS, 0, 0)
OPENED = HELLO + frame(HEADERS, 0, 1, b"\x82")
P, F, S, C = (
    ErrorCode.PROTOCOL_ERROR,
    ErrorCode.FLOW_CONTROL_ERROR,
    ErrorCode.FRAME_SIZE_ERROR,
    ErrorCode.ENHANCE_YOUR_CALM,
)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", P),
        (PREFACE + frame(PING, 0, 0, bytes(8)), P),
        (HELLO + b"\x00\x40\x01\x00\x00\x00\x00\x00\x01", S),
        (HELLO + frame(HEADERS, END_HEADERS, 2, b"\x82"), P),
        (HELLO + frame(HEADERS, END_HEADERS, 0, b"\x82"), P),
        (HELLO + frame(HEADERS, END_HEADERS | PADDED, 1, b"\x09\x82"), P),
        (HELLO + frame(HEADERS, END_HEADERS | PRIORITIZED, 1, b"\0"), S),
        (HELLO + frame(DATA, 0, 1, b"x"), P),
        (HELLO + frame(DATA, 0, 0, b"x"), P),
        (HELLO + frame(CONTINUATION, 0, 1, b"x"), P),
        (OPENED + frame(PING, 0, 0, bytes(8)), P),
        (OPENED + frame(CONTINUATION, END_HEADERS, 3, b""), P),
        (OPENED + frame(0xFA, 0, 1), P),
        (OPENED + frame(CONTINUATION, 0, 1) * 64, C),
        (OPENED + frame(CONTINUATION, 0, 1, bytes(16_384)) * 4, C),
        (HELLO + frame(RST_STREAM, 0, 1, bytes(4)), P),
        (HELLO + frame(PUSH_PROMISE, 0, 1, bytes(4)), P),
        (HELLO + frame(PING, 0, 1, bytes(8)), P),
        (HELLO + frame(PING, 0, 0, bytes(7)), S),
        (HELLO + frame(GOAWAY, 0, 0, bytes(7)), P),
        (HELLO + frame(SETTINGS, 0, 1), P),
        (HELLO + frame(SETTINGS, 0, 0, bytes(5)), S),
        (HELLO + frame(SETTINGS, ACK, 0, bytes(6)), S),
        (HELLO + frame(SETTINGS, 0, 0, struct.pack(">HL", settings.ENABLE_PUSH, 2)), P),
        (HELLO + frame(SETTINGS, 0, 0, struct.pack(">HL", settings.MAX_FRAME_SIZE, 16_383)), P),
        (HELLO + frame(SETTINGS, 0, 0, struct.pack(">HL", settings.INITIAL_WINDOW_SIZE, 1 << 31)), F),
        (HELLO + frame(WINDOW_UPDATE, 0, 0, bytes(4)), F),
        (HELLO + frame(WINDOW_UPDATE, 0, 0, struct.pack(">L", MOST_WINDOW)), F),
        (HELLO + frame(WINDOW_UPDATE, 0, 1, struct.pack(">L", 1)), P),
        (HELLO + frame(WINDOW_UPDATE, 0, 0, bytes(3)), S),
        (HELLO + frame(PING, 0, 0, bytes(8)) * (MOST_UNREAD_REPLIES + 1), C),
    ],
)
def test_breaking_a_rule_ends_the_connection(stranger, said, code):
    """With the reason in the goodbye; nothing is read after it."""
    stranger.say(said)
    found, reason = stranger.goodbye()

    assert found == code
    assert reason
    assert stranger.connection.over
    assert stranger.say(frame(PING, 0, 0, bytes(8))) == []


def test_sending_more_than_the_window_ends_the_connection(client, headers_of):
    """An empty window is not widened by frames that carry padding alone either."""
    client.connection._received.take(WINDOW // 2 - 1)
    client.connection._received._left = 10
    client.say(frame(HEADERS, END_HEADERS, 1, headers_of()), frame(DATA, PADDED, 1, b"\x0a" + bytes(10)))

    assert client.goodbye()[0] == ErrorCode.FLOW_CONTROL_ERROR


@pytest.mark.parametrize("said", ["data", "headers"])
def test_speaking_on_after_the_end_ends_the_connection(client, headers_of, message_of, said):
    """The call is still being answered."""
    client.ask(1)
    client.say(frame(DATA, 0, 1, b"x") if said == "data" else frame(HEADERS, END_HEADERS, 1, headers_of()))

    assert client.goodbye()[0] == ErrorCode.PROTOCOL_ERROR
    client.connection.answer(client.calls[0], b"nobody hears this")
    assert client.listen() == []


def test_a_window_of_a_stream_that_grows_too_wide_ends_the_stream(client):
    """Not the connection."""
    client.ask(1)
    client.say(frame(WINDOW_UPDATE, 0, 1, number(MOST_WINDOW)))

    assert client.reset(1) == ErrorCode.FLOW_CONTROL_ERROR
    assert client.goodbye() is None
