"""Header compression (RFC 7541): a full decoder, and an encoder that remembers nothing."""

from __future__ import annotations

from collections import deque

from dflow_provider.plugin.http2 import huffman
from dflow_provider.plugin.http2.faults import ConnectionFault, ErrorCode
from dflow_provider.plugin.http2.static_table import STATIC_TABLE

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable

Header = tuple[bytes, bytes]

TABLE_SIZE = 4096
"""Bytes of dynamic table that an encoder may use unless told otherwise; we tell nobody otherwise."""

ENTRY_OVERHEAD = 32
"""What RFC 7541 counts for an entry on top of its name and value."""

FORGET = b"\x20"
"""Sets the size of the dynamic table to nothing, which is what we use of it."""

MOST_DIGITS = 4
"""Bytes of an integer after its first: enough for 268 million."""


class Decoder:
    """Decodes the header blocks of one connection, in the order in which they arrive.

    Args:
        most: bytes of names and values, with 32 more for each, that one block may hold.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._table: deque[Header] = deque()
        self._used = 0
        self._size = TABLE_SIZE

    def decode(self, block: bytes) -> list[Header]:
        """Return the headers of a block.

        Raises:
            ConnectionFault: malformed, or more than we accept; nothing after it can be understood.
        """
        try:
            return self._decode(block)
        except IndexError:
            raise ConnectionFault(ErrorCode.COMPRESSION_ERROR, "a header block ends too early") from None

    def _decode(self, block: bytes) -> list[Header]:
        found: list[Header] = []
        used = at = 0
        while at < len(block):
            first = block[at]
            if first & 0xE0 == 0x20:
                at = self._resize(block, at, early=not found)
                continue
            if first & 0x80:
                index, at = _integer(block, at, 7)
                header = self._entry(index)
            else:
                header, at = self._literal(block, at)
            used += len(header[0]) + len(header[1]) + ENTRY_OVERHEAD
            if used > self._most:
                raise ConnectionFault(ErrorCode.ENHANCE_YOUR_CALM, "too many headers")
            found.append(header)
        return found

    def _resize(self, block: bytes, at: int, *, early: bool) -> int:
        size, at = _integer(block, at, 5)
        if size > TABLE_SIZE or not early:
            raise ConnectionFault(ErrorCode.COMPRESSION_ERROR, "a table size that was not agreed on, or too late")
        self._size = size
        self._evict()
        return at

    def _literal(self, block: bytes, at: int) -> tuple[Header, int]:
        remembered = block[at] & 0x40
        index, at = _integer(block, at, 6 if remembered else 4)
        if index:
            name = self._entry(index)[0]
        else:
            name, at = _string(block, at)
        value, at = _string(block, at)
        header = (name, value)
        if remembered:
            self._table.appendleft(header)
            self._used += len(name) + len(value) + ENTRY_OVERHEAD
            self._evict()
        return header, at

    def _entry(self, index: int) -> Header:
        if 1 <= index <= len(STATIC_TABLE):
            return STATIC_TABLE[index - 1]
        position = index - len(STATIC_TABLE) - 1
        if not 0 <= position < len(self._table):
            raise ConnectionFault(ErrorCode.COMPRESSION_ERROR, f"no header has the index {index}")
        return self._table[position]

    def _evict(self) -> None:
        while self._used > self._size:
            name, value = self._table.pop()
            self._used -= len(name) + len(value) + ENTRY_OVERHEAD


def encode(headers: Iterable[Header]) -> bytes:
    """Encode headers as literals that the other side need not remember; names are static where there is an index."""
    return b"".join(_encoded(name, value) for name, value in headers)


def _encoded(name: bytes, value: bytes) -> bytes:
    if (name, value) in STATIC_TABLE:
        return _number(STATIC_TABLE.index((name, value)) + 1, 7, 0x80)
    index = next((at for at, (known, _) in enumerate(STATIC_TABLE, 1) if known == name), 0)
    written = _number(index, 4, 0x00)
    if not index:
        written += _number(len(name), 7, 0x00) + name
    return written + _number(len(value), 7, 0x00) + value


def _number(number: int, bits: int, flags: int) -> bytes:
    most = (1 << bits) - 1
    if number < most:
        return bytes((flags | number,))
    written = bytearray((flags | most,))
    number -= most
    while number >= 0x80:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def _integer(block: bytes, at: int, bits: int) -> tuple[int, int]:
    most = (1 << bits) - 1
    number = block[at] & most
    at += 1
    if number < most:
        return number, at
    for digit in range(MOST_DIGITS):
        byte = block[at]
        at += 1
        number += (byte & 0x7F) << 7 * digit
        if byte < 0x80:
            return number, at
    raise ConnectionFault(ErrorCode.COMPRESSION_ERROR, "a number without end")


def _string(block: bytes, at: int) -> tuple[bytes, int]:
    packed = block[at] & 0x80
    size, at = _integer(block, at, 7)
    text = block[at : at + size]
    if len(text) < size:
        raise ConnectionFault(ErrorCode.COMPRESSION_ERROR, "a header block ends too early")
    return huffman.decode(text) if packed else text, at + size
