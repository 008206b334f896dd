"""Waiting for a deployment: until there is one, and until it has ended."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.control_plane.deployment_status import DeploymentStatus
from dflow_provider.control_plane.errors import NotFound
from dflow_provider.importing import IMPORTING
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.deployment_progress import ProgressDocument
    from dflow_provider.control_plane.services import ServiceDocument
    from dflow_provider.schema import Stop

_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 15.0
_REMEMBERED = 50
"""How many deployments of before are told from new ones; more cannot begin within one look."""


@dataclass(frozen=True)
class Limits:
    """How long to wait, in seconds.

    Args:
        whole_s: for the end, from the beginning of the wait.
        queued_s: for a deployment to leave the queue.
    """

    whole_s: float
    queued_s: float


class DeploymentWait:
    """One wait, which a stop ends.

    Args:
        dflow: the control plane.
        service: whose deployment it is.
        limits: how long to wait; the time runs from here.
        stop: Terraform's wish to end early.
    """

    def __init__(self, dflow: ControlPlane, service: ServiceDocument, limits: Limits, stop: Stop) -> None:
        self._dflow = dflow
        self._service = service
        self._limits = limits
        self._stop = stop
        self._started = time.monotonic()
        self._before = frozenset(document["id"] for document in self._latest())

    def begun(self, within_s: float) -> ProgressDocument | None:
        """Return the first deployment that was not there when the wait began; nothing if none comes in time.

        Raises:
            ProviderError: a stop was asked for.
        """
        for _ in self._looks(min(within_s, self._limits.whole_s), "No deployment had begun yet."):
            fresh = [document for document in self._latest() if document["id"] not in self._before]
            if fresh:
                return fresh[-1]
        return None

    def ended(self, document: ProgressDocument, seen: Callable[[ProgressDocument], None]) -> ProgressDocument:
        """Return the deployment once it is a success; `seen` is told of every change until then.

        Raises:
            ProviderError: it failed, did not leave the queue, took too long or was removed, or a stop was asked for.
        """
        queued_since = time.monotonic()
        for _ in self._looks(self._limits.whole_s, f"The deployment {document['id']} goes on in dFlow."):
            seen(document)
            if document["status"] == DeploymentStatus.SUCCESS.value:
                return document
            if document["status"] == DeploymentStatus.FAILED.value:
                raise self._failed(document)
            if document["status"] != DeploymentStatus.QUEUED.value:
                queued_since = time.monotonic()
            elif time.monotonic() - queued_since >= self._limits.queued_s:
                raise self._never_begun(document)
            document = self._again(document)
        raise ProviderError(
            "Deployment takes too long",
            f"The deployment {document['id']} of the service {self._service['name']!r} is still "
            f"{document['status']!r} after {_minutes(self._limits.whole_s)}. It goes on in dFlow, see "
            f"{self._dflow.dashboard}. Raise timeout_minutes if builds take that long; the next apply deploys again.",
            ("timeout_minutes",),
        )

    def _looks(self, within_s: float, what_holds: str) -> Iterator[None]:
        """Pause between looks, ever longer, until the time since the beginning is over; the last look is at its end."""
        pause = _FIRST_PAUSE_S
        while True:
            yield
            left = within_s - (time.monotonic() - self._started)
            if left <= 0:
                return
            if self._stop.wait(min(pause, left)):
                raise ProviderError("Stopped on request", f"{what_holds} The next apply deploys again.")
            pause = min(_LONGEST_PAUSE_S, pause * 1.5)

    def _latest(self) -> list[ProgressDocument]:
        return self._dflow.deployment_progress.newest(_REMEMBERED, service=self._service["id"])

    def _again(self, document: ProgressDocument) -> ProgressDocument:
        try:
            return self._dflow.deployment_progress.get(document["id"])
        except NotFound:
            raise ProviderError(
                "Deployment was removed",
                f"The deployment {document['id']} of the service {self._service['name']!r} is not in dFlow any more; "
                f"dFlow removes deployments together with their service. Its last status was {document['status']!r}.",
            ) from None

    def _failed(self, document: ProgressDocument) -> ProviderError:
        with IMPORTING:
            from dflow_provider.resources.build_log import last_lines  # noqa: PLC0415 (of no use while builds succeed)

        log = last_lines(self._dflow, document["id"], self._service["id"])
        return ProviderError(
            "Deployment failed",
            f"dFlow reports that the deployment {document['id']} of the service {self._service['name']!r} failed. The "
            f"whole log is in the dashboard: {self._dflow.dashboard}. The next apply deploys again.\n\n{log}",
        )

    def _never_begun(self, document: ProgressDocument) -> ProviderError:
        name, builder = self._service["name"], self._service.get("builder")
        return ProviderError(
            "Deployment stays queued",
            f"The deployment {document['id']} of the service {name!r} has waited in dFlow's queue for "
            f"{_minutes(self._limits.queued_s)}. dFlow never gives such a deployment up. What keeps it there: another "
            f"deployment on the same Worker Node, which builds one at a time; a control plane that was restarted and "
            f"lost its worker until the next deployment is asked for; a service whose Environment or Worker Node is "
            f"gone; a Docker service without an image; or a builder without a worker, nixpacks and herokuBuildPacks "
            f"(this service's builder: {builder or 'none'}). Look at {self._dflow.dashboard}, or raise "
            f"queued_timeout_minutes if the node is busy; the next apply deploys again.",
            ("queued_timeout_minutes",),
        )


def _minutes(seconds: float) -> str:
    minutes = seconds / 60
    return f"{minutes:g} minute{'' if minutes == 1 else 's'}"
