"""What is broken on the wire, one constant for each way, for dFlow and for AWS in the words of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dflow_acceptance.relay import Habit
from dflow_acceptance.targets import Step

from dflow_sandbox import Answer, Delay, Fault, Moment, ReplaceBody, Reset, Truncate

OPAQUE = b'{"errors":[{"message":"Something went wrong."}]}'
"""All that dFlow says about a failure of its own."""

_GATEWAY = b"<!doctype html><title>502 Bad Gateway</title>"
_LOCKED = b'{"errors":[{"name":"Locked","message":"Document is currently locked by another user."}]}'
_AWS_ERROR = (
    b'<?xml version="1.0"?><Response><Errors><Error><Code>%s</Code><Message>Try later.</Message></Error></Errors>'
    b"<RequestID>0</RequestID></Response>"
)
_JSON = {"Content-Type": "application/json"}
_HTML = {"Content-Type": "text/html"}
_XML = {"Content-Type": "text/xml"}


@dataclass(frozen=True)
class WireFault:
    """One way in which the wire breaks; it befalls the decisive request of each resource once.

    Attributes:
        name: as it stands in the table.
        dflow: what happens to a request to dFlow.
        aws: what happens to a request to AWS, if not the same.
        habit: how the relay before dFlow treats every answer meanwhile.
        clock: how far the clock of whatever dates dFlow's answers is off.
        steps: those that it can matter to.
    """

    name: str
    dflow: Fault
    aws: Fault | None = None
    habit: Habit = Habit.FAITHFUL
    clock: timedelta | None = None
    steps: tuple[Step, ...] = tuple(Step)

    @property
    def for_aws(self) -> Fault:
        """What happens to a request to AWS."""
        return self.aws or self.dflow

    def __str__(self) -> str:
        return self.name.replace(",", "").replace(" ", "-")


def _answer(status: int, body: bytes, headers: dict[str, str], moment: Moment = Moment.BEFORE) -> Answer:
    return Answer(status, headers, body, moment)


_AWS_FAILED = _AWS_ERROR % b"InternalError"
_AWS_BUSY = _answer(503, _AWS_ERROR % b"RequestLimitExceeded", _XML)
_HOUR = timedelta(hours=1)

FAULTS = (
    WireFault("latency of a second, slow headers", Delay(1.0), habit=Habit.SLOW_HEADERS),
    WireFault("reset before dFlow sees it", Reset(Moment.BEFORE)),
    WireFault("stored, answer dropped", Reset(Moment.AFTER)),
    WireFault("reset mid-body", Truncate(20), habit=Habit.RESET_WHERE_BODY_BREAKS),
    WireFault("truncated body", Truncate(20)),
    WireFault("200 with HTML", ReplaceBody()),
    WireFault("429", _answer(429, OPAQUE, _JSON), _AWS_BUSY),
    WireFault("429 with Retry-After", _answer(429, OPAQUE, {**_JSON, "Retry-After": "1"}), _AWS_BUSY),
    WireFault("500, nothing stored", _answer(500, OPAQUE, _JSON), _answer(500, _AWS_FAILED, _XML)),
    WireFault(
        "500, stored",
        _answer(500, OPAQUE, _JSON, Moment.AFTER),
        _answer(500, _AWS_FAILED, _XML, Moment.AFTER),
    ),
    WireFault("502, nothing stored", _answer(502, _GATEWAY, _HTML)),
    WireFault("502, stored", _answer(502, _GATEWAY, _HTML, Moment.AFTER)),
    WireFault("423", _answer(423, _LOCKED, _JSON)),
    WireFault("clock an hour fast, answer dropped", Reset(Moment.AFTER), clock=_HOUR, steps=(Step.CREATE,)),
    WireFault("clock an hour slow, answer dropped", Reset(Moment.AFTER), clock=-_HOUR, steps=(Step.CREATE,)),
)
