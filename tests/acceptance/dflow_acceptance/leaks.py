"""Looking for a secret in everything that a run leaves behind, in whatever clothes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import hmac
import io
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_PRIVATE = re.compile(rb'"private": ?"([A-Za-z0-9+/]{8,}={0,2})"')
_HASHES = ("md5", "sha1", "sha256", "sha512")
_CUT = 20
"""So many characters of a hash are no accident."""


def disguises(secret: str) -> set[bytes]:
    """The secret as it is, percent-encoded, in hexadecimal and in base64 wherever it stands in the encoded text."""
    raw = secret.encode()
    forms = {raw, quote(secret, safe="").encode(), raw.hex().encode(), raw.hex().upper().encode()}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for offset in range(3):
            # The first and the last characters depend on what stands around the secret.
            padded = encode(b"\0" * offset + raw)
            forms.add(padded[-(-offset * 8 // 6) : (offset + len(raw)) * 8 // 6])
    return forms


def digests(secret: str) -> set[bytes]:
    """What a hash of the secret that needs no key looks like, however it is spelled and wherever it was cut off."""
    spelled = (secret, f'"{secret}"')
    made = {hashlib.new(name, text.encode()).digest() for name in _HASHES for text in spelled}
    made |= {hmac.digest(b"", text.encode(), "sha256") for text in spelled}
    forms = {digest.hex()[:_CUT].encode() for digest in made}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        forms |= {encode(digest)[:_CUT] for digest in made}
    return forms


def beside_the_state(root: Path) -> Iterator[bytes]:
    """What Terraform's states and plans below a directory keep for providers, which is JSON in base64."""
    for _, content in _contents(root):
        for encoded in _PRIVATE.findall(content):
            yield base64.b64decode(encoded)


def leaks(secret: str, root: Path) -> list[str]:
    """Where below a directory the secret can be read, archives and compressed files included."""
    found = {place for place, content in _contents(root) if reveals(secret, content)}
    return sorted(found | {"beside a state" for content in beside_the_state(root) if reveals(secret, content)})


def reveals(secret: str, content: bytes) -> bool:
    """Whether the secret, or a hash that lets somebody try guesses of it, can be read in this."""
    return any(form in content for form in _forms(secret))


@cache
def _forms(secret: str) -> frozenset[bytes]:
    return frozenset(disguises(secret) | digests(secret))


def _contents(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in root.rglob("*"):
        yield f"name of {path}", path.name.encode()
        if path.is_file():
            yield from _unpacked(str(path), path.read_bytes())


def _unpacked(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield place, content
    if content.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _unpacked(f"{place}/{name}", archive.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from _unpacked(f"{place} (unpacked)", gzip.decompress(content))
