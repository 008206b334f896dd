"""What a provider has, by name, each thing imported when it is first asked for.

A command of Terraform's starts several provider processes, and most need one type or none. Importing all of them in
each would be most of a start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from dflow_provider.importing import IMPORTING, imported
from dflow_provider.schema.diagnostics import ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = TypeVar("Kind")


class OnDemand(Mapping[str, Kind]):
    """Names and what they stand for; iterating over the names, or asking whether there is one, loads nothing.

    Args:
        sources: for each name where its thing is, as `package.module:Attribute`, or a function without arguments that
            returns it. Either is asked once.
        package: stands before each `module:Attribute`, if all of them are in one package.
    """

    def __init__(self, sources: Mapping[str, str | Callable[[], Kind]], package: str = "") -> None:
        self._prefix = f"{package}." if package else ""
        self._sources = dict(sources)
        self._loaded: dict[str, Kind] = {}

    def __getitem__(self, name: str) -> Kind:
        """Return the thing of that name.

        Raises:
            KeyError: there is no such name.
            ProviderError: it cannot be loaded.
        """
        found = self._loaded.get(name)
        return self._load(name, self._sources[name]) if found is None else found

    def __contains__(self, name: object) -> bool:
        return name in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def _load(self, name: str, source: str | Callable[[], Kind]) -> Kind:
        with IMPORTING:
            if name not in self._loaded:
                try:
                    self._loaded[name] = source() if callable(source) else _attribute(f"{self._prefix}{source}")
                except (Exception, SystemExit) as error:  # an import may fail in any way
                    raise cannot_load(error) from error
            return self._loaded[name]


def cannot_load(reason: BaseException) -> ProviderError:
    """Return what to tell a person whose installation is broken."""
    return ProviderError(
        "Provider cannot be loaded",
        f"{type(reason).__name__}: {reason}. The Python package dflow-cdktf or something it needs is missing or "
        "broken. Install it again: pip install --force-reinstall 'dflow-cdktf[all]'.",
    )


def _attribute(source: str) -> Any:
    module, _, attribute = source.partition(":")
    return getattr(imported(module), attribute)
