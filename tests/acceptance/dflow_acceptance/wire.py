"""The way from the provider to one server, with places where it can break."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from dflow_acceptance.processes import PATIENCE_S, wait_until

from dflow_sandbox import FaultProxy, Hang, Moment, Reset

if TYPE_CHECKING:
    from dflow_sandbox import SeenRequest


@dataclass(frozen=True)
class Call:
    """Which request is meant; the path is a regular expression."""

    method: str
    path: str
    body: bytes = b""

    def is_in(self, requests: tuple[SeenRequest, ...]) -> bool:
        """Whether one of these is such a request."""
        return any(
            each.method == self.method and re.search(self.path, each.path) and self.body in each.body
            for each in requests
        )


class Wire:
    """Two proxies in a row before a server: what is held at the first may get lost at the second.

    A context manager. `near` is the proxy on the provider's side, for faults of a test's own.
    """

    def __init__(self, target: str) -> None:
        self._far = FaultProxy(target)
        self.near = FaultProxy(self._far.endpoint)
        self._open = ExitStack()

    @property
    def endpoint(self) -> str:
        """Base URL to give to the provider."""
        return self.near.endpoint

    def hold_request(self, call: Call, *, skip: int = 0) -> Hang:
        """Keep the next such request from reaching the server."""
        return self._held(Hang(Moment.BEFORE), call, skip)

    def hold_answer(self, call: Call, *, skip: int = 0) -> Hang:
        """Let the next such request through and keep the answer."""
        return self._held(Hang(Moment.AFTER), call, skip)

    def lose_request(self, call: Call) -> None:
        """Break the connection of the next such request just before the server."""
        self._far.script(Reset(Moment.BEFORE), method=call.method, path=call.path, body=call.body)

    def lose_answer(self, call: Call, *, times: int = 1) -> None:
        """Break the connection of the next such requests just after the server has done its work."""
        self._far.script(Reset(Moment.AFTER), method=call.method, path=call.path, body=call.body, times=times)

    def let_go(self, held: Hang, call: Call) -> None:
        """Release what hangs and wait for the end of its exchange."""
        before = len(self.near.requests)
        held.release()
        wait_until(lambda: call.is_in(self.near.requests[before:]), "the released exchange is over")

    def _held(self, hang: Hang, call: Call, skip: int) -> Hang:
        self.near.script(hang, method=call.method, path=call.path, body=call.body, skip=skip)
        return hang

    def __enter__(self) -> Self:
        self._open.enter_context(self._far)
        self._open.enter_context(self.near)
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._open.close()


def wait_for(held: Hang) -> None:
    """Wait until the request that is to hang does."""
    assert held.wait_until_reached(PATIENCE_S), "the request never came"
