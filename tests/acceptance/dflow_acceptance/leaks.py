"""Looking for a secret in everything that a run leaves behind, in whatever clothes."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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


def leaks(secret: str, root: Path) -> list[str]:
    """Where below a directory the secret can be read, archives and compressed files included."""
    return sorted({place for place, content in _contents(root) if reveals(secret, content)})


def reveals(secret: str, content: bytes) -> bool:
    """Whether the secret can be read in this."""
    return any(form in content for form in disguises(secret))


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
