"""The end of a build's log, fit to be shown."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from dflow_provider.control_plane.errors import ControlPlaneError
from dflow_provider.log import MASK, Secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.deployment_progress import BuildInputsDocument

LINES = 40
_LONGEST_LINE = 300

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|[\x00-\x08\x0b-\x1f\x7f]")
_CREDENTIALS = re.compile(
    r"(?<=://)[^/\s@]+(?=@)"  # in an address, as dFlow clones with a token of the App
    r"|\b(gh[a-z]_|github_pat_|glpat-|dckr_pat_)[A-Za-z0-9_-]{10,}"
    r"|\bAKIA[A-Z0-9]{16}\b"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*"
)


def last_lines(dflow: ControlPlane, deployment_id: str, service_id: str) -> str:
    """Return the end of a deployment's log, indented, without anything that is known to be secret.

    A build may print what it was given: every variable of the service, also as its references resolved, and every
    Git token is masked. If those cannot be read the log is not shown.
    """
    try:
        secrets = Secrets()
        for secret in _given(dflow.build_inputs.get(service_id)):
            secrets.add(secret)
        lines = list(_lines(dflow.deployment_logs.get(deployment_id).get("logs")))
    except ControlPlaneError as error:
        return f"Its log cannot be shown here ({error.title}); read it in the dashboard."
    if not lines:
        return "dFlow kept no log of it."
    shown = [_shortened(_CREDENTIALS.sub(MASK, line)) for line in secrets.hide("\n".join(lines)).split("\n")]
    shown = [line for line in shown if line.strip()][-LINES:]
    return "\n".join([f"The last {len(shown)} lines of its log, values of variables masked:", *_indented(shown)])


def _given(document: BuildInputsDocument) -> Iterator[str]:
    for row in document.get("variables") or []:
        yield from _with_lines(row.get("value") or "")
    populated = document.get("populatedVariables")
    if isinstance(populated, str):
        try:
            populated = json.loads(populated)
        except ValueError:
            yield from _with_lines(populated)
    if isinstance(populated, dict):
        for value in populated.values():
            yield from _with_lines(str(value))
    for group in (
        document.get("githubSettings"),
        document.get("gitlabSettings"),
        document.get("bitbucketSettings"),
        document.get("azureSettings"),
        document.get("giteaSettings"),
    ):
        token = (group or {}).get("gitToken")
        if isinstance(token, str):
            yield token


def _with_lines(value: str) -> Iterator[str]:
    """Return a value and each line of it: a log breaks it up."""
    yield value
    if "\n" in value:
        yield from (line.strip() for line in value.splitlines())


def _lines(logs: object) -> Iterator[str]:
    """Return the lines of a log; dFlow keeps a list of texts, each of which may hold several lines."""
    for entry in logs if isinstance(logs, list) else [logs]:
        if entry is not None:
            text = entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False)
            yield from (_CONTROL.sub("", line) for line in text.splitlines())


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]
