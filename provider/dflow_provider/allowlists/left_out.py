"""What says which list or database is meant, where it is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.schema import Path
    from dflow_vendors import Locator


def value_left_out(locator: Locator, environment: Mapping[str, str], title: str, path: Path) -> str:
    """Return the value of a locator that is not given: its environment variable's, or else its default.

    Args:
        locator: which one.
        environment: the environment variables.
        title: of the error.
        path: where the locator is configured, for the error.

    Raises:
        ProviderError: there is none, or it is no good value.
    """
    value = environment.get(locator.variable, "").strip() if locator.variable else ""
    value = value or locator.default or ""
    if not value:
        remedy = f"Set it, or the environment variable {locator.variable}." if locator.variable else "Set it."
        raise ProviderError(title, f"{locator.name} is not given. {remedy}", path)
    if not locator.pattern.fullmatch(value):
        raise ProviderError(
            title,
            f"{locator.name} is not given, and the environment variable {locator.variable} holds {value!r}, which is "
            f"not {locator.form}.",
            path,
        )
    return value
