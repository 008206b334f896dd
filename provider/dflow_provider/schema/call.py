"""What a hook is given besides its values."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dflow_provider.schema.diagnostics import Report

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from dflow_provider.schema.values import Values


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

    Attributes:
        kept: the state last recorded with `keep`, or nothing.
    """

    report: Report = field(default_factory=Report)
    stop: Stop = field(default_factory=Stop)
    private: MutableMapping[str, object] = field(default_factory=dict)
    kept: Values | None = field(default=None, init=False)

    def keep(self, state: Values) -> None:
        """Record the best known state; an exception from here on returns it beside its error instead of losing it.

        Call it as soon as an object exists remotely, at least with its id, and again whenever more is known.
        Attributes left out, and unknown ones, are filled in from the plan.
        """
        self.kept = state
