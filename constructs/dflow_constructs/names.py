"""Names in dFlow: how they come from construct ids, and how long they may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from constructs import IConstruct

LONGEST_ENVIRONMENT_NAME = 15
"""Ten characters, a dash and the four that dFlow itself appends to a name already taken."""

LONGEST_SERVICE_PART = 10

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_EXISTING = re.compile(r"[a-z0-9][a-z0-9-]*")


def environment_name(where: IConstruct, application: str, environment: str, name: str | None = None) -> str:
    """Return the name of an Environment in dFlow: `name`, or else `<application>-<environment>`."""
    chosen = name if name is not None else f"{_slug(application)}-{_slug(environment)}"
    _check(where, "Environment", chosen)
    if len(chosen) > LONGEST_ENVIRONMENT_NAME:
        raise ConfigurationError(
            where,
            f"the Environment would be called {chosen!r} in dFlow, {len(chosen)} characters, "
            f"and {LONGEST_ENVIRONMENT_NAME} are allowed; "
            f'give it a shorter one, name="{chosen[:LONGEST_ENVIRONMENT_NAME].rstrip("-")}"',
        )
    return chosen


def service_name(where: IConstruct, environment: str, service: str, name: str | None) -> str:
    """Return the name of a Service in dFlow: the Environment's, a dash, and `name` or else the Service's id."""
    part = name if name is not None else _slug(service)
    _check(where, "Service", part)
    if len(part) > LONGEST_SERVICE_PART:
        raise ConfigurationError(
            where,
            f"the Service would be called {part!r}, {len(part)} characters, and dFlow allows {LONGEST_SERVICE_PART} "
            f'after the Environment\'s name; give it a shorter one, name="{part[:LONGEST_SERVICE_PART].rstrip("-")}"',
        )
    whole = f"{environment}-{part}"
    if not _NAME.fullmatch(whole):
        raise ConfigurationError(
            where,
            f"the Service would be called {whole!r} in dFlow, where the names of Services begin with a letter; build "
            "it in an Environment whose name does",
        )
    return whole


def existing_name(where: IConstruct, noun: str, name: str) -> str:
    """Return the name of something that exists in dFlow, however long it is.

    Raises:
        ConfigurationError: dFlow gives no such names.
    """
    if not _EXISTING.fullmatch(name):
        raise ConfigurationError(
            where,
            f"{name!r} is no name of {noun} in dFlow, where names hold a-z, 0-9 and -; "
            "copy it from the dashboard, as it stands there",
        )
    return name


def _slug(text: str) -> str:
    return re.sub(r"\s+", "-", text.strip()).lower()


def _check(where: IConstruct, noun: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ConfigurationError(
            where,
            f"the {noun} would be called {name!r} in dFlow, where names hold a-z, 0-9 and - and begin with a letter; "
            'choose one, name="shop"',
        )
