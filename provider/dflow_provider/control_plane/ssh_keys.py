"""SSH keys: what dFlow logs in to Worker Nodes with."""

# ruff: noqa: N815 -- the control plane's own spelling

from __future__ import annotations

from typing import NotRequired

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head, Mutability


class SshKeyDocument(Head):
    """A key pair as the control plane sends it. The private key is never asked for."""

    tenant: NotRequired[str]
    description: NotRequired[str | None]
    publicKey: NotRequired[str | None]


SSH_KEYS = Shape("sshKeys", "SSH key", {"description": True, "publicKey": True}, mutability=Mutability.FIXED)
SshKeys = Collection[SshKeyDocument]
