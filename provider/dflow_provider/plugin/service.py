"""The calls of one session, made ready behind the handshake.

Loading protobuf, msgpack and the provider takes more than half of a start. Terraform need not wait for it to know where
to connect: it hears that first, and its own side of the TLS handshake runs meanwhile. A process that is only asked for
what is kept from earlier ones does not wait for it at all.
"""

from __future__ import annotations

import gc
import sys
import threading

from dflow_provider.importing import IMPORTING
from dflow_provider.plugin.in_flight import InFlight

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.plugin.kept_answers import KeptAnswers
    from dflow_provider.plugin.session import Session
    from dflow_provider.schema import Provider

CHANGING = "/tfplugin6.Provider/ApplyResourceChange"
"""The call that must not be cut off."""

HURRIED_S = 0.001
"""How long a thread that imports may keep another waiting, which has Terraform at the other end. Python says 5 ms."""


class Service:
    """Answers calls; those that arrive before `prepare` has finished wait for it, unless their answer is kept."""

    def __init__(self, in_flight: InFlight | None = None, kept: KeptAnswers | None = None) -> None:
        self.in_flight = in_flight or InFlight()
        self._kept = kept
        self._ready = threading.Event()
        self._session: Session | None = None
        self._calls: Mapping[str, Callable[[bytes], bytes]] = {}

    def prepare(self, load: Callable[[], Provider]) -> None:
        """Load the provider. If it cannot be loaded, every call is answered with the reason."""
        try:
            if self._kept is not None:
                self._kept.note()
            with IMPORTING:
                from dflow_provider.plugin.calls import failing_calls, provider_calls  # noqa: PLC0415  # see the module
                from dflow_provider.plugin.session import Session  # noqa: PLC0415  # see the module

            try:
                self._session = Session(load())
                self._calls = provider_calls(self._session, self.in_flight, self._kept)
            except (Exception, SystemExit) as error:  # noqa: BLE001  # an import may fail in any way
                self._calls = failing_calls(error)
        finally:
            self._ready.set()

    def prepare_first(self, load: Callable[[], Provider]) -> None:
        """Do so as the first in this process, which has everything to import, while Terraform waits."""
        usual = sys.getswitchinterval()
        sys.setswitchinterval(HURRIED_S)
        gc.disable()  # an import makes much that stays, and next to nothing that could be collected
        try:
            self.prepare(load)
        finally:
            gc.enable()
            sys.setswitchinterval(usual)

    def answer(self, path: str, request: bytes) -> bytes | None:
        """Answer one call; nothing if there is no such call."""
        kept = None if self._kept is None else self._kept.get(path)
        if kept is not None:
            return kept
        self._ready.wait()
        if not self._calls:
            raise RuntimeError("the plugin layer cannot be loaded; the reason stands in the log")
        call = self._calls.get(path)
        return None if call is None else call(request)

    def begin(self, path: str) -> Callable[[], None] | None:
        """Keep the process from ending until the function that is returned was called; nothing for most calls.

        It is for whoever carries the answer: a change is over only when Terraform has heard of it.
        """
        if path != CHANGING:
            return None
        self.in_flight.begin()
        return self.in_flight.end

    def stop(self) -> None:
        """Ask whatever waits to come back."""
        if self._session is not None:
            self._session.stop.request()
