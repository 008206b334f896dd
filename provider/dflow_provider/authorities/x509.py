"""What a person wants to know of a certificate (RFC 5280): whose it is, and until when.

The standard library reads certificates of authorities alone, and only from a trust store; a database that has a
certificate of its own need not mark it as an authority's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_SEQUENCE, _OID, _VERSION = 0x30, 0x06, 0xA0
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_NAMES: Final = {
    "0.9.2342.19200300.100.1.25": "DC",
    "1.2.840.113549.1.9.1": "emailAddress",
    "2.5.4.3": "CN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
}
_TEXTS: Final = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
_SPECIAL: Final = frozenset(',+"\\<>;=')


class MalformedError(ValueError):
    """Bytes are no certificate."""


@dataclass(frozen=True)
class Certificate:
    """One certificate.

    Args:
        der: its bytes.
        subject: whose it is, as RFC 4514 writes names: `CN=Orders CA,O=Example`.
        not_after: until when it is good.
    """

    der: bytes
    subject: str
    not_after: datetime

    @classmethod
    def read(cls, der: bytes) -> Certificate:
        """Read a certificate's own bytes.

        Raises:
            MalformedError: they are none.
        """
        try:
            whole = _Reader(der)
            body = whole.inside(_SEQUENCE).inside(_SEQUENCE)
            if not whole.is_done:
                raise MalformedError("something follows the certificate")
            if body.next_tag == _VERSION:
                body.skip()
            for _ in ("serial number", "algorithm", "issuer"):
                body.skip()
            validity = body.inside(_SEQUENCE)
            validity.skip()
            not_after = _moment(*validity.take())
            return cls(der, _name(body.inside(_SEQUENCE)), not_after)
        except (IndexError, ValueError) as error:
            raise MalformedError(str(error)) from error


class _Reader:
    """Walks through a row of DER values (X.690)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def is_done(self) -> bool:
        return self._at == len(self._data)

    @property
    def next_tag(self) -> int:
        return self._data[self._at]

    def take(self) -> tuple[int, bytes]:
        """Return the next value's tag and content."""
        tag, length, start = self._data[self._at], self._data[self._at + 1], self._at + 2
        if length & 0x80:
            size = length & 0x7F
            length, start = int.from_bytes(self._data[start : start + size]), start + size
        end = start + length
        if end > len(self._data):
            raise MalformedError("a value is cut off")
        self._at = end
        return tag, self._data[start:end]

    def skip(self) -> None:
        self.take()

    def inside(self, wanted: int) -> _Reader:
        """Go into the next value, which has this tag."""
        tag, content = self.take()
        if tag != wanted:
            raise MalformedError(f"0x{tag:02x} stands where 0x{wanted:02x} should")
        return _Reader(content)


def _moment(tag: int, content: bytes) -> datetime:
    if tag == _UTC_TIME:
        year = int(content[:2])
        content = str(1900 + year if year >= 50 else 2000 + year).encode() + content[2:]
    elif tag != _GENERALIZED_TIME:
        raise MalformedError("the end of its validity is no time")
    return datetime.strptime(content.decode("ascii"), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _name(parts: _Reader) -> str:
    found: list[str] = []
    while not parts.is_done:
        group = parts.inside(0x31)
        pairs = []
        while not group.is_done:
            pair = group.inside(_SEQUENCE)
            _, kind = pair.take()
            tag, value = pair.take()
            pairs.append(f"{_NAMES.get(_oid(kind), _oid(kind))}={_escaped(value.decode(_TEXTS.get(tag, 'latin-1')))}")
        found.append("+".join(pairs))
    return ",".join(reversed(found))


def _oid(content: bytes) -> str:
    numbers, number = [], 0
    for byte in content:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def _escaped(text: str) -> str:
    """Write a value so that neither a separator in it misleads, nor a control character reaches a terminal."""
    shown = (character if character.isprintable() else "?" for character in text)
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in shown)
