"""The examples of RFC 7541, what must be refused, and that nothing is lost on the way."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dflow_provider.plugin.http2 import huffman
from dflow_provider.plugin.http2.faults import ConnectionFault, ErrorCode
from dflow_provider.plugin.http2.hpack import TABLE_SIZE, Decoder, encode
from dflow_provider.plugin.http2.static_table import STATIC_TABLE


def decoded(decoder, *lines):
    """Decode a block, given as hexadecimal text."""
    return [(name.decode(), value.decode()) for name, value in decoder.decode(bytes.fromhex("".join(lines)))]


REQUEST = [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "www.example.com")]
THIRD = [(":method", "GET"), (":scheme", "https"), (":path", "/index.html"), (":authority", "www.example.com")]


@pytest.mark.parametrize(
    "blocks",
    [
        (  # appendix C.3
            "828684410f7777772e6578616d706c652e636f6d",
            "828684be58086e6f2d6361636865",
            "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
        ),
        (  # appendix C.4
            "828684418cf1e3c2e5f23a6ba0ab90f4ff",
            "828684be5886a8eb10649cbf",
            "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
        ),
    ],
    ids=["plain", "huffman"],
)
def test_the_requests_of_the_rfc_are_understood(blocks):
    """Three on one connection, which refer to each other."""
    decoder = Decoder(1 << 16)

    assert decoded(decoder, blocks[0]) == REQUEST
    assert decoded(decoder, blocks[1]) == [*REQUEST, ("cache-control", "no-cache")]
    assert decoded(decoder, blocks[2]) == [*THIRD, ("custom-key", "custom-value")]


def test_old_entries_make_room_for_new_ones():
    """A table of 256 bytes, as in appendix C.6."""
    decoder = Decoder(1 << 16)
    first = decoded(
        decoder,
        "3fe101",  # the table gets 256 bytes
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3",
    )
    second = decoded(decoder, "4883640effc1c0bf")

    assert first == [
        (":status", "302"),
        ("cache-control", "private"),
        ("date", "Mon, 21 Oct 2013 20:13:21 GMT"),
        ("location", "https://www.example.com"),
    ]
    assert second == [(":status", "307"), *first[1:]]
    with pytest.raises(ConnectionFault, match="no header has the index 66"):
        decoded(decoder, "c2")


@given(st.binary())
@settings(deadline=None)
def test_every_byte_survives_huffman(data):
    """Encoded by the book, decoded by us."""
    code, at = {}, 0
    previous = 0
    for symbol in sorted(range(257), key=lambda one: huffman.LENGTHS[one]):
        at <<= huffman.LENGTHS[symbol] - previous
        previous = huffman.LENGTHS[symbol]
        code[symbol] = f"{at:0{previous}b}"
        at += 1
    bits = "".join(code[byte] for byte in data)
    bits += "1" * (-len(bits) % 8)
    packed = int(bits, 2).to_bytes(len(bits) // 8, "big") if bits else b""

    assert huffman.decode(packed) == data


def test_the_lengths_make_a_complete_code():
    """Every sequence of bits means something; some codes of the RFC by name."""
    assert sum(1 << (30 - length) for length in huffman.LENGTHS) == 1 << 30
    for symbol, code, length in ((0x21, 0x3F8, 10), (0x5C, 0x7FFF0, 19), (0xFF, 0x3FFFFEE, 26), (0x00, 0x1FF8, 13)):
        padding = -length % 8
        packed = (((code + 1) << padding) - 1).to_bytes((length + padding) // 8, "big")
        assert huffman.decode(packed) == bytes((symbol,))


@pytest.mark.parametrize("data", ["ff", "ffffffff", "00", "3fffffff", "1fff"])
def test_wrong_padding_and_the_end_symbol_are_refused(data):
    """A whole byte of padding, zeros, the end in the middle."""
    if data == "00":
        data = "f8f0"  # '&', then zeros that are no code
    with pytest.raises(ConnectionFault) as refused:
        huffman.decode(bytes.fromhex(data))
    assert refused.value.code is ErrorCode.COMPRESSION_ERROR


@given(
    st.lists(
        st.tuples(
            st.sampled_from([name for name, _ in STATIC_TABLE]) | st.binary(min_size=1, max_size=300),
            st.binary(max_size=300),
        )
    )
)
@settings(deadline=None)
def test_what_we_encode_can_be_decoded(headers):
    """Known names and others, values of any length."""
    assert Decoder(1 << 30).decode(encode(headers)) == headers


@pytest.mark.parametrize(
    "block",
    [
        "80",  # index 0
        "be",  # index 62 of an empty table
        "ffffffffffff7f",  # a number that never ends
        "0005ab",  # a name that is cut off
        "40",
        "008161",
        "8220",  # a table size after a header
        "3fe21f",  # a table of more than 4,096 bytes
    ],
)
def test_what_makes_no_sense_ends_the_connection(block):
    """Everything after it would be misread."""
    with pytest.raises(ConnectionFault) as refused:
        Decoder(1 << 16).decode(bytes.fromhex(block))
    assert refused.value.code is ErrorCode.COMPRESSION_ERROR


def test_a_few_bytes_do_not_become_many_headers():
    """One long header, and a thousand references to it."""
    decoder = Decoder(1 << 16)
    decoder.decode(b"\x40\x01x\x7f\xa2\x1e" + b"v" * 4001)
    with pytest.raises(ConnectionFault) as refused:
        decoder.decode(b"\xbe" * 1000)
    assert refused.value.code is ErrorCode.ENHANCE_YOUR_CALM


@given(st.lists(st.binary(max_size=40), max_size=20))
@settings(deadline=None)
def test_any_bytes_are_headers_or_a_fault(blocks):
    """And the table never grows beyond what was agreed on."""
    decoder = Decoder(1 << 16)
    for block in blocks:
        with suppress(ConnectionFault):  # and nothing else
            decoder.decode(block)
        assert 0 <= decoder._used <= TABLE_SIZE
