"""The server's certificate, as Terraform's AutoMTLS wants it: self-signed, for `localhost`, for this process alone."""

from __future__ import annotations

import base64
import os
import time

from dflow_provider.plugin.p256 import SIZE, PrivateKey

SERVER_NAME = "localhost"
EARLIER_S = 60
"""How far back validity starts, for the clock of a host that shares its sockets with a container."""

LIFETIME_S = 30 * 24 * 3600
"""Longer than any run of Terraform."""

_ECDSA_WITH_SHA256 = "2a8648ce3d040302"
_EC_PUBLIC_KEY = "2a8648ce3d0201"
_P256 = "2a8648ce3d030107"
_COMMON_NAME = "550403"
_SUBJECT_ALTERNATIVE_NAME = "551d11"
_BASIC_CONSTRAINTS = "551d13"
_KEY_USAGE = "551d0f"
_EXTENDED_KEY_USAGE = "551d25"
_SERVER_AUTHENTICATION = "2b06010505070301"
_DIGITAL_SIGNATURE_AND_CERTIFICATE_SIGNING = b"\x02\x84"  # two unused bits, then bits 0 and 5


class Certificate:
    """A certificate (DER) and the key that belongs to it."""

    def __init__(self, der: bytes, key: PrivateKey) -> None:
        self.der = der
        self.key = key

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return _pem("CERTIFICATE", self.der)

    @property
    def key_pem(self) -> bytes:
        """The private key as PEM (SEC 1)."""
        return _pem("EC PRIVATE KEY", _private_key(self.key))


def self_signed(now: float | None = None) -> Certificate:
    """Make a key and a certificate that is valid from a minute before `now` (seconds since 1970, default: now)."""
    moment = time.time() if now is None else now
    key = PrivateKey.generate()
    name = _sequence(_set(_sequence(_oid(_COMMON_NAME), _tagged(0x0C, SERVER_NAME.encode()))))
    algorithm = _sequence(_oid(_ECDSA_WITH_SHA256))
    body = _sequence(
        _tagged(0xA0, _integer(2)),  # X.509 version 3
        _integer(int.from_bytes(os.urandom(16), "big")),
        algorithm,
        name,
        _sequence(_time(moment - EARLIER_S), _time(moment + LIFETIME_S)),
        name,
        _sequence(_sequence(_oid(_EC_PUBLIC_KEY), _oid(_P256)), _bits(key.public_point())),
        _tagged(0xA3, _sequence(*_extensions())),
    )
    r, s = key.sign(body)
    return Certificate(_sequence(body, algorithm, _bits(_sequence(_integer(r), _integer(s)))), key)


def _extensions() -> list[bytes]:
    return [
        _extension(_SUBJECT_ALTERNATIVE_NAME, _sequence(_tagged(0x82, SERVER_NAME.encode()))),
        _sequence(_oid(_BASIC_CONSTRAINTS), _true(), _tagged(0x04, _sequence(_true()))),
        _sequence(_oid(_KEY_USAGE), _true(), _tagged(0x04, _tagged(0x03, _DIGITAL_SIGNATURE_AND_CERTIFICATE_SIGNING))),
        _extension(_EXTENDED_KEY_USAGE, _sequence(_oid(_SERVER_AUTHENTICATION))),
    ]


def _extension(oid: str, content: bytes) -> bytes:
    return _sequence(_oid(oid), _tagged(0x04, content))


def _private_key(key: PrivateKey) -> bytes:
    return _sequence(
        _integer(1),
        _tagged(0x04, key.number.to_bytes(SIZE, "big")),
        _tagged(0xA0, _oid(_P256)),
        _tagged(0xA1, _bits(key.public_point())),
    )


def _pem(label: str, der: bytes) -> bytes:
    text = base64.encodebytes(der).decode()
    return f"-----BEGIN {label}-----\n{text}-----END {label}-----\n".encode()


# ---- DER


def _tagged(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    size = (length.bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + length.to_bytes(size, "big") + content


def _sequence(*parts: bytes) -> bytes:
    return _tagged(0x30, b"".join(parts))


def _set(*parts: bytes) -> bytes:
    return _tagged(0x31, b"".join(parts))


def _integer(number: int) -> bytes:
    return _tagged(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _oid(encoded: str) -> bytes:
    return _tagged(0x06, bytes.fromhex(encoded))


def _bits(content: bytes) -> bytes:
    return _tagged(0x03, b"\x00" + content)


def _true() -> bytes:
    return b"\x01\x01\xff"


def _time(moment: float) -> bytes:
    parts = time.gmtime(moment)
    if parts.tm_year < 2050:  # RFC 5280 wants two digits up to then
        return _tagged(0x17, time.strftime("%y%m%d%H%M%SZ", parts).encode())
    return _tagged(0x18, time.strftime("%Y%m%d%H%M%SZ", parts).encode())
