"""One write-only secret of a record, and whether somebody changed it by hand in dFlow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider import log
from dflow_provider.importing import IMPORTING
from dflow_provider.schema import BOOL, Attribute, Presence

if TYPE_CHECKING:
    from dflow_provider.backend import Backend
    from dflow_provider.resources.secret_tags import SecretTags
    from dflow_provider.schema import Call, Value, Values


@dataclass(frozen=True)
class WatchedSecret:
    """A secret that dFlow gives back on a read and that Terraform keeps a tag of; see `SecretTags`.

    Args:
        words: what people call it: `password`.
        flag: the computed attribute that says that it was changed.
        remedy: what the next apply does about it, as the end of a sentence.
        limits: when it is not watched at all, as a sentence.
    """

    words: str
    flag: str
    remedy: str = "sends the configured one again"
    limits: str = ""

    @property
    def attribute(self) -> Attribute:
        """The computed attribute."""
        return Attribute(
            self.flag,
            BOOL,
            Presence.COMPUTED,
            f"Whether dFlow has another {self.words} than was applied last, as far as can be told; the next apply "
            f"{self.remedy}, and afterwards it is `false`. Noticed by a keyed hash beside the state, made with a key "
            f"that is derived from the API key: no value and no hash that the state alone would give away is kept. "
            f"After an import, and with an API key that was never used for an apply before, it counts as unchanged "
            f"once.{self.limits and f' {self.limits}'}",
        )

    def is_changed(self, state: Values | None) -> bool:
        """Say whether the last read found a change."""
        return state is not None and state[self.flag] is True

    def plan(self, prior: Values | None, planned: Values, call: Call) -> bool:
        """Plan to put it right, with a warning, if it was changed; say whether it was."""
        changed = self.is_changed(prior)
        if prior is None or changed:
            planned[self.flag] = False
        if changed:
            call.report.warning(
                "Secret was changed by hand",
                f"dFlow has another {self.words} of {planned.get('name')!r} than was applied last. The apply "
                f"{self.remedy}. If the new one is right, put it into the configuration's source first.",
                (self.flag,),  # Terraform prints the line of a configured attribute, values and all
            )
        return changed

    def was_sent(self, call: Call) -> bool:
        """Say whether anything is remembered; no key is needed to know that."""
        with IMPORTING:
            from dflow_provider.resources.secret_tags import SecretTags  # noqa: PLC0415 (as below)

        return SecretTags.are_in(call.private)

    def tags(self, backend: Backend, tenant_id: str, call: Call) -> _Tags:
        """Return the memory of one call of a hook."""
        with IMPORTING:
            from dflow_provider.resources.secret_tags import SecretTags  # noqa: PLC0415 (schemas are read far more often)

        return _Tags(self.words, SecretTags(call.private, backend.tag_key(tenant_id)))


@dataclass(frozen=True)
class _Tags:
    """What is remembered of the secret of one resource; without a value the secret is empty."""

    name: str
    tags: SecretTags

    def differs(self, stored: Value) -> bool:
        """Say whether what dFlow has is another one than is remembered; without a memory it is remembered as it is."""
        return self.tags.changed(self._named(stored)) != []

    def expect(self, sent: Value) -> None:
        """Remember what is about to be sent beside what is remembered."""
        self.tags.expect(self._named(sent))

    def forget(self) -> None:
        """Remember nothing from here on."""
        self.tags.keep_only(())

    def remember(self, stored: Value) -> None:
        """Remember what dFlow has now in place of everything else."""
        self.tags.remember(self._named(stored))

    def _named(self, value: Value) -> dict[str, str]:
        text = value if isinstance(value, str) else ""
        log.mask(text)
        return {self.name: text}
