"""Docker registries: the accounts with which dFlow pulls images."""

from __future__ import annotations

from typing import NotRequired

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head


class DockerRegistryDocument(Head):
    """An account as the control plane sends it, without its password."""

    type: str
    tenant: NotRequired[str]
    username: NotRequired[str | None]


class RegistryPasswordDocument(DockerRegistryDocument):
    """An account with its password, decrypted."""

    password: NotRequired[str | None]


DOCKER_REGISTRIES = Shape("dockerRegistries", "docker registry", {"type": True, "username": True})
REGISTRY_PASSWORDS = Shape("dockerRegistries", "docker registry", {**DOCKER_REGISTRIES.fields, "password": True})
DockerRegistries = Collection[DockerRegistryDocument]
RegistryPasswords = Collection[RegistryPasswordDocument]
