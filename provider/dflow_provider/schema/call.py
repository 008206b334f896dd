"""What a hook is given besides its values."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dflow_provider.schema.diagnostics import Report

if TYPE_CHECKING:
    from collections.abc import MutableMapping


class Stop:
    """Terraform's wish to end early, as every wait and retry must see it."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def request(self) -> None:
        """Ask everything that waits to come back with what it has."""
        self._event.set()

    @property
    def requested(self) -> bool:
        """Say whether a person pressed Ctrl-C or Terraform is ending."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep, but no longer than until a stop is requested; true if one was."""
        return self._event.wait(seconds)


@dataclass
class Call:
    """One call of a hook.

    Args:
        report: collects warnings and, once something exists remotely, errors.
        stop: see `Stop`.
        private: JSON values that Terraform keeps beside the state and never shows; change it in place.
    """

    report: Report = field(default_factory=Report)
    stop: Stop = field(default_factory=Stop)
    private: MutableMapping[str, object] = field(default_factory=dict)
