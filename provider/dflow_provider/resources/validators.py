"""Checks of one configured value that need nobody's answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dflow_provider.schema import Value


@dataclass(frozen=True)
class OneOf:
    """The value is one of a closed list of words."""

    words: tuple[str, ...]

    @property
    def description(self) -> str:
        """The list, for the reference page."""
        return f"one of {', '.join(f'`{word}`' for word in self.words)}"

    def problem(self, value: Value) -> str | None:
        """Name the list if the value is not on it."""
        if value in self.words:
            return None
        return f"{value!r} is not known here; use {', '.join(self.words[:-1])} or {self.words[-1]}."


@dataclass(frozen=True)
class Spelling:
    """The value is spelled by a rule; `rule` is the rule in words, `pattern` the same as a regular expression."""

    pattern: str
    rule: str
    max_length: int | None = None

    @property
    def description(self) -> str:
        """The rule, for the reference page."""
        limit = f", at most {self.max_length} characters" if self.max_length is not None else ""
        return f"{self.rule}{limit}"

    def problem(self, value: Value) -> str | None:
        """Say which part of the rule the value breaks."""
        text = str(value)
        if re.fullmatch(self.pattern, text) is None:
            return f"{text!r} does not fit: dFlow and its Worker Nodes take {self.rule}."
        if self.max_length is not None and len(text) > self.max_length:
            return f"{text!r} has {len(text)} characters, at most {self.max_length} fit; choose a shorter name."
        return None


@dataclass(frozen=True)
class PortNumber:
    """The value is a TCP port."""

    description: str = "a whole number from 1 to 65535"

    def problem(self, value: Value) -> str | None:
        """Refuse everything that no program can listen on."""
        if isinstance(value, int) and 1 <= value <= 65535:
            return None
        return f"{value} is no TCP port; use {self.description}."


@dataclass(frozen=True)
class IpAddress:
    """The value is one address, of either family."""

    description: str = "an IPv4 or IPv6 address"

    def problem(self, value: Value) -> str | None:
        """Refuse host names and networks."""
        try:
            ip_address(str(value))
        except ValueError:
            return f"{value!r} is no IP address; give one such as 203.0.113.7, without a port or prefix."
        return None


@dataclass(frozen=True)
class NotBlank:
    """The value holds more than blanks."""

    description: str = "not empty"

    def problem(self, value: Value) -> str | None:
        """Refuse the empty text, which dFlow would take for an absent one."""
        if str(value).strip():
            return None
        return "The value is empty; give one, or leave the attribute out if it is optional."


@dataclass(frozen=True)
class BranchName:
    """The value is the name of a Git branch, as a push reports it without `refs/heads/`."""

    description: str = "a branch's name such as `main` or `feature/cart`, without `refs/heads/`"

    def problem(self, value: Value) -> str | None:
        """Refuse what Git refuses, and the long form, which no push would match."""
        text = str(value)
        if text.startswith("refs/"):
            return f"{text!r} is a whole reference. Give the branch alone: {text.removeprefix('refs/heads/')!r}."
        if not text or re.search(r"[\s~^:?*\[\\\x00-\x1f\x7f]|\.\.|@\{|//|^[-/]|[/.]$|\.lock$", text) or text == "@":
            return f"{text!r} is no name that Git takes for a branch; use {self.description}."
        return None


@dataclass(frozen=True)
class ImageReference:
    """The value names an image as `docker pull` takes it."""

    description: str = "an image such as `nginx:1.27`, `ghcr.io/acme/worker:1.4.2` or one with `@sha256:…`"

    def problem(self, value: Value) -> str | None:
        """Say what is wrong with the spelling; whether the image exists, nobody knows here."""
        text = str(value)
        if "://" in text:
            return f"{text!r} is an address. Leave the scheme out: {text.partition('://')[2]!r}."
        if _IMAGE.fullmatch(text):
            return None
        path = text.rpartition("@")[0] or text
        if path != path.lower() and _IMAGE.fullmatch(text.lower()):
            return (
                f"{text!r} has capital letters in the image's name, where Docker takes none; only a tag may have them."
            )
        return f"{text!r} is no name of an image; use {self.description}."


_COMPONENT = r"[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*"
_IMAGE = re.compile(
    rf"(?:(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?/)?{_COMPONENT}(?:/{_COMPONENT})*"
    r"(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?",
    re.ASCII,
)
ENVIRONMENT_NAME = Spelling(
    r"[a-z0-9][a-z0-9-]*", "lower-case letters, digits and `-`, starting with a letter or digit", max_length=50
)
RECORD_NAME = Spelling(r"\S([^\r\n]*\S)?", "a name on one line without blanks around it", max_length=50)
SERVICE_NAME = Spelling(r"[a-z][a-z0-9-]*", "lower-case letters, digits and `-`, starting with a letter")
