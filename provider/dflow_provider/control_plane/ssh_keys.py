"""SSH keys: what dFlow logs in to Worker Nodes with."""

# ruff: noqa: N815 -- the control plane's own spelling

from __future__ import annotations

from typing import NotRequired

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head, Mutability


class SshKeyDocument(Head):
    """A key pair as the control plane sends it, without the private key."""

    tenant: NotRequired[str]
    description: NotRequired[str | None]
    publicKey: NotRequired[str | None]


class KeyPairDocument(SshKeyDocument):
    """A key pair with both halves, decrypted."""

    privateKey: NotRequired[str | None]


SSH_KEYS = Shape("sshKeys", "SSH key", {"description": True, "publicKey": True}, mutability=Mutability.FIXED)
KEY_PAIRS = Shape("sshKeys", "SSH key", {**SSH_KEYS.fields, "privateKey": True}, mutability=Mutability.FIXED)
SshKeys = Collection[SshKeyDocument]
KeyPairs = Collection[KeyPairDocument]
