"""Just enough of the P-256 curve to make a key and sign a certificate with it (FIPS 186-5, SEC 1, RFC 6979).

A general library would cost 35 ms and 12 MiB in each of the two to five processes of a command. The key made here
lives as long as the process, signs one certificate, and guards a socket that only its owner can open; that is all this
is fit for. Running time depends on the key.
"""

from __future__ import annotations

import hashlib
import hmac
import os

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterator

PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
GENERATOR = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
SIZE = 32
"""Bytes in a coordinate, in a private key and in a SHA-256 digest."""

_Point = tuple[int, int, int]
"""(X, Y, Z) for x = X / Z², y = Y / Z³; Z is 0 at infinity. Spares a division for each step."""


class PrivateKey:
    """A private key; its number never shows."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._public_point: bytes | None = None

    @classmethod
    def generate(cls) -> PrivateKey:
        """Make a fresh key."""
        spare = 8  # more random bytes than needed, so that the remainder favours no number noticeably
        return cls(1 + int.from_bytes(os.urandom(SIZE + spare), "big") % (ORDER - 1))

    def public_point(self) -> bytes:
        """Return the public key as an uncompressed point."""
        if self._public_point is None:
            x, y = times_generator(self.number)
            self._public_point = b"\x04" + x.to_bytes(SIZE, "big") + y.to_bytes(SIZE, "big")
        return self._public_point

    def sign(self, message: bytes) -> tuple[int, int]:
        """Sign the SHA-256 of a message; the same message always gets the same signature."""
        digest = hashlib.sha256(message).digest()
        for nonce in _nonces(self.number, digest):
            r = times_generator(nonce)[0] % ORDER
            s = pow(nonce, -1, ORDER) * (int.from_bytes(digest, "big") + r * self.number) % ORDER
            if r and s:
                return r, s
        raise AssertionError  # unreachable: the nonces never end


def times_generator(factor: int) -> tuple[int, int]:
    """Multiply the curve's generator by a factor that is no multiple of the order."""
    table = [(1, 1, 0), (*GENERATOR, 1)]
    for index in range(2, 16):
        table.append(_double(table[index // 2]) if index % 2 == 0 else _sum(table[index - 1], table[1]))
    point: _Point = (1, 1, 0)
    for shift in range(factor.bit_length() // 4 * 4, -1, -4):
        point = _double(_double(_double(_double(point))))
        point = _sum(point, table[factor >> shift & 15])
    x, y, z = point
    inverse = pow(z, -1, PRIME)
    return x * inverse**2 % PRIME, y * inverse**3 % PRIME


def _double(point: _Point) -> _Point:
    x, y, z = point
    if not z:
        return point
    y_squared = y * y % PRIME
    s = 4 * x * y_squared % PRIME
    z_squared = z * z % PRIME
    m = 3 * (x - z_squared) * (x + z_squared) % PRIME
    doubled_x = (m * m - 2 * s) % PRIME
    return doubled_x, (m * (s - doubled_x) - 8 * y_squared * y_squared) % PRIME, 2 * y * z % PRIME


def _sum(one: _Point, other: _Point) -> _Point:
    """Add two different points; neither is the other's opposite, which small multiples of a sum never are."""
    if not one[2]:
        return other
    if not other[2]:
        return one
    x1, y1, z1 = one
    x2, y2, z2 = other
    z1_squared, z2_squared = z1 * z1 % PRIME, z2 * z2 % PRIME
    u1, u2 = x1 * z2_squared % PRIME, x2 * z1_squared % PRIME
    s1, s2 = y1 * z2_squared * z2 % PRIME, y2 * z1_squared * z1 % PRIME
    h, r = u2 - u1, s2 - s1
    h_squared = h * h % PRIME
    h_cubed = h * h_squared % PRIME
    v = u1 * h_squared % PRIME
    x = (r * r - h_cubed - 2 * v) % PRIME
    return x, (r * (v - x) - s1 * h_cubed) % PRIME, h * z1 * z2 % PRIME


def _nonces(number: int, digest: bytes) -> Iterator[int]:
    """Derive signing nonces from key and digest (RFC 6979, 3.2): a repeated one would give the key away."""
    reduced = (int.from_bytes(digest, "big") % ORDER).to_bytes(SIZE, "big")
    seed = number.to_bytes(SIZE, "big") + reduced
    value, key = b"\x01" * SIZE, b"\x00" * SIZE
    for step in (b"\x00", b"\x01"):
        key = hmac.digest(key, value + step + seed, "sha256")
        value = hmac.digest(key, value, "sha256")
    while True:
        value = hmac.digest(key, value, "sha256")
        nonce = int.from_bytes(value, "big")
        if 0 < nonce < ORDER:
            yield nonce
        key = hmac.digest(key, value + b"\x00", "sha256")
        value = hmac.digest(key, value, "sha256")
