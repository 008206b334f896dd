"""Checks of the two halves of an SSH key pair; what was given is in no message."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dflow_provider.schema import Value

_PUBLIC = re.compile(r"(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/]+=*( .*)?")
_PRIVATE = re.compile(r"-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----\s(.*)-----END \1PRIVATE KEY-----", re.DOTALL)
_OPENSSH_MAGIC = b"openssh-key-v1\0"
_NO_CIPHER = b"\0\0\0\x04none"


@dataclass(frozen=True)
class PublicKey:
    """The value is the public half of a key pair."""

    description: str = "one line as in `id_ed25519.pub`"

    def problem(self, value: Value) -> str | None:
        """Refuse everything else, above all a private key in the wrong place."""
        text = str(value)
        if "PRIVATE KEY" in text:
            return "The value is a private key, and this attribute stands in the state. Put it into private_key_wo."
        if _PUBLIC.fullmatch(text.strip()):
            return None
        return 'The value is no public SSH key. Give one line as in id_ed25519.pub: "ssh-ed25519 AAAA… comment".'


@dataclass(frozen=True)
class PrivateKey:
    """The value is the private half of a key pair, readable without a passphrase."""

    description: str = "a private key in PEM or OpenSSH form, without a passphrase"

    def problem(self, value: Value) -> str | None:
        """Refuse what dFlow could not log in with."""
        found = _PRIVATE.search(str(value))
        if found is None:
            return (
                "The value is no private SSH key. Give the whole file, from -----BEGIN to -----END …PRIVATE KEY-----."
            )
        if _is_encrypted(found[1], found[2]):
            return (
                "The private key is protected by a passphrase, which dFlow has no place for. Make a key pair for "
                "dFlow alone, without one: ssh-keygen -t ed25519 -N ''."
            )
        return None


def _is_encrypted(label: str, body: str) -> bool:
    if "ENCRYPTED" in label or "ENCRYPTED" in body:
        return True
    if not label.startswith("OPENSSH"):
        return False
    try:
        content = base64.b64decode("".join(body.split()))
    except binascii.Error:
        return False
    return content.startswith(_OPENSSH_MAGIC) and not content[len(_OPENSSH_MAGIC) :].startswith(_NO_CIPHER)
