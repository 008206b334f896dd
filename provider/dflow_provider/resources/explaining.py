"""From what the control plane refused to what Terraform shows."""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from dflow_provider.control_plane.errors import ControlPlaneError, Refused
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_provider.schema import Path

_NO_PATHS: Mapping[str, Path] = MappingProxyType({})


@contextmanager
def explaining(paths: Mapping[str, Path] = _NO_PATHS) -> Iterator[None]:
    """Turn errors of the control plane into errors for Terraform; also a decorator of hooks.

    Args:
        paths: which attribute stands for which of dFlow's fields, so that a refused field points at its attribute.
    """
    try:
        yield
    except ControlPlaneError as error:
        raise explained(error, paths) from error


def explained(error: ControlPlaneError, paths: Mapping[str, Path] = _NO_PATHS) -> ProviderError:
    """Return the error for Terraform that stands for an error of the control plane."""
    path: Path = ()
    if isinstance(error, Refused):
        path = next((paths[problem.path] for problem in error.problems if problem.path in paths), ())
    return ProviderError(error.title, error.detail, path)
