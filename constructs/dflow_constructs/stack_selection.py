"""Building some of a program's stacks only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

SELECTION = "DFLOW_STACKS"
"""The environment variable that names the stacks to build, with commas between them; all unless it is set."""


def build_stacks(builders: Mapping[str, Callable[[], object]], only: Collection[str] | None = None) -> tuple[str, ...]:
    """Build the stacks that are asked for, in the order of the mapping, and nothing for the others.

    What several of them share belongs into a function of its own that builds it once, `functools.cache`.

    Args:
        builders: what builds each stack, by its name.
        only: the names of those to build; unless given, what the environment variable DFLOW_STACKS names, or all.

    Returns:
        the names of those that were built.

    Raises:
        ConfigurationError: one of the names is none.
    """
    named = [name.strip() for name in os.environ.get(SELECTION, "").split(",") if name.strip()]
    if isinstance(only, str):  # which type checkers take for a collection
        raise ConfigurationError(
            "build_stacks(only=…)", f"only={only!r} is one name and not a list; write only=[{only!r}]"
        )
    wanted = list(only) if only is not None else named or list(builders)
    unknown = sorted(set(wanted) - set(builders))
    if unknown:
        where = SELECTION if only is None else "build_stacks(only=…)"
        raise ConfigurationError(
            where, f"{', '.join(unknown)}: there is no such stack; there are {', '.join(sorted(builders))}"
        )
    built = tuple(name for name in builders if name in wanted)
    for name in built:
        builders[name]()
    return built
