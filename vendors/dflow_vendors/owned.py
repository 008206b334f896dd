"""What the dflow provider needs to keep a vendor's entries itself, beside the facts about the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    import re


@dataclass(frozen=True)
class Locator:
    """One of the attributes that together say which list is meant.

    Args:
        name: of the attribute, in Terraform's spelling: `project_id`.
        description: what it is, for the reference page, as a sentence.
        pattern: matches a whole good value; a value never starts or ends with a slash.
        form: what a good value looks like, after "is not": `a project id of Neon (quiet-river-123456)`.
        example: a good value, for the reference page and the tests.
        variable: the environment variable that is used where the attribute is left out.
        default: what is used where neither is given; with neither variable nor default it has to be given.
    """

    name: str
    description: str
    pattern: re.Pattern[str]
    form: str
    example: str
    variable: str | None = None
    default: str | None = None

    @property
    def is_required(self) -> bool:
        """Say whether the attribute has to be given."""
        return self.variable is None and self.default is None


@dataclass(frozen=True)
class Credential:
    """A secret, or a part of one, that the vendor's own tools read from the environment.

    Args:
        what: it is: `API key of Neon`.
        variables: the environment variables that may hold it, the first that is set counts.
        is_optional: it is only needed for one of several ways to authenticate; the adapter says so in its error.
    """

    what: str
    variables: tuple[str, ...]
    is_optional: bool = False


@dataclass(frozen=True)
class Endpoint:
    """Where the vendor's API is.

    Args:
        default: its address, with scheme; places in braces are filled by locators of that name: `https://api-{zone}…`.
        variables: the environment variables that name another one, for private clouds and tests; the first set counts.
    """

    default: str
    variables: tuple[str, ...]


@dataclass(frozen=True)
class Expiry:
    """Entries can end by themselves.

    Args:
        field: the vendor's name for it.
        longest: how far ahead the end may lie; nothing if there is no limit.
    """

    field: str
    longest: dt.timedelta | None = None


@dataclass(frozen=True)
class OwnedEntries:
    """What `dflow_<vendor>_allowlist` is made from.

    Args:
        locators: which list is meant, in the order of the import id.
        credentials: what the adapter authenticates with.
        endpoint: where it sends requests.
        rights: what the credential must be allowed to do, in the vendor's words, as a sentence.
        limits: what the resource does not do, or what a user must know before it does, each a sentence.
        expiry: the field in which an entry says when it ends; nothing where entries never end by themselves.
    """

    locators: tuple[Locator, ...]
    credentials: tuple[Credential, ...]
    endpoint: Endpoint
    rights: str
    limits: tuple[str, ...] = ()
    expiry: Expiry | None = None
