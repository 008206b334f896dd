"""Noticing that a secret was changed by hand, without keeping the secret.

Terraform keeps, beside the state, a tag for each secret: a keyed hash of its value. The key is stretched from the API
key, which stands in no state, so the tags are of no use to somebody who got hold of the state alone. See
docs/design/write-only-drift.md.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, MutableMapping
    from typing import Self

_PRIVATE = "secret_tags"
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**15, 8, 1
"""32 MiB and about 0.1 s, once in a process."""
_MOST_MEMORY = 64 * 1024 * 1024
_TAG_BYTES = 16
_READERS = 4
"""For how many API keys tags are kept side by side; the one not used for longest goes first."""


@dataclass(frozen=True)
class TagKey:
    """What tags are made with: the same for everybody who uses one API key in one organisation.

    Args:
        id: tells keys apart, and says nothing about them.
        secret: 32 bytes.
    """

    id: str
    secret: bytes = field(repr=False)

    @classmethod
    def stretched(cls, api_key: str, tenant_id: str) -> Self:
        """Derive the key slowly, so that even an API key somebody made up is not found by trying."""
        import hashlib  # noqa: PLC0415 (schemas are read far more often than secrets)

        secret = hashlib.scrypt(
            api_key.encode(),
            salt=f"dflow-cdktf secret tags {tenant_id}".encode(),
            n=_SCRYPT_N,
            r=_SCRYPT_R,
            p=_SCRYPT_P,
            maxmem=_MOST_MEMORY,
            dklen=32,
        )
        return cls(_short(hmac.digest(secret, b"id", "sha256")), secret)

    def tag(self, nonce: str, name: str, value: str) -> str:
        """Return the tag of one secret; the nonce keeps equal secrets of two resources from having equal tags."""
        message = json.dumps([nonce, name, value])
        return _short(hmac.digest(self.secret, message.encode(), "sha256"))


class SecretTags:
    """The tags of one resource.

    Args:
        private: what Terraform keeps beside the state; changed in place.
        key: what this run's tags are made with. Tags made with another key are kept and not understood.
    """

    def __init__(self, private: MutableMapping[str, object], key: TagKey) -> None:
        self._private = private
        self._key = key
        self._nonce, self._readers = _parsed(private.get(_PRIVATE))
        self._mine = self._readers.pop(key.id, {})

    @staticmethod
    def are_in(private: Mapping[str, object]) -> bool:
        """Say whether anything is remembered there; no key is needed to know that."""
        return _PRIVATE in private

    def changed(self, values: Mapping[str, str]) -> list[str]:
        """Return the names whose value is not the one that was remembered, sorted.

        A value that this API key has no tag of is remembered as it is now: it cannot be told whether it changed.
        """
        different = []
        for name, value in values.items():
            tag = self._tag(name, value)
            known = self._mine.setdefault(name, tag).split()
            if not any(hmac.compare_digest(each, tag) for each in known):
                different.append(name)
            elif tag == known[-1]:
                self._mine[name] = tag  # what was on its way has arrived
        self._keep()
        return sorted(different)

    def keep_only(self, names: Collection[str]) -> None:
        """Remember nothing of all others, whatever key it was remembered with."""
        for tags in (self._mine, *self._readers.values()):
            for name in tags.keys() - names:
                del tags[name]
        self._keep()

    def expect(self, values: Mapping[str, str]) -> None:
        """Remember these values beside what is remembered of them: they are about to be written.

        Until it is known whether they arrived, neither the old nor the new value is a change by hand, and every other
        value still is. What other keys remember is forgotten, because they know of no new value.
        """
        self._forget_elsewhere(values)
        for name, value in values.items():
            if name in self._mine:
                self._mine[name] = f"{self._mine[name].split()[0]} {self._tag(name, value)}"
        self._keep()

    def remember(self, values: Mapping[str, str]) -> None:
        """Remember these values in place of what was remembered of them, with whatever key."""
        self._forget_elsewhere(values)
        self._mine.update({name: self._tag(name, value) for name, value in values.items()})
        self._keep()

    def _forget_elsewhere(self, names: Collection[str]) -> None:
        for tags in self._readers.values():
            for name in names:
                tags.pop(name, None)

    def _tag(self, name: str, value: str) -> str:
        return self._key.tag(self._nonce, name, value)

    def _keep(self) -> None:
        latest = [(self._key.id, self._mine), *self._readers.items()][:_READERS]
        readers = [{"key": key_id, "tags": dict(tags)} for key_id, tags in latest if tags]
        if readers:
            self._private[_PRIVATE] = {"nonce": self._nonce, "readers": readers}
        else:
            self._private.pop(_PRIVATE, None)


def _parsed(kept: object) -> tuple[str, dict[str, dict[str, str]]]:
    """Read what an earlier run kept; what we did not write counts as nothing."""
    match kept:
        case {"nonce": str(nonce), "readers": list(readers)}:
            found: dict[str, dict[str, str]] = {}
            for reader in readers:
                match reader:
                    case {"key": str(key_id), "tags": dict(tags)}:
                        found[key_id] = {str(name): str(tag) for name, tag in tags.items()}
            return nonce, found
        case _:
            return os.urandom(8).hex(), {}


def _short(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest[:_TAG_BYTES]).decode().rstrip("=")
