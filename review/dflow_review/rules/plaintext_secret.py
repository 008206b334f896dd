"""Secrets that stand in the plan.

What is found is never shown: messages name the resource and the way to the attribute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.plan_variables import VARIABLES
from dflow_review.rules.secret_forms import (
    has_password_in_url,
    is_connection,
    kind_of_secret,
    may_hold_secret,
    may_hold_secrets,
    names_a_secret,
)
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.values import Block, Plain

CONNECTION_STRING: Final = Rule(
    id="DFLOW062",
    title="Connection strings hold no password",
    why=(
        "A password in a literal connection string stands in the program, the plan and the state, and whoever reads "
        "one of them can log in."
    ),
    severity=Severity.HIGH,
    remedy=(
        "Change the password. Then pass the string as a secret (`secret_variables_wo`, or `connect_to` with a "
        "`Secret`), or refer to the database: `{{ <service>.POSTGRES_URI }}`."
    ),
)
PLAINTEXT_SECRET: Final = Rule(
    id="DFLOW063",
    title="Plans hold no secrets in plain text",
    why=(
        "Plan and state keep every value in plain text, also those that Terraform hides on the screen; so do the "
        "artifacts and logs of pipelines."
    ),
    severity=Severity.HIGH,
    remedy=(
        "Change the secret, because others may have read it. Then pass it by a write-only argument (`…_wo`) from an "
        "ephemeral resource such as dflow_process_environment, or let the vendor keep it."
    ),
)
_Path = tuple[str | int, ...]


@dataclass(frozen=True)
class _Text:
    """A text that may hold a secret.

    Args:
        resource: where it is.
        path: the way to it.
        text: what must not be shown.
        is_hidden: whether the plan marks it sensitive.
    """

    resource: PlannedResource
    path: _Path
    text: str
    is_hidden: bool

    @property
    def is_news(self) -> bool:
        """Whether a reviewer can do something about it: a hidden value that stays was in the state before."""
        before = self.resource.before
        return not self.is_hidden or before is None or _at(before.values, self.path) != self.text


def connection_strings_hold_no_password(subject: Subject) -> Iterator[Finding]:
    """Find URLs with a password anywhere in the plan, hidden values included."""
    for each in subject.once(_texts):
        if has_password_in_url(each.text) and each.is_news:
            yield _finding(CONNECTION_STRING, each, "a connection string with a password")
    yield from _unknown(subject, CONNECTION_STRING, is_connection)


def plans_hold_no_secrets(subject: Subject) -> Iterator[Finding]:
    """Find tokens, private keys and what looks like a password anywhere in the plan, hidden values included."""
    for each in subject.once(_texts):
        kind = kind_of_secret(each.text, _name(each.path), is_hidden=each.is_hidden)
        if kind is not None and each.is_news and not has_password_in_url(each.text):
            yield _finding(PLAINTEXT_SECRET, each, kind)
    yield from _unknown(subject, PLAINTEXT_SECRET, names_a_secret)


def _finding(rule: Rule, found: _Text, what: str) -> Finding:
    hidden = ", which Terraform hides on the screen and keeps in plan and state" if found.is_hidden else ""
    return Finding(
        rule,
        found.resource.address,
        f"{_shown(found.path)} holds {what}{hidden}.",
        severity=Severity.MEDIUM if found.is_hidden else None,
    )


def _unknown(subject: Subject, rule: Rule, is_meant: Callable[[str], bool]) -> Iterator[Finding]:
    """Say which attributes that are meant to hold a secret get a value that nobody knows yet."""
    for plan in subject.plans:
        for resource in plan.resources:
            if resource.after is None or resource.is_drift or not resource.references:
                continue
            names = [
                name
                for name in sorted(resource.references)
                if is_meant(name) and resource.after.get(name) is Missing.UNKNOWN
            ]
            if resource.type == VARIABLES:
                keys = resource.after.keys("variables")
                names += (
                    f"variables.{key}"
                    for key in (() if isinstance(keys, Missing) else sorted(keys))
                    if is_meant(key) and resource.after.get("variables", key) is Missing.UNKNOWN
                )
            if names:
                message = f"{', '.join(names)} is known after apply; whether it brings a secret into the state is, too."
                yield Finding(rule, resource.address, message, Answer.CANNOT_TELL)


def _texts(subject: Subject) -> tuple[_Text, ...]:
    """Return the texts of each resource as it will be; of one that goes, as it was. And what else is in the file."""
    found: list[_Text] = []
    for plan in subject.plans:
        for resource in (*plan.resources, *plan.besides):
            block = resource.after if resource.after is not None else resource.before
            if block is not None and not resource.is_drift and _is_suspicious(block):
                found += _texts_of(resource, block)
    return tuple(found)


def _is_suspicious(block: Block) -> bool:
    """Say whether there is anything to look at: quickly, because there hardly ever is."""
    if block.sensitive and _has_mark(block.sensitive):
        return True
    names: set[str] = set()
    texts: list[str] = []
    # A stack, because a plan is nested as deep as whoever wrote it wanted.
    stack: list[tuple[str, Plain]] = [("", block.values)]
    while stack:
        name, value = stack.pop()
        if isinstance(value, dict):
            for key, each in value.items():
                if isinstance(each, str):
                    names.add(key)
                    texts.append(each)
                elif isinstance(each, dict | list) and each:
                    stack.append((key, each))
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, str):
                    names.add(name)
                    texts.append(each)
                elif isinstance(each, dict | list) and each:
                    stack.append((name, each))
    return may_hold_secrets(names, texts)


def _has_mark(marks: Plain) -> bool:
    stack = [marks]
    while stack:
        mark = stack.pop()
        if mark is True:
            return True
        if isinstance(mark, dict):
            stack += mark.values()
        elif isinstance(mark, list):
            stack += mark
    return False


def _texts_of(resource: PlannedResource, block: Block) -> Iterator[_Text]:
    stack: list[tuple[_Path, str, Plain, Plain]] = [((), "", block.values, block.sensitive)]
    while stack:
        path, name, value, marks = stack.pop()
        if isinstance(value, str):
            if marks is True or may_hold_secret(value, name):
                yield _Text(resource, path, value, marks is True)
        elif isinstance(value, dict):
            stack.extend(((*path, key), key, each, _mark(marks, key)) for key, each in value.items())
        elif isinstance(value, list):
            stack.extend(((*path, at), name, each, _mark(marks, at)) for at, each in enumerate(value))


def _mark(marks: Plain, step: str | int) -> Plain:
    if isinstance(marks, dict) and isinstance(step, str):
        return marks.get(step)
    if isinstance(marks, list) and isinstance(step, int):
        return marks[step] if step < len(marks) else None
    return marks is True


def _at(value: Plain, path: _Path) -> Plain:
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _name(path: _Path) -> str:
    """Return the last name on the way: that of the attribute, or of the map's key."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _shown(path: _Path) -> str:
    parts = [f"[{step}]" if isinstance(step, int) else f".{_key(step)}" for step in path]
    return "".join(parts).lstrip(".") or "It"


def _key(step: str) -> str:
    """Show a key, unless the key itself is what must not be shown."""
    return "…" if kind_of_secret(step, "", is_hidden=False) or has_password_in_url(step) else step
