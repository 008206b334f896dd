"""Whatever arrives: a call, a refusal or the end of that one connection."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dflow_provider.plugin.http2 import frames
from dflow_provider.plugin.http2.connection import Connection
from dflow_provider.plugin.http2.frames import END_HEADERS, END_STREAM, PREFACE, frame
from dflow_provider.plugin.http2.hpack import encode

HELLO = PREFACE + frame(frames.SETTINGS, 0, 0)
HEADERS = encode(
    [(b":method", b"POST"), (b":scheme", b"http"), (b":path", b"/s/m"), (b"content-type", b"application/grpc")]
)


def conversation():
    """A valid one: three calls, with everything that goes with them."""
    parts = [
        PREFACE,
        frame(frames.SETTINGS, 0, 0, b"\0\x04\0\x01\0\0"),
        frame(frames.WINDOW_UPDATE, 0, 0, b"\0\x10\0\0"),
        frame(frames.PING, 0, 0, b"12345678"),
    ]
    for stream in (1, 3, 5):
        parts += [
            frame(frames.HEADERS, 0, stream, HEADERS[:9]),
            frame(frames.CONTINUATION, END_HEADERS, stream, HEADERS[9:]),
            frame(frames.DATA, frames.PADDED, stream, b"\x03\0\0\0\0\x05he\0\0\0"),
            frame(frames.WINDOW_UPDATE, 0, stream, b"\0\0\x10\0"),
            frame(frames.DATA, END_STREAM, stream, b"llo"),
        ]
    return [*parts, frame(frames.RST_STREAM, 0, 1, b"\0\0\0\x08"), frame(frames.GOAWAY, 0, 0, bytes(8))]


PARTS = conversation()
VALID = b"".join(PARTS)


def serve(chunks):
    """Feed a connection, answer every call, and return it; anything it raises fails the test."""
    connection = Connection({"/stream"})
    for chunk in chunks:
        for call in connection.receive(chunk):
            connection.answer(call, call.request * 1000)
        sent = connection.take_output()
        if connection.over:
            assert frames.GOAWAY in {kind for kind, _ in kinds(sent)}
            assert connection.receive(VALID) == []
            assert connection.take_output() == b""
            break
    return connection


def kinds(data):
    """Yield (kind, size) of well-formed frames, and fail where there are none."""
    while data:
        size = int.from_bytes(data[:3], "big")
        assert len(data) >= 9 + size
        yield data[3], size
        data = data[9 + size :]


def test_the_conversation_to_be_mutilated_is_a_good_one():
    """Or mutations of it would not get far."""
    assert not serve([VALID]).over


@given(st.binary(max_size=2000))
@settings(max_examples=300, deadline=None)
def test_random_bytes_after_the_preface(data):
    """Most are frames nobody knows, or far too long."""
    serve([HELLO, data])


random_frames = st.builds(
    frame,
    st.integers(0, 10),
    st.integers(0, 255),
    st.sampled_from([0, 1, 2, 3, 5, 7, (1 << 31) - 1]),
    st.binary(max_size=64)
    | st.sampled_from([HEADERS, bytes(4), b"\0\0\0\x01", bytes(8), b"\x7f\xff\xff\xff", b"\0\x04\0\0\0\0"]),
)


@given(st.lists(random_frames, max_size=40))
@settings(max_examples=300, deadline=None)
def test_random_frames(said):
    """Of every kind, with any flags, on few streams."""
    serve([HELLO, *said])


@given(st.lists(st.tuples(st.integers(0, len(PARTS) - 1), st.sampled_from(["drop", "twice", "swap"])), max_size=6))
@settings(max_examples=200, deadline=None)
def test_frames_that_are_missing_doubled_or_in_the_wrong_order(changes):
    """A valid conversation with mistakes."""
    said = list(PARTS)
    for wanted, change in changes:
        at = wanted % len(said)  # fewer mistakes than frames: some are always left
        if change == "drop":
            del said[at]
        elif change == "twice":
            said.insert(at, said[at])
        else:
            said[0], said[at] = said[at], said[0]
    serve(said)


@given(
    st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=8),
    st.lists(st.integers(0, len(VALID)), max_size=5),
)
@settings(max_examples=300, deadline=None)
def test_a_conversation_with_wrong_bytes(changes, cuts):
    """Cut anywhere."""
    said = bytearray(VALID)
    for at, byte in changes:
        said[at] = byte
    ends = [0, *sorted(cuts), len(said)]
    serve([bytes(said[start:end]) for start, end in pairwise(ends)])
