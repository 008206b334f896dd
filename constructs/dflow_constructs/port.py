"""Ports that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import is_token

if TYPE_CHECKING:
    from constructs import IConstruct

_HIGHEST = 65_535


def check_port(where: IConstruct | str, port: int) -> None:
    """Refuse a port that no program can listen on."""
    if type(port) not in {int, float}:  # a program without a type checker gets here
        raise ConfigurationError(where, f"port {port!r} is no number; write it as one, 5432")
    if not is_token(port) and not 1 <= port <= _HIGHEST:
        raise ConfigurationError(where, f"port {port} does not exist; use 1 to {_HIGHEST}")
