"""What an answer means: its JSON, or the error it stands for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dflow_provider.control_plane.errors import (
    ControlPlaneError,
    Failed,
    FieldProblem,
    Forbidden,
    Locked,
    NotDflow,
    NotFound,
    Refused,
    RouteMissing,
)

if TYPE_CHECKING:
    from dflow_provider.control_plane.transport import Answer


@dataclass(frozen=True)
class Subject:
    """What a request is about, for messages: `Subject("service", "665f…")`."""

    kind: str
    document_id: str = ""


def meaning(answer: Answer, subject: Subject) -> dict[str, Any]:
    """Return the JSON of a good answer.

    Raises:
        ControlPlaneError: the answer is a refusal or a failure, or does not come from dFlow.
    """
    body = _json(answer)
    if not isinstance(body, dict):
        raise NotDflow(answer.request, described(answer))
    if 200 <= answer.status < 300:
        return body
    raise _refusal(answer, body, subject)


def _refusal(answer: Answer, body: dict[str, Any], subject: Subject) -> ControlPlaneError:
    errors = body.get("errors")
    message = _message(body)
    error: ControlPlaneError
    match answer.status:
        case 404 if str(body.get("message", "")).startswith("Route not found"):
            error = RouteMissing("dFlow has no such collection", f"{answer.request}: {body['message']}")
        case 404 if isinstance(errors, list):
            error = NotFound(subject.kind, subject.document_id)
        case 400:
            error = Refused(subject.kind, _problems(errors), message)
        case 401 | 403 if isinstance(errors, list):
            error = Forbidden("dFlow does not allow this", answer.request)
        case 423:
            error = Locked(subject.kind, answer.request)
        case status if status >= 500 and isinstance(errors, list):
            error = Failed(answer.request, status, message)
        case _:
            error = NotDflow(answer.request, described(answer))
    return error


def _json(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except ValueError:
        return None


def _message(body: dict[str, Any]) -> str:
    errors = body.get("errors")
    if isinstance(errors, list):
        said = [str(error["message"]) for error in errors if isinstance(error, dict) and error.get("message")]
        if said:
            return " ".join(said)
    return str(body.get("message") or "no reason given.")


def _problems(errors: object) -> tuple[FieldProblem, ...]:
    """Collect the fields of a validation error; values are never part of it."""
    found: list[FieldProblem] = []
    for error in errors if isinstance(errors, list) else []:
        data = error.get("data") if isinstance(error, dict) else None
        entries = data.get("errors") if isinstance(data, dict) else data
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict) and entry.get("message"):
                path = entry.get("path") or entry.get("field") or ""
                found.append(FieldProblem(str(path), str(entry["message"])))
    return tuple(found)


def described(answer: Answer) -> str:
    """Say what kind of thing answered, for somebody who mistyped an address."""
    if 300 <= answer.status < 400:
        return (
            f"HTTP {answer.status}, a redirect to {answer.headers.get('location', 'nowhere')!r}, which is not followed"
        )
    kind = answer.headers.get("content-type", "").partition(";")[0] or "no content type"
    parts = [f"HTTP {answer.status}, {kind}"]
    title = re.search(rb"<title[^>]*>\s*(.{1,80}?)\s*</title>", answer.body[:65536], re.IGNORECASE | re.DOTALL)
    if title is not None:
        parts.append(f"a page titled {title[1].decode(errors='replace')!r}")
    if server := answer.headers.get("server"):
        parts.append(f"server {server}")
    if powered := answer.headers.get("x-powered-by"):
        parts.append(f"powered by {powered}")
    return ", ".join(parts)
