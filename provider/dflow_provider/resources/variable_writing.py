"""Writing a service's variables while others may write them too: dFlow takes the whole list or nothing.

Each write is bound to the service as it was read, so one that others were quicker than changes nothing and is made
again on top of theirs. What dFlow's own look and write leave open, a few milliseconds, is closed by reading back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.control_plane.errors import NotDflow, Refused
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_provider.control_plane.services import ServiceVariableRows, VariablesDocument
    from dflow_provider.control_plane.session import Wait
    from dflow_provider.resources.variable_rows import Change

ATTEMPTS = 20
_FIRST_WAIT_S = 0.1
_LONGEST_WAIT_S = 2.0


class NothingWritten(ProviderError):  # noqa: N818 (named after what happened)
    """The change was not made: others were quicker, or own what it would have changed."""


def write(
    rows: ServiceVariableRows,
    document: VariablesDocument,
    change: Change,
    wait: Wait,
    *,
    check: Callable[[VariablesDocument], None],
    written: Callable[[VariablesDocument], None],
) -> VariablesDocument:
    """Write until what is read back is what was meant, and return that.

    Args:
        rows: the services with their variables.
        document: the service as it was read; checked already.
        change: what is to become of its variables.
        wait: sleeps between attempts and learns of a stop.
        check: raises if the change may not be made any more, after others wrote first.
        written: is told what holds after each write of ours.

    Raises:
        NothingWritten: others wrote first every time, or a stop was asked for before the first write.
        ProviderError: others kept overwriting it, or a stop was asked for.
    """
    import random  # noqa: PLC0415 (schemas are read far more often than variables are written)

    service_id, ours = document["id"], False
    for attempt in range(ATTEMPTS):
        before = document.get("variables") or []
        after = change.applied_to(before)
        if after == before:
            return document
        if attempt and wait(min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2**attempt) * random.random()):  # noqa: S311 (spreads writers)
            break
        try:
            stored = rows.update_unchanged(service_id, _read_at(document), {"variables": after})
        except Refused:
            document = rows.get(service_id)
            if change.holds_in(document.get("variables") or []):
                return document  # refused by what dFlow does after the write
            raise
        document = rows.get(service_id)
        if stored is not None:
            ours = True
            written(document)
        elif not ours and not change.holds_in(document.get("variables") or []):
            check(document)
    if change.holds_in(document.get("variables") or []):
        return document
    raise _gave_up(document, ours=ours)


def _read_at(document: VariablesDocument) -> str:
    try:
        return document["updatedAt"]
    except KeyError:
        raise NotDflow(f"Service {document['id']}", "JSON without the time of the last change") from None


def _gave_up(document: VariablesDocument, *, ours: bool) -> ProviderError:
    who = (
        "Somebody else saves the same service at the same time, in the dashboard or from another configuration. Apply "
        "again when they are done."
    )
    if ours:
        return ProviderError(
            "Variables do not stay",
            f"The variables of the service {document['name']!r} were written, but are not all as meant afterwards. "
            f"{who}",
        )
    return NothingWritten(
        "Others keep saving the service",
        f"The service {document['name']!r} (id {document['id']}) changed each time between being read and being "
        f"written, up to {ATTEMPTS} times, so its variables were left as they are. {who}",
    )
