"""The Huffman code of HPACK (RFC 7541, appendix B), of which only the lengths are needed: the code is canonical."""

from __future__ import annotations

from dflow_provider.plugin.http2.faults import ConnectionFault, ErrorCode

END = 256
"""The symbol that must never be sent; padding is the beginning of its code."""

LENGTHS = bytes.fromhex(
    "0d171c1c1c1c1c1c1c181e1c1c1e1c1c1c1c1c1c1c1c1e1c1c1c1c1c1c1c1c1c"
    "060a0a0c0d06080b0a0a080b080606060505050606060606060607080f060c0a"
    "0d06070707070707070707070707070707070707070707070807080d130d0e06"
    "0f05060506050606060507070606060506070605050607070707070f0b0e0d1c"
    "1416141416161617161717171717181718181617181717171715161716171718"
    "1615141616171715171616181516171715151615171617171416161617161617"
    "1a1a1413161716191a1a1a1b1b1a181913151a1b1b1a1b1815151a1a1c1b1b1b"
    "14181415161515171616191918181a171a1b1a1a1b1b1b1b1b1c1b1b1b1b1b1a"
    "1e"
)
"""Bits in the code of each symbol."""


def _canonical() -> tuple[tuple[int, ...], tuple[tuple[int, int, int], ...]]:
    """Return the symbols in the order of their codes, and (length, end of its codes, where its symbols begin)."""
    symbols = tuple(sorted(range(END + 1), key=LENGTHS.__getitem__))
    rows = []
    code = position = 0
    for length in range(min(LENGTHS), max(LENGTHS) + 1):
        count = LENGTHS.count(length)
        if count:
            rows.append((length, code + count, position - code))
        position += count
        code = (code + count) << 1
    return symbols, tuple(rows)


_SYMBOLS, _ROWS = _canonical()


def decode(data: bytes) -> bytes:
    """Return what was encoded.

    Raises:
        ConnectionFault: not this code, or padded with something else than ones, or with a whole byte.
    """
    bits = int.from_bytes(data, "big")
    left = len(data) * 8
    found = bytearray()
    while left:
        for length, limit, offset in _ROWS:
            if length > left:
                return _ended(found, bits, left)
            code = bits >> (left - length)
            if code < limit:
                symbol = _SYMBOLS[code + offset]
                break
        if symbol == END:
            raise ConnectionFault(ErrorCode.COMPRESSION_ERROR, "the Huffman code holds the end symbol")
        found.append(symbol)
        left -= length
        bits &= (1 << left) - 1
    return bytes(found)


def _ended(found: bytearray, bits: int, left: int) -> bytes:
    if left > 7 or bits != (1 << left) - 1:
        raise ConnectionFault(ErrorCode.COMPRESSION_ERROR, "wrong padding of a Huffman code")
    return bytes(found)
